using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Cpu.Methods;
using NetGen.Generator.Text;

namespace NetGen.Generator.Cpu.Wide;

/// <summary>
/// Shared methods for 3×3 convolutions by Winograd's F(2×2, 3×3): y = Aᵀ[(G g Gᵀ) ⊙ (Bᵀ d B)]A for each 4×4 tile d of the input. The products of all
/// channels are 16 matrix products over the tiles of a block, which <c>Map</c> does.
/// </summary>
internal static class WinogradKernels
{
    /// <summary>Channels whose weights are transformed at a time: they are used while they are in the second-level cache.</summary>
    public const int Chunk = 128;

    /// <summary>Floats between the matrices of transformed weights, an odd number of cache lines.</summary>
    private const int WeightStep = (Chunk * 32) + 16;

    /// <summary>Floats of the transformed weights of a chunk.</summary>
    public const int WeightFloats = 16 * WeightStep;

    /// <summary>Floats in which a chunk's taps are turned; the last tap may be written a block too far.</summary>
    public const int TurnedFloats = ((9 * Chunk) + 16) * 32;

    /// <summary>Blocks of tiles × panels; the sums of a panel stay in the second-level cache while chunk after chunk of its weights is transformed and used.</summary>
    private static string Whole(string start, string transform) => $$"""
        ref float u = ref scratch;
        {{start}}
        ref float m = ref Unsafe.Add(ref v, 16 * s.VStep);
        Wide.Shape product = new() { Row = s.VRow, CRow = 32, WRow = 32, Taps = 1, Lines = 1 };
        // Blocks of one size: a last one that is small would leave a worker without work.
        nint tiles = samples * s.PerImage, blocks = (tiles + s.Block - 1) / s.Block, size = (tiles + blocks - 1) / blocks, transformed = -1;
        for (nint piece = from; piece < to; piece++)
        {
            nint block = piece / s.Panels, panel = piece - (block * s.Panels), first = block * size, column = panel * 32;
            if (first >= tiles)
                return;
            product.Pixels = Math.Min(size, tiles - first);
            product.Columns = Math.Min(32, s.Out - column);
            if (block != transformed)
                WinogradInputs(ref x, ref v, first, product.Pixels, in s);
            transformed = block;
            for (nint k = 0; k < s.In; k += {{Chunk}})
            {
                product.K = Math.Min({{Chunk}}, s.In - k);
                product.Flags = k == 0 ? 0 : 2;
                {{transform}}
                for (nint i = 0; i < 16; i++)
                    Map(ref Unsafe.Add(ref v, (i * s.VStep) + k), ref Unsafe.Add(ref u, i * {{WeightStep}}), ref Unsafe.Add(ref m, i * s.MStep), ref bias, ref other, 1, in product);
            }
            WinogradOutputs(ref m, ref Unsafe.Add(ref y, column), ref Unsafe.Add(ref bias, column), ref Unsafe.Add(ref other, column), first, product.Pixels, product.Columns, lowest, in s);
        }
        """;

    private static readonly string Forward = Whole(
        $"ref float v = ref Unsafe.Add(ref scratch, {WeightFloats});",
        $"WinogradTaps(ref Unsafe.Add(ref w, (column * s.In * 9) + (k * 32)), ref u, s.In * 128, {WeightStep * 4}, product.K * 32);");

    /// <summary>Channels are exchanged, and taps are in reversed order.</summary>
    private static readonly string Gradient = Whole(
        $"ref float turned = ref Unsafe.Add(ref scratch, {WeightFloats}), v = ref Unsafe.Add(ref scratch, {WeightFloats + TurnedFloats});",
        $"""
            for (nint tap = 0; tap < 9; tap++)
                Turn(ref Unsafe.Add(ref w, (k / 32 * s.WPanel) + (((tap * s.Rows) + column) * s.WWidth)), ref Unsafe.Add(ref turned, tap * {Chunk * 32}), product.K, s.WPanel, s.WWidth, Math.Min(32, s.Rows - column), 32);
            WinogradTaps(ref Unsafe.Add(ref turned, {8 * Chunk * 32}), ref u, {-Chunk * 32 * 4}, {WeightStep * 4}, product.K * 32);
            """);

