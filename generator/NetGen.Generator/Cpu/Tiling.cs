using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Operations;

namespace NetGen.Generator.Cpu;

/// <summary>A register tile: rows × columns of accumulators, each column <see cref="Vectors"/> wide.</summary>
internal readonly record struct TileShape(int Rows, int Columns, int Vectors)
{
    public int Accumulators => Rows * Columns * Vectors;
}

/// <summary>Chooses register tiles by an estimate of the cycles that the whole contraction takes.</summary>
internal static class Tiling
{
    /// <summary>Multiply-adds in one method, past which the JIT's optimiser does worse, and at last gives up.</summary>
    public const int MaxMultiplyAdds = 400;

    /// <summary>Cycles of one reduction step of a tile, on a core with two multiply-add and two load ports that issues four instructions.</summary>
    public static double StepCycles(TileShape tile)
    {
        int vectors = tile.Columns * tile.Vectors;
        double multiplyAdds = tile.Rows * vectors / 2.0;
        // Vectors come from the second-level cache in part, which delivers one a cycle at best. A broadcast that only one multiply-add
        // uses is a memory operand of it, and two of those a cycle are more than caches deliver.
        double loads = vectors == 1 ? (tile.Rows + 1) * 0.625 : (tile.Rows / 2.0) + vectors;
        double issue = ((tile.Rows * vectors) + vectors + (vectors == 1 ? 0 : tile.Rows)) / 4.0;
        const double Latency = 4;
        return Math.Max(Math.Max(multiplyAdds, loads), Math.Max(issue, Latency)) + (LoadOverhead * loads);
    }

    /// <summary>The tile with the fewest estimated cycles for <paramref name="rows"/> × <paramref name="columns"/> sums.</summary>
    /// <param name="level">The registers.</param>
    /// <param name="rows">Extent of the row axis; 0: known at run time.</param>
    /// <param name="columns">Extent of the column axis.</param>
    /// <param name="vectors">Vectors of one column.</param>
    /// <param name="unrolled">Reduction steps that are unrolled whatever the tile, which bounds its size.</param>
    /// <param name="columnGrain">Columns come in multiples of this.</param>
    public static TileShape Choose(InstructionSet level, int rows, int columns, int vectors, int unrolled, int columnGrain = 1)
    {
        var best = new TileShape(1, Math.Min(columnGrain, columns), vectors);
        double bestCycles = double.MaxValue;
        for (var r = 1; r <= Math.Min(rows == 0 ? MaxRows : rows, MaxRows); r++)
        {
            for (int q = columnGrain; q <= Math.Max(columnGrain, Math.Min(columns, MaxColumns)); q += columnGrain)
            {
                var tile = new TileShape(r, Math.Min(q, columns), vectors);
                bool fits = tile.Accumulators + (tile.Columns * vectors) + 1 <= level.Registers && tile.Accumulators * unrolled <= MaxMultiplyAdds;
                if (!fits)
                    continue;
                double cycles = TotalCycles(tile, rows, columns);
                if (cycles < bestCycles - 1e-9)
                    (best, bestCycles) = (tile, cycles);
            }
        }
        return best;
    }

    /// <summary>
    /// Estimated cycles of one reduction step over all tiles. A tile of another size is another method to compile, for the compiler
    /// and for the JIT, so it must be worth it.
    /// </summary>
    public static double TotalCycles(TileShape tile, int rows, int columns)
    {
        List<Run> rowRuns = [.. RowRuns(rows, tile.Rows)], columnRuns = [.. Runs(columns, tile.Columns)];
        double cycles = rowRuns.Sum(r => columnRuns.Sum(q =>
            (double)r.Count * q.Count * (StepCycles(tile with { Rows = r.Size, Columns = q.Size }) + StepOverhead)));
        int methods = (rows == 0 ? DynamicSizes(tile.Rows).Length : rowRuns.Count) * columnRuns.Count;
        return cycles * (1 + (MethodCost * (methods - 1)));
    }

    /// <summary>The sizes of row tiles that cover a number of rows known at run time, largest first.</summary>
    public static int[] DynamicSizes(int rows) => rows > 4 ? [rows, 4, 1] : rows > 1 ? [rows, 1] : [1];

    /// <summary>
    /// What is left of samples after tiles of <paramref name="rows"/> where one tile less is better: what is left then takes tiles of four, and
    /// fewer single samples. 32 are four sixes and two fours, not five sixes and two ones.
    /// </summary>
    public static IEnumerable<int> RestsForFours(int rows) =>
        rows is > 4 and <= 8 ? Enumerable.Range(1, 3).Where(rest => (rows + rest) / 4 == 2 && (rows + rest) % 4 < rest) : [];

    /// <summary>Cuts an extent into tiles of <paramref name="size"/> and one smaller tile for what is left.</summary>
    public static IEnumerable<Run> Runs(int extent, int size)
    {
        if (extent >= size)
            yield return new Run(0, size, extent / size);
        if (extent % size != 0)
            yield return new Run(extent / size * size, extent % size, 1);
    }

    private const int MaxRows = 16;
    private const int MaxColumns = 12;

    /// <summary>A typical batch, for extents known at run time.</summary>
    private const int TypicalRows = 64;

    /// <summary>The share of its loads that a tile waits for, although multiply-adds are under way.</summary>
    private const double LoadOverhead = 0.1;

    /// <summary>The share of time that a tile of another size must save.</summary>
    private const double MethodCost = 0.01;

    /// <summary>Loop control and address arithmetic of a step, in cycles.</summary>
    private const double StepOverhead = 0.5;

    private static IEnumerable<Run> RowRuns(int rows, int size)
    {
        if (rows != 0)
        {
            foreach (Run run in Runs(rows, size))
                yield return run;
            yield break;
        }
        var start = 0;
        int fours = RestsForFours(size).Contains(TypicalRows % size) ? 8 : 0;
        foreach (int part in DynamicSizes(size))
        {
            int count = (TypicalRows - start - (part == size ? fours : 0)) / part;
            if (count > 0)
                yield return new Run(start, part, count);
            start += count * part;
        }
    }
}

/// <summary><see cref="Count"/> tiles of <see cref="Size"/> from <see cref="Start"/> on.</summary>
internal readonly record struct Run(int Start, int Size, int Count);
