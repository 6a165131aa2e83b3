using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Cpu.Methods;
using NetGen.Generator.Text;

namespace NetGen.Generator.Cpu.Wide;

/// <summary>
/// The shared method for weight gradients of 3×3 convolutions by Winograd's F(2×2, 3×3): dg = Gᵀ[Σ (Bᵀ d B) ⊙ (A dy Aᵀ)]G over all tiles, the sums
/// being 16 matrix products over the tiles of a block, which <c>Sums</c> does.
/// </summary>
internal static class WinogradGradientKernel
{
    /// <summary>Panels that use a block's inputs while they are transformed.</summary>
    public const int Group = 4;

    private static readonly string Body = $$"""
        ref float v = ref scratch;
        ref float m = ref Unsafe.Add(ref v, 16 * s.VStep);
        ref float u = ref Unsafe.Add(ref m, 16 * s.MStep);
        Wide.Run sum = new() { X = s.VRow, Y = 32, Lines = 1, Images = 1, WRow = 32, Columns = 32 };
        nint tiles = samples * s.PerImage, blocks = (tiles + s.Block - 1) / s.Block, size = (tiles + blocks - 1) / blocks;
        for (nint group = from; group < to; group += {{Group}})
        {
            nint past = Math.Min(group + {{Group}}, to);
            for (nint first = 0; first < tiles; first += size)
            {
                sum.Pixels = Math.Min(size, tiles - first);
                sum.Adds = first > 0;
                WinogradInputs(ref x, ref v, first, sum.Pixels, in s);
                for (nint panel = group; panel < past; panel++)
                {
                    WinogradOutputGradients(ref Unsafe.Add(ref dy, panel * 32), ref m, first, sum.Pixels, in s);
                    for (nint i = 0; i < 16; i++)
                        Sums(ref Unsafe.Add(ref v, i * s.VStep), ref Unsafe.Add(ref m, i * s.MStep), ref Unsafe.Add(ref u, (((panel - group) * 16) + i) * s.UStep), s.In, in sum);
                }
            }
            for (nint panel = group; panel < past; panel++)
                WinogradTapGradients(ref Unsafe.Add(ref u, (panel - group) * 16 * s.UStep), ref Unsafe.Add(ref dw, panel * s.Panel), s.UStep * 4, s.In * 128, s.In * 32);
        }
        """;

    private static string OutputGradients => WinogradText.Walk(
        "Gradients of a panel's outputs, transformed.",
        "private static void WinogradOutputGradients(ref float dy, ref float m, nint first, nint count, in Wide.Tiles s)",
        """
        // What a tile shares with the one before is counted there.
        WinogradOutputGradient(
            ref Unsafe.Add(ref dy, (sample * s.YSample) + (top * s.YRow) + (left * s.Y)), ref m, s.Y, s.YRow, s.MStep * 4, top < 2 * line, left < 2 * column);
        m = ref Unsafe.Add(ref m, 32);
        """);

    /// <summary>The method.</summary>
    public static SharedKernel Kernel { get; } = new(
        "WinogradWeightGradient", "The weight gradient of a 3×3 convolution by tiles of 2×2 outputs; pieces are panels of channels.", ["x", "dy", "dw"],
        "in Wide.Tiles s, ref float scratch", WinogradText.Struct, _ => Body)
    {
        Helpers = level => [.. WinogradText.Inputs(level), OutputGradients, OutputGradient(level), TapGradients(level)],
    };