    private static string Outputs { get; } = WinogradText.Walk(
        "Tiles of sums to pixels.",
        "private static void WinogradOutputs(ref float m, ref float y, ref float bias, ref float other, nint first, nint count, nint columns, float lowest, in Wide.Tiles s)",
        """
        // What the tile before has written is left alone: it may be another worker's, and may have been added to.
        nint rows = top < 2 * line ? 1 : 0, skipped = left < 2 * column ? 1 : 0;
        WinogradOutput(
            ref m, ref Unsafe.Add(ref y, (sample * s.YSample) + (top * s.YRow) + (left * s.Y)), ref bias,
            ref Unsafe.Add(ref other, (sample * s.OSample) + (top * s.ORow) + (left * s.O)), columns, rows, skipped, lowest, in s);
        m = ref Unsafe.Add(ref m, 32);
        """);

    /// <summary>The methods.</summary>
    public static IReadOnlyList<SharedKernel> All { get; } =
    [
        Kernel("Winograd", "A 3×3 convolution by tiles of 2×2 outputs; pieces are blocks of tiles × panels of channels.", Forward),
        Kernel("WinogradInputGradient", "The same for its input gradient.", Gradient),
    ];

    private static SharedKernel Kernel(string name, string summary, string body) =>
        new(name, summary, ["x", "w", "y", "bias", "other"], "in Wide.Tiles s, float lowest, ref float scratch", WinogradText.Struct, _ => body)
        {
            Helpers = level => [.. WinogradText.Inputs(level), Outputs, Output(level), Taps(level)],
        };

    /// <summary>Aᵀ m A and what follows the sums.</summary>
    private static string Output(InstructionSet level)
    {
        var w = new SourceWriter();
        w.Line("// Sums of a tile to its 2×2 pixels, Aᵀ m A, from a row and a column on.").Line(KernelSet.Attribute);
        using (w.Open("private static void WinogradOutput(ref float m, ref float y, ref float bias, ref float other, nint columns, nint firstRow, nint firstColumn, float lowest, in Wide.Tiles s)"))
        {
            w.Line("nint m1 = s.MStep * 4, m3 = m1 * 3;");
            WinogradText.Rows(w, "m", "m1");
            using (w.Open($"for (nint c = 0; c < columns; c += {level.Lanes})"))
            {
                for (var j = 0; j < 4; j++)
                {
                    w.Line($"V a{j} = Vec.LoadUnsafe(ref {WinogradText.Place("m", 1, j)}), b{j} = Vec.LoadUnsafe(ref {WinogradText.Place("m", 2, j)});");
                    w.Line($"V r0{j} = Vec.LoadUnsafe(ref {WinogradText.Place("m", 0, j)}) + (a{j} + b{j}), r1{j} = (a{j} - b{j}) - Vec.LoadUnsafe(ref {WinogradText.Place("m", 3, j)});");
                }
                for (var r = 0; r < 2; r++)
                    w.Line($"V y{r}0 = r{r}0 + (r{r}1 + r{r}2), y{r}1 = (r{r}1 - r{r}2) - r{r}3;");
                (int Row, int Column)[] pixels = [(0, 0), (0, 1), (1, 0), (1, 1)];
                string At(string tensor, string step, (int Row, int Column) p)
                {
                    string place = string.Join(" + ", new[] { "c", p.Row == 1 ? $"s.{step}Row" : "", p.Column == 1 ? $"s.{step}" : "" }.Where(part => part.Length > 0));
                    return $"Vec.LoadUnsafe(ref {tensor}, (nuint)({place}))";
                }
                void Each(string flag, Func<(int Row, int Column), string> statement, string? first = null)
                {
                    using (w.Open($"if ((s.Flags & {flag}) != 0)"))
                    {
                        if (first is not null)
                            w.Line(first);
                        foreach ((int, int) p in pixels)
                            w.Line(statement(p));
                    }
                }
                Each("1", p => $"y{p.Row}{p.Column} += added;", "V added = Vec.LoadUnsafe(ref bias, (nuint)c);");
                Each("2", p => $"y{p.Row}{p.Column} += {At("y", "Y", p)};");
                Each("4", p => $"y{p.Row}{p.Column} += {At("other", "O", p)};");
                Each("16", p => $"y{p.Row}{p.Column} = Vec.ConditionalSelect(Vec.GreaterThan({At("other", "O", p)}, V.Zero), y{p.Row}{p.Column}, V.Zero);");
                Each("8", p => $"y{p.Row}{p.Column} = Vec.MaxNative(least, y{p.Row}{p.Column});", "V least = Vec.Create(lowest);");
                for (var r = 0; r < 2; r++)
                {
                    using (r == 0 ? w.Open("if (firstRow == 0)") : default(IDisposable))
                    {
                        w.Line("if (firstColumn == 0)").Line($"    y{r}0.StoreUnsafe(ref y, (nuint)(c{(r == 0 ? "" : " + s.YRow")}));");
                        w.Line($"y{r}1.StoreUnsafe(ref y, (nuint)(c{(r == 0 ? "" : " + s.YRow")} + s.Y));");
                    }
                }
                WinogradText.Advance(w, level, "m", 4);
            }
        }
        return w.ToString().TrimEnd('\n');
    }

