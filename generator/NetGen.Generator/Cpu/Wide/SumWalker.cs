using NetGen.Generator.Cpu.Methods;
using NetGen.Generator.Text;

namespace NetGen.Generator.Cpu.Wide;

/// <summary>Writes a level's <c>Sums</c>: some rows (input channels side by side) of a weight gradient × the columns of one panel, in tiles.</summary>
internal sealed class SumWalker(WideLevel level, WideNeeds needs)
{
    public const string Parameters = "ref float x, ref float dy, ref float dw, nint rows, in Wide.Run s";

    /// <summary>Whether so many rows go through the common <c>Sums</c>, or need a method that is named by their number.</summary>
    public static bool IsCommon(int rows) => rows >= 8 && rows % 4 == 0;

    /// <summary>The name of the method for so many rows.</summary>
    public static string Name(int rows) => IsCommon(rows) ? "Sums" : $"Sums{Literal.Of(rows)}";

    public const string PackParameters = "ref float dy, ref float to, nint step, nint line, nint image, in Wide.Run s";

    /// <summary>The methods, kernels first.</summary>
    public IEnumerable<string> Write()
    {
        if (needs.Pack)
            yield return Pack();
        foreach (int columns in level.TileColumns(needs))
        {
            foreach (int rows in TileRows.Distinct().OrderByDescending(rows => rows))
                yield return SumKernel.Write(level.Set, rows, columns);
        }
        if (needs.Sums)
            yield return Walker("Sums", Common);
        foreach (int rows in needs.OddSums)
            yield return Walker(Name(rows), (w, columns) => Calls(w, Even(rows), columns));
    }

    private string Pack() => $$"""
        // The columns of a panel, pixel after pixel side by side.
        {{KernelSet.Attribute}}
        internal static void Pack({{PackParameters}})
        {
            for (nint n = s.Images; n > 0; n--)
            {
                for (nint l = s.Lines; l > 0; l--)
                {
                    for (nint p = s.Pixels; p > 0; p--)
                    {
                        for (nint column = 0; column < s.Columns; column += {{level.Set.Lanes}})
                            Vec.LoadUnsafe(ref dy, (nuint)column).StoreUnsafe(ref to, (nuint)column);
                        dy = ref Unsafe.Add(ref dy, step);
                        to = ref Unsafe.Add(ref to, s.Y);
                    }
                    dy = ref Unsafe.Add(ref dy, line);
                }
                dy = ref Unsafe.Add(ref dy, image);
            }
        }
        """;

    private IEnumerable<int> TileRows =>
        (needs.Sums ? new[] { level.SumRows.Large, level.SumRows.Small } : []).Concat(needs.OddSums.SelectMany(rows => Even(rows).Select(run => run.Rows)));

    /// <summary>Rows in the fewest tiles, as equal as can be.</summary>
    private IEnumerable<(int Rows, int Count)> Even(int rows)
    {
        int tiles = (rows + level.SumRows.Large - 1) / level.SumRows.Large, size = rows / tiles, larger = rows % tiles;
        if (larger > 0)
            yield return (size + 1, larger);
        yield return (size, tiles - larger);
    }

    private string Walker(string name, Action<SourceWriter, int> body)
    {
        var w = new SourceWriter();
        w.Line("// Rows of a weight gradient × the columns of a panel.").Line(KernelSet.Attribute);
        using (w.Open($"internal static void {name}({Parameters})"))
        {
            bool isNarrow = level.Columns < 32;
            using (isNarrow ? w.Open($"for (nint column = 0; column < s.Columns; column += {level.Columns})") : default(IDisposable))
            {
                Address column = isNarrow ? Address.Zero.Plus("column", 1) : Address.Zero;
                w.Line("ref float xs = ref x;").Line($"ref float ys = {column.Ref("dy")};").Line($"ref float ws = {column.Ref("dw")};");
                foreach (int columns in level.TileColumns(needs))
                {
                    using (needs is { Columns32: true, Columns16: true } && !isNarrow ? w.Open($"if (s.Columns == {columns})") : default(IDisposable))
                        body(w, columns);
                }
            }
        }
        return w.ToString().TrimEnd('\n');
    }

    /// <summary>Large tiles, and one or two small ones where these do not come out even. Every multiple of four from eight on does.</summary>
    private void Common(SourceWriter w, int columns)
    {
        (int large, int small) = level.SumRows;
        w.Line($"nint large = rows / {large}, rest = rows - (large * {large});");
        using (w.Open($"if (rest > 0 && rest != {small})"))
            w.Line("large--;").Line($"rest += {large};");
        w.Line($"{SumKernel.Name(large, columns)}(ref xs, ref ys, ref ws, large, in s);");
        w.Line("if (rest > 0)");
        w.Line($"    {SumKernel.Name(small, columns)}(ref Unsafe.Add(ref xs, large * {large}), ref ys, ref Unsafe.Add(ref ws, large * {large} * s.WRow), rest / {small}, in s);");
    }

    private static void Calls(SourceWriter w, IEnumerable<(int Rows, int Count)> runs, int columns)
    {
        var done = 0;
        foreach ((int rows, int count) in runs)
        {
            string x = Address.Zero.Plus(done).Ref("xs");
            string dw = done == 0 ? "ref ws" : $"ref Unsafe.Add(ref ws, s.WRow * {Literal.Of(done)})";
            w.Line($"{SumKernel.Name(rows, columns)}({x}, ref ys, {dw}, {count}, in s);");
            done += rows * count;
        }
    }
}
