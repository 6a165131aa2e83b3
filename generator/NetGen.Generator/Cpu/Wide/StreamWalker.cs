using NetGen.Generator.Cpu.Methods;
using NetGen.Generator.Text;

namespace NetGen.Generator.Cpu.Wide;

/// <summary>
/// Writes a level's <c>Stream</c>: a few rows × the columns of a panel over a run of k. So few rows use weights that come from memory only a few
/// times, and what counts is that memory is never waited for: a single row reads it in two places at once, several read ahead of themselves.
/// </summary>
internal static class StreamWalker
{
    public const string Parameters = "ref float a, ref float b, ref float c, ref float bias, ref float other, nint rows, in Wide.Shape s";

    /// <summary>With more rows the arithmetic takes longer than the memory.</summary>
    public const int MostRows = 16;

    /// <summary>The methods, kernels first.</summary>
    public static IEnumerable<string> Write(WideLevel level, WideNeeds needs)
    {
        if (!needs.Stream)
            yield break;
        int[] several = [.. level.TileColumns(needs)];
        int[] single = level.Columns < 32 ? [Math.Min(32, 4 * level.Set.Lanes)] : several;
        foreach (int columns in several)
        {
            foreach (int group in Groups(level))
                yield return new TileKernel(level.Set, group, 2, columns, TileForm.Ahead).Write();
        }
        foreach (int columns in single)
            yield return new TileKernel(level.Set, 1, 1, columns, TileForm.Halves).Write();
        yield return Walker(level, single, several);
    }

    /// <summary>Rows of half a tile, largest first: 32 registers hold twice as many.</summary>
    private static int[] Groups(WideLevel level) => level.Set.Registers == 32 ? [4, 2] : [2];

    private static string Walker(WideLevel level, int[] single, int[] several)
    {
        var w = new SourceWriter();
        w.Line("// A few rows × the columns of a panel.").Line(KernelSet.Attribute);
        using (w.Open($"internal static void Stream({Parameters})"))
        {
            using (w.Open("if (rows == 1)"))
            {
                ForColumns(w, level, single, columns => Call(w, TileKernel.Name(1, columns, TileForm.Halves), "0", "s"));
                w.Line("return;");
            }
            w.Line("Wide.Shape t = s;");
            int[] groups = Groups(level);
            for (var i = 0; i < groups.Length; i++)
            {
                int group = groups[i], tile = 2 * group;
                using (groups.Length == 1 ? default(IDisposable) : w.Open(i == groups.Length - 1 ? "else" : $"{(i == 0 ? "" : "else ")}if (rows >= {group})"))
                {
                    w.Line($"nint tiles = (rows + {tile - 1}) / {tile};");
                    w.Line("// Each pass reads its part of the weights that follow.");
                    w.Line($"t.AheadStep = s.Ahead == 0 ? 0 : s.WRow / (tiles * {Math.Max(1, 32 / level.Columns)});").Line("nint ahead = s.Ahead;");
                    ForColumns(w, level, several, columns =>
                    {
                        w.Line("nint row = 0;");
                        using (w.Open("for (nint left = tiles; left > 0; left--)"))
                        {
                            w.Line("// Tiles of alike numbers of rows, whose two groups overlap.");
                            w.Line("nint count = (rows - row + left - 1) / left;").Line($"t.Split(count - {group}, {group});");
                            w.Line("t.Ahead = ahead - column;");
                            Call(w, TileKernel.Name(tile, columns, TileForm.Ahead), "row", "t");
                            w.Line("row += count;").Line("ahead += t.AheadStep * s.K;");
                        }
                    });
                }
            }
        }
        return w.ToString().TrimEnd('\n');
    }

    /// <summary>The columns of a panel in tiles of one width, or of the width that the panel has.</summary>
    private static void ForColumns(SourceWriter w, WideLevel level, int[] widths, Action<int> write)
    {
        if (level.Columns < 32)
        {
            using (w.Open($"for (nint column = 0; column < s.Columns; column += {widths[0]})"))
                write(widths[0]);
            return;
        }
        w.Line("const int column = 0;");
        for (var i = 0; i < widths.Length; i++)
        {
            using (w.Open(i == widths.Length - 1 && i > 0 ? "else" : $"if (s.Columns == {widths[i]})"))
                write(widths[i]);
        }
    }

    private static void Call(SourceWriter w, string kernel, string row, string shape) => w.Line(row == "0"
        ? $"{kernel}(ref a, ref Unsafe.Add(ref b, column), ref Unsafe.Add(ref c, column), ref Unsafe.Add(ref bias, column), ref Unsafe.Add(ref other, column), 1, in {shape});"
        : $"{kernel}(ref Unsafe.Add(ref a, {row} * s.Row), ref Unsafe.Add(ref b, column), ref Unsafe.Add(ref c, ({row} * s.CRow) + column), ref Unsafe.Add(ref bias, column), ref Unsafe.Add(ref other, ({row} * s.ORow) + column), 1, in {shape});");
}