    /// <summary>G g Gᵀ.</summary>
    private static string Taps(InstructionSet level)
    {
        var w = new SourceWriter();
        w.Line("// Nine taps of weights to sixteen, G g Gᵀ. Steps between taps and between matrices are in bytes.").Line(KernelSet.Attribute);
        using (w.Open("private static void WinogradTaps(ref float g, ref float u, nint g1, nint u1, nint count)"))
        {
            w.Line("ref float g0 = ref g;").Line("ref float g3 = ref Unsafe.AddByteOffset(ref g, g1 * 3);").Line("ref float g6 = ref Unsafe.AddByteOffset(ref g3, g1 * 3);");
            WinogradText.Rows(w, "u", "u1");
            w.Line("nint u3 = u1 * 3;").Line("V half = Vec.Create(0.5f);");
            using (w.Open($"for (; count > 0; count -= {level.Lanes})"))
            {
                for (var j = 0; j < 3; j++)
                {
                    string Tap(int row) => j == 0 ? $"g{3 * row}" : $"Unsafe.AddByteOffset(ref g{3 * row}, g1{(j == 1 ? "" : " * 2")})";
                    w.Line($"V h0{j} = Vec.LoadUnsafe(ref {Tap(0)}), h3{j} = Vec.LoadUnsafe(ref {Tap(2)});");
                    w.Line($"V e{j} = (h0{j} + h3{j}) * half, o{j} = Vec.LoadUnsafe(ref {Tap(1)}) * half, h1{j} = e{j} + o{j}, h2{j} = e{j} - o{j};");
                }
                w.Line("V even, odd;");
                for (var i = 0; i < 4; i++)
                {
                    w.Line($"even = (h{i}0 + h{i}2) * half;").Line($"odd = h{i}1 * half;");
                    string[] values = [$"h{i}0", "(even + odd)", "(even - odd)", $"h{i}2"];
                    for (var j = 0; j < 4; j++)
                        w.Line($"{values[j]}.StoreUnsafe(ref {WinogradText.Place("u", i, j)});");
                }
                foreach (string tap in new[] { "g0", "g3", "g6" })
                    w.Line($"{tap} = ref Unsafe.Add(ref {tap}, {level.Lanes});");
                WinogradText.Advance(w, level, "u", 4);
            }
        }
        return w.ToString().TrimEnd('\n');
    }
}
