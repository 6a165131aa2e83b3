namespace NetGen.Tests.Reference.Layers;

/// <summary>The windows of a pooling.</summary>
internal static class Window
{
    /// <summary>Calls <paramref name="visit"/> with each output place and the input places its window covers, row by row; padding is left out.</summary>
    public static void ForEach(LayerCall call, Pair kernel, Pair stride, Pair before, Action<int, IReadOnlyList<int>> visit)
    {
        int Start(int place, int step, int padding) => place * step - padding;
        ForEach(
            call,
            p => (Start(p, stride.Height, before.Height), Start(p, stride.Height, before.Height) + kernel.Height),
            q => (Start(q, stride.Width, before.Width), Start(q, stride.Width, before.Width) + kernel.Width), visit);
    }

    /// <summary>The same of windows whose first row, or column, and that behind the last are told for each output row or column.</summary>
    public static void ForEach(LayerCall call, Func<int, (int From, int To)> rowsOf, Func<int, (int From, int To)> columnsOf, Action<int, IReadOnlyList<int>> visit)
    {
        (int height, int width) = (call.InputShape[1], call.InputShape[2]);
        (int rows, int columns) = (call.OutputShape[1], call.OutputShape[2]);
        var covered = new List<int>();
        for (var plane = 0; plane < call.Batch * call.InputShape[0]; plane++)
        {
            for (var p = 0; p < rows; p++)
            {
                for (var q = 0; q < columns; q++)
                {
                    covered.Clear();
                    ((int top, int bottom), (int left, int right)) = (rowsOf(p), columnsOf(q));
                    for (int row = Math.Max(0, top); row < Math.Min(bottom, height); row++)
                    {
                        for (int column = Math.Max(0, left); column < Math.Min(right, width); column++)
                            covered.Add((plane * height + row) * width + column);
                    }
                    visit((plane * rows + p) * columns + q, covered);
                }
            }
        }
    }
}
