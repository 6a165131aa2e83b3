using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Cpu.Methods;
using NetGen.Generator.Text;

namespace NetGen.Generator.Cpu.Wide;

/// <summary>What Winograd's methods have in common: their numbers, the walk over tiles, transformed inputs, and references to the matrices of a tile.</summary>
internal static class WinogradText
{
    public const string Struct = """
        /// <summary>A 3×3 convolution by tiles of 2×2 outputs. Steps are in floats.</summary>
        internal struct Tiles
        {
            /// <summary>Channels that are read; channels that are written, padded to 16, and panels of 32 of them.</summary>
            public nint In, Out, Panels;

            /// <summary>Rows and columns that are written, and tiles of a line and of an image.</summary>
            public nint Height, Width, PerLine, PerImage;

            /// <summary>Tiles that are done together, at most.</summary>
            public nint Block;

            /// <summary>From the first pixel to the first that is read; between pixels, rows and samples of what is read.</summary>
            public nint Start, X, XRow, XSample;

            /// <summary>The same of what is written, and of the other tensor that is read behind the sums.</summary>
            public nint Y, YRow, YSample, O, ORow, OSample;

            /// <summary>Weights of an input gradient: channels that are written, as many as there are; the width of a panel, and from one to the next.</summary>
            public nint Rows, WWidth, WPanel;

            /// <summary>Between the transformed inputs of two tiles; between their matrices, and those of the outputs.</summary>
            public nint VRow, VStep, MStep;

            /// <summary>Between the matrices of a weight gradient, and the floats of a panel of weights.</summary>
            public nint UStep, Panel;

            /// <summary>1: add the bias. 2: add what is there. 4: add the other tensor. 8: nothing below the lowest. 16: zero where the other is not above 0.</summary>
            public nint Flags;
        }
        """;

    /// <summary>Methods that transform the inputs of some tiles.</summary>
    public static IReadOnlyList<string> Inputs(InstructionSet level) => [WalkOverInputs, Input(level)];

    private static string WalkOverInputs => Walk(
        "Tiles of the input, transformed.",
        "private static void WinogradInputs(ref float x, ref float v, nint first, nint count, in Wide.Tiles s)",
        """
        WinogradInput(ref Unsafe.Add(ref x, (sample * s.XSample) + (top * s.XRow) + (left * s.X) + s.Start), ref v, s.X * 4, s.XRow, s.VStep * 4, s.In);
        v = ref Unsafe.Add(ref v, s.VRow);
        """);

    /// <summary>A method that does something for each tile from <c>first</c> on: its place is <c>sample</c>, <c>top</c>, <c>left</c>.</summary>
    public static string Walk(string summary, string header, string tile)
    {
        var w = new SourceWriter();
        w.Line($"// {summary}").Line(KernelSet.Attribute);
        using (w.Open(header))
        {
            w.Line("nint sample = first / s.PerImage, inImage = first - (sample * s.PerImage), line = inImage / s.PerLine, column = inImage - (line * s.PerLine);");
            using (w.Open("for (; count > 0; count--)"))
            {
                w.Line("// Where an extent is odd, the last tile moves back by one.");
                w.Line("nint top = Math.Min(2 * line, s.Height - 2), left = Math.Min(2 * column, s.Width - 2);").Line(tile);
                w.Line("""
                    if (++column < s.PerLine)
                        continue;
                    column = 0;
                    if (++line < s.PerImage / s.PerLine)
                        continue;
                    line = 0;
                    sample++;
                    """);
            }
        }
        return w.ToString().TrimEnd('\n');
    }

    private static readonly (string A, string Sign, string B)[] Differences = [("0", "-", "2"), ("1", "+", "2"), ("2", "-", "1"), ("1", "-", "3")];

    /// <summary>Bᵀ d B: four rows, each from two rows of the tile.</summary>
    private static string Input(InstructionSet level)
    {
        var w = new SourceWriter();
        w.Line("// A 4×4 tile, Bᵀ d B, for all channels. Steps between pixels and between matrices are in bytes.").Line(KernelSet.Attribute);
        using (w.Open("private static void WinogradInput(ref float x, ref float v, nint x1, nint row, nint v1, nint channels)"))
        {
            Rows(w, "x", "row", 4);
            Rows(w, "v", "v1");
            w.Line("nint x3 = x1 * 3, v3 = v1 * 3;");
            using (w.Open($"for (; channels > 0; channels -= {level.Lanes})"))
            {
                w.Line("V t0, t1, t2, t3;");
                for (var i = 0; i < 4; i++)
                {
                    (string a, string sign, string b) = Differences[i];
                    for (var j = 0; j < 4; j++)
                        w.Line($"t{j} = Vec.LoadUnsafe(ref {Place("x", int.Parse(a), j)}) {sign} Vec.LoadUnsafe(ref {Place("x", int.Parse(b), j)});");
                    for (var j = 0; j < 4; j++)
                        w.Line($"(t{Differences[j].A} {Differences[j].Sign} t{Differences[j].B}).StoreUnsafe(ref {Place("v", i, j)});");
                }
                Advance(w, level, "x", 4);
                Advance(w, level, "v", 4);
            }
        }
        return w.ToString().TrimEnd('\n');
    }

    /// <summary>Four references: rows of a tile, or every fourth matrix of the sixteen.</summary>
    public static void Rows(SourceWriter w, string name, string step, int floats = 0)
    {
        w.Line($"ref float {name}r0 = ref {name};");
        for (var i = 1; i < 4; i++)
            w.Line(floats > 0 ? $"ref float {name}r{i} = ref Unsafe.Add(ref {name}r{i - 1}, {step});" : $"ref float {name}r{i} = ref Unsafe.AddByteOffset(ref {name}r{i - 1}, {step} * 4);");
    }

    /// <summary>The column of a row: neighbours are a step apart, which the address multiplies.</summary>
    public static string Place(string name, int row, int column) => column == 0 ? $"{name}r{row}"
        : $"Unsafe.AddByteOffset(ref {name}r{row}, {name}{(column == 3 ? "3" : "1")}{(column == 2 ? " * 2" : "")})";

    public static void Advance(SourceWriter w, InstructionSet level, string name, int rows)
    {
        for (var i = 0; i < rows; i++)
            w.Line($"{name}r{i} = ref Unsafe.Add(ref {name}r{i}, {level.Lanes});");
    }
}