    /// <summary>A dy Aᵀ: Aᵀ has the rows 1, 1, 1, 0 and 0, 1, −1, −1.</summary>
    private static string OutputGradient(InstructionSet level)
    {
        var w = new SourceWriter();
        w.Line("// Gradients of 2×2 pixels to a tile, A dy Aᵀ. The step between matrices is in bytes.").Line(KernelSet.Attribute);
        using (w.Open("private static void WinogradOutputGradient(ref float y, ref float m, nint step, nint row, nint m1, bool skipsRow, bool skipsColumn)"))
        {
            WinogradText.Rows(w, "m", "m1");
            w.Line("nint m3 = m1 * 3;");
            using (w.Open($"for (nint c = 0; c < 32; c += {level.Lanes})"))
            {
                w.Line("V y00 = Vec.LoadUnsafe(ref y, (nuint)c), y01 = Vec.LoadUnsafe(ref y, (nuint)(c + step)), y10 = Vec.LoadUnsafe(ref y, (nuint)(c + row)), y11 = Vec.LoadUnsafe(ref y, (nuint)(c + row + step));");
                w.Line("if (skipsRow)").Line("    y00 = y01 = V.Zero;").Line("if (skipsColumn)").Line("    y00 = y10 = V.Zero;");
                string[] left = ["y00", "y00 + y10", "y00 - y10", "-y10"], right = ["y01", "y01 + y11", "y01 - y11", "-y11"];
                w.Line("V a, b;");
                for (var i = 0; i < 4; i++)
                {
                    w.Line($"a = {left[i]};").Line($"b = {right[i]};");
                    string[] values = ["a", "(a + b)", "(a - b)", "(-b)"];
                    for (var j = 0; j < 4; j++)
                        w.Line($"{values[j]}.StoreUnsafe(ref {WinogradText.Place("m", i, j)});");
                }
                WinogradText.Advance(w, level, "m", 4);
            }
        }
        return w.ToString().TrimEnd('\n');
    }

    /// <summary>Gᵀ u G: Gᵀ has the rows 1, ½, ½, 0 and 0, ½, −½, 0 and 0, ½, ½, 1.</summary>
    private static string TapGradients(InstructionSet level)
    {
        var w = new SourceWriter();
        w.Line("// Sixteen sums to nine taps of a weight gradient, Gᵀ u G. Steps between matrices and between taps are in bytes.").Line(KernelSet.Attribute);
        using (w.Open("private static void WinogradTapGradients(ref float u, ref float g, nint u1, nint g1, nint count)"))
        {
            WinogradText.Rows(w, "u", "u1");
            w.Line("ref float g0 = ref g;").Line("ref float g3 = ref Unsafe.AddByteOffset(ref g, g1 * 3);").Line("ref float g6 = ref Unsafe.AddByteOffset(ref g3, g1 * 3);");
            w.Line("nint u3 = u1 * 3;").Line("V half = Vec.Create(0.5f), t0, t1, t2, t3;");
            using (w.Open($"for (; count > 0; count -= {level.Lanes})"))
            {
                string Load(int row, int column) => $"Vec.LoadUnsafe(ref {WinogradText.Place("u", row, column)})";
                for (var i = 0; i < 3; i++)
                {
                    for (var j = 0; j < 4; j++)
                    {
                        string middle = $"(({Load(1, j)} {(i == 1 ? "-" : "+")} {Load(2, j)}) * half)";
                        w.Line($"t{j} = {i switch { 0 => $"{Load(0, j)} + {middle}", 1 => middle, _ => $"{middle} + {Load(3, j)}" }};");
                    }
                    w.Line($"(t0 + ((t1 + t2) * half)).StoreUnsafe(ref g{3 * i});");
                    w.Line($"((t1 - t2) * half).StoreUnsafe(ref Unsafe.AddByteOffset(ref g{3 * i}, g1));");
                    w.Line($"(((t1 + t2) * half) + t3).StoreUnsafe(ref Unsafe.AddByteOffset(ref g{3 * i}, g1 * 2));");
                }
                WinogradText.Advance(w, level, "u", 4);
                foreach (string tap in new[] { "g0", "g3", "g6" })
                    w.Line($"{tap} = ref Unsafe.Add(ref {tap}, {level.Lanes});");
            }
        }
        return w.ToString().TrimEnd('\n');
    }
}
