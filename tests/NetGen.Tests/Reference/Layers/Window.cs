namespace NetGen.Tests.Reference.Layers;

/// <summary>The arithmetic of sliding windows, from PyTorch's formula with ceil_mode off.</summary>
internal static class Window
{
    /// <summary>⌊(extent + 2·padding − dilation·(kernel − 1) − 1) / stride⌋ + 1 along both axes.</summary>
    public static int[] OutputExtents(int[] input, Pair kernel, Pair stride, Pair padding, Pair dilation) =>
    [
        (input[1] + 2 * padding.Height - dilation.Height * (kernel.Height - 1) - 1) / stride.Height + 1,
        (input[2] + 2 * padding.Width - dilation.Width * (kernel.Width - 1) - 1) / stride.Width + 1,
    ];

    /// <summary>Calls <paramref name="visit"/> with each output place and the input places its window covers, row by row; padding is left out.</summary>
    public static void ForEach(LayerCall call, Pair kernel, Pair stride, Pair padding, Action<int, IReadOnlyList<int>> visit)
    {
        (int height, int width) = (call.InputShape[1], call.InputShape[2]);
        (int rows, int columns) = (call.OutputShape[1], call.OutputShape[2]);
        var covered = new List<int>(kernel.Height * kernel.Width);
        for (var plane = 0; plane < call.Batch * call.InputShape[0]; plane++)
        {
            for (var p = 0; p < rows; p++)
            {
                for (var q = 0; q < columns; q++)
                {
                    covered.Clear();
                    for (var r = 0; r < kernel.Height; r++)
                    {
                        int row = p * stride.Height + r - padding.Height;
                        for (var s = 0; s < kernel.Width; s++)
                        {
                            int column = q * stride.Width + s - padding.Width;
                            if (row >= 0 && row < height && column >= 0 && column < width)
                                covered.Add((plane * height + row) * width + column);
                        }
                    }
                    visit((plane * rows + p) * columns + q, covered);
                }
            }
        }
    }
}
