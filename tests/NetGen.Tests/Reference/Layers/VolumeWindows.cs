namespace NetGen.Tests.Reference.Layers;

/// <summary>The inputs of each output of a pooling of volumes, slice by slice and row by row.</summary>
internal static class VolumeWindows
{
    /// <summary>Calls <paramref name="visit"/> with each output and the inputs of its window, given the first input and that behind the last along an axis.</summary>
    public static void ForEach(LayerCall call, Func<int, int, (int From, int To)> along, Action<int, IReadOnlyList<int>> visit)
    {
        (int[] i, int[] o) = (call.InputShape, call.OutputShape);
        var covered = new List<int>();
        for (var y = 0; y < call.Batch * call.OutputSize; y++)
        {
            covered.Clear();
            ((int s0, int s1), (int r0, int r1), (int c0, int c1)) = (along(0, y / (o[3] * o[2]) % o[1]), along(1, y / o[3] % o[2]), along(2, y % o[3]));
            int plane = y / (o[3] * o[2] * o[1]);
            for (int slice = Math.Max(0, s0); slice < Math.Min(s1, i[1]); slice++)
            {
                for (int row = Math.Max(0, r0); row < Math.Min(r1, i[2]); row++)
                {
                    for (int column = Math.Max(0, c0); column < Math.Min(c1, i[3]); column++)
                        covered.Add(((plane * i[1] + slice) * i[2] + row) * i[3] + column);
                }
            }
            visit(y, covered);
        }
    }
}
