using NetGen.Generator.Cpu.Methods;
using NetGen.Generator.Text;

namespace NetGen.Generator.Cpu.Wide;

/// <summary>
/// Writes a level's <c>Map</c>: all pixels of some lines × the columns of one panel, in tiles. What is left of a line after the largest
/// tiles takes smaller ones whose two groups overlap: both compute a pixel alike.
/// </summary>
internal sealed class MapWalker(WideLevel level, WideNeeds needs)
{
    public const string Parameters = Tensors + "nint lines, " + Numbers;

    private const string Tensors = "ref float a, ref float b, ref float c, ref float bias, ref float other, ", Numbers = "in Wide.Shape s";

    private readonly int tile = 2 * level.Group;

    /// <summary>The methods, kernels first.</summary>
    public IEnumerable<string> Write()
    {
        foreach (int columns in level.TileColumns(needs))
        {
            foreach (int group in Rests.Concat(Narrow).Distinct().OrderByDescending(g => g))
                yield return new TileKernel(level.Set, group, 2, columns).Write();
            yield return new TileKernel(level.Set, 1, 1, columns).Write();
            yield return Rest(columns);
            yield return Columns(columns);
            yield return Lines(columns);
        }
        yield return Map();
    }

    /// <summary>Widths of maps that are one group of a tile; a group of one pixel is left to smaller tiles.</summary>
    private IEnumerable<int> Narrow => needs.NarrowWidths.Where(width => width > 1 && width <= level.Group);

    /// <summary>Groups of the tiles that what is left of a line takes, largest first.</summary>
    private int[] Rests => [.. level.Rests.Concat(needs.HalfRests.Where(group => group > level.Rests.Last() && group < level.Group)).Distinct().OrderByDescending(group => group)];

    /// <summary>Panels are as wide at every level; tiles are not.</summary>
    private string Map()
    {
        var w = new SourceWriter();
        w.Line("// All pixels of the lines × the columns of a panel.").Line(KernelSet.Attribute);
        using (w.Open($"internal static void Map({Parameters})"))
        {
            if (level.Columns < 32)
            {
                w.Line($"for (nint column = 0; column < s.Columns; column += {level.Columns})");
                w.Line($"    Lines{level.Columns}(ref a, ref Unsafe.Add(ref b, column), ref Unsafe.Add(ref c, column), ref Unsafe.Add(ref bias, column), ref Unsafe.Add(ref other, column), lines, in s);");
            }
            else if (needs is { Columns32: true, Columns16: true })
            {
                w.Line("if (s.Columns == 16)").Line("    Lines16(ref a, ref b, ref c, ref bias, ref other, lines, in s);").Line("else");
                w.Line("    Lines32(ref a, ref b, ref c, ref bias, ref other, lines, in s);");
            }
            else
            {
                w.Line($"Lines{(needs.Columns32 ? 32 : 16)}(ref a, ref b, ref c, ref bias, ref other, lines, in s);");
            }
        }
        return w.ToString().TrimEnd('\n');
    }

    private string Lines(int columns)
    {
        var w = new SourceWriter();
        w.Line($"// All pixels of the lines × {columns} columns.").Line(KernelSet.Attribute);
        using (w.Open($"private static void Lines{columns}({Parameters})"))
        {
            foreach (int width in Narrow)
            {
                using (w.Open($"if (s.Pixels == {width} && lines > 1)"))
                {
                    w.Line("Wide.Shape pair = s;").Line("pair.SplitByLines();");
                    w.Line($"{TileKernel.Name(2 * width, columns)}(ref a, ref b, ref c, ref bias, ref other, lines >> 1, in pair);");
                    using (w.Open("if ((lines & 1) != 0)"))
                    {
                        w.Line("nint last = lines - 1;");
                        w.Line($"Rest{columns}({At("last * s.Line", "last * s.CLine", "last * s.OLine")}, s.Pixels, in s);");
                    }
                    w.Line("return;");
                }
            }
            w.Line("Wide.Shape whole = s;").Line($"whole.Split({level.Group}, {level.Group});");
            w.Line($"nint tiles = s.Pixels / {tile}, rest = s.Pixels - (tiles * {tile});");
            using (w.Open($"if (rest > 0 && lines >= {tile})"))
            {
                w.Line($"Columns{columns}({At($"tiles * whole.Tile", "tiles * whole.CTile", "tiles * whole.OTile")}, rest, lines, in s);").Line("rest = 0;");
            }
            w.Line("// So few pixels alone are dear: they share two smaller tiles with those before them.");
            using (w.Open($"if (rest is {string.Join(" or ", level.Shared.Select(Literal.Of))} && tiles > 0)"))
                w.Line("tiles--;").Line($"rest += {tile};");
            w.Line("nint done = tiles * whole.Tile, cDone = tiles * whole.CTile, oDone = tiles * whole.OTile;");
            using (w.Open("for (; lines > 0; lines--)"))
            {
                w.Line("if (tiles > 0)").Line($"    {TileKernel.Name(tile, columns)}(ref a, ref b, ref c, ref bias, ref other, tiles, in whole);");
                w.Line("if (rest > 0)").Line($"    Rest{columns}({At("done", "cDone", "oDone")}, rest, in s);");
                w.Line("a = ref Unsafe.Add(ref a, s.Line);").Line("c = ref Unsafe.Add(ref c, s.CLine);").Line("other = ref Unsafe.Add(ref other, s.OLine);");
            }
        }
        return w.ToString().TrimEnd('\n');
    }

    /// <summary>What whole tiles leave of lines, done for all lines together so that its tiles are whole too: halves of two lines, and columns downwards.</summary>
    private string Columns(int columns)
    {
        var w = new SourceWriter();
        string tiled = TileKernel.Name(tile, columns);
        w.Line($"// Fewer pixels than a tile of each of many lines × {columns} columns.").Line(KernelSet.Attribute);
        using (w.Open($"private static void Columns{columns}({Tensors}nint pixels, nint lines, {Numbers})"))
        {
            using (w.Open($"if (pixels >= {level.Group})"))
            {
                w.Line("Wide.Shape pair = s;").Line("pair.SplitByLines();");
                w.Line($"{tiled}(ref a, ref b, ref c, ref bias, ref other, lines >> 1, in pair);");
                using (w.Open("if ((lines & 1) != 0)"))
                    w.Line("nint last = lines - 1;").Line($"Rest{columns}({At("last * s.Line", "last * s.CLine", "last * s.OLine")}, {level.Group}, in s);");
                w.Line($"pixels -= {level.Group};");
                Next(w, $"{level.Group} * s.Row", $"{level.Group} * s.CRow", $"{level.Group} * s.ORow");
            }
            w.Line("Wide.Shape down = s;").Line("(down.Row, down.CRow, down.ORow) = (s.Line, s.CLine, s.OLine);").Line($"down.Split({level.Group}, {level.Group});");
            w.Line($"nint tiles = lines / {tile}, rest = lines - (tiles * {tile});");
            using (w.Open("for (; pixels > 0; pixels--)"))
            {
                w.Line($"{tiled}(ref a, ref b, ref c, ref bias, ref other, tiles, in down);");
                w.Line("if (rest > 0)").Line($"    Rest{columns}({At("tiles * down.Tile", "tiles * down.CTile", "tiles * down.OTile")}, rest, in down);");
                Next(w, "s.Row", "s.CRow", "s.ORow");
            }
        }
        return w.ToString().TrimEnd('\n');
    }

    private static void Next(SourceWriter w, string a, string c, string other) =>
        w.Line($"a = ref Unsafe.Add(ref a, {a});").Line($"c = ref Unsafe.Add(ref c, {c});").Line($"other = ref Unsafe.Add(ref other, {other});");

    private string Rest(int columns)
    {
        var w = new SourceWriter();
        IReadOnlyList<int> groups = Rests;
        w.Line($"// A few neighbouring pixels × {columns} columns.").Line(KernelSet.Attribute);
        using (w.Open($"private static void Rest{columns}({Tensors}nint pixels, {Numbers})"))
        {
            w.Line("Wide.Shape t = s;");
            using (w.Open($"if (pixels > {tile})"))
            {
                int group = level.Rests[1], half = 2 * group;
                w.Line($"t.Split({group}, {group});");
                w.Line($"{TileKernel.Name(half, columns)}(ref a, ref b, ref c, ref bias, ref other, 1, in t);");
                w.Line($"pixels -= {half};");
                w.Line($"a = ref Unsafe.Add(ref a, s.Row * {half});").Line($"c = ref Unsafe.Add(ref c, s.CRow * {half});").Line($"other = ref Unsafe.Add(ref other, s.ORow * {half});");
            }
            for (var i = 0; i < groups.Count; i++)
            {
                int least = i + 1 < groups.Count ? 2 * groups[i + 1] : 1;
                using (w.Open($"{(i == 0 ? "" : "else ")}if (pixels > {least})"))
                {
                    w.Line($"t.Split(pixels - {groups[i]}, {groups[i]});");
                    w.Line($"{TileKernel.Name(2 * groups[i], columns)}(ref a, ref b, ref c, ref bias, ref other, 1, in t);");
                }
            }
            w.Line("else").Line($"    {TileKernel.Name(1, columns)}(ref a, ref b, ref c, ref bias, ref other, 1, in t);");
        }
        return w.ToString().TrimEnd('\n');
    }

    private static string At(string a, string c, string other) =>
        $"ref Unsafe.Add(ref a, {a}), ref b, ref Unsafe.Add(ref c, {c}), ref bias, ref Unsafe.Add(ref other, {other})";
}
