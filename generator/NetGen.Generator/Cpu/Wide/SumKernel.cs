using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Cpu.Methods;
using NetGen.Generator.Text;

namespace NetGen.Generator.Cpu.Wide;

/// <summary>
/// The register tile of the weight gradient: rows (input channels side by side) × columns of sums over images of lines of pixels. They
/// start from zero, and what was there is added behind the loops: a block's sum is a short one.
/// </summary>
internal static class SumKernel
{
    /// <summary>The method's name.</summary>
    public static string Name(int rows, int columns) => $"Sum{Literal.Of(rows)}x{Literal.Of(columns)}";

    /// <summary>The method, with a line over it that says what it computes.</summary>
    public static string Write(InstructionSet set, int rows, int columns)
    {
        var w = new SourceWriter();
        int vectors = columns / set.Lanes;
        var sums = (from i in Enumerable.Range(0, rows) from j in Enumerable.Range(0, vectors) select (Row: i, Vector: j, Name: $"t{Literal.Of(i)}_{Literal.Of(j)}")).ToList();
        string Lane(int vector) => vector == 0 ? "" : $", {Literal.Of(vector * set.Lanes)}";
        string Place(int row) => row == 0 ? "dw" : row == 1 ? "Unsafe.Add(ref dw, row)" : $"Unsafe.Add(ref dw, row * {Literal.Of(row)})";
        w.Line($"// Sums over pixels of {rows} values of x × {columns} columns of dy, into weights' rows.");
        w.Line(KernelSet.Attribute);
        using (w.Open($"internal static void {Name(rows, columns)}(ref float x, ref float dy, ref float dw, nint tiles, in Wide.Run s)"))
        {
            w.Line("nint step = s.X * 4, dyStep = s.Y * 4, row = s.WRow;");
            using (w.Open("for (; tiles > 0; tiles--)"))
            {
                foreach ((_, _, string name) in sums)
                    w.Line($"V {name} = V.Zero;");
                w.Line("ref float p = ref x;").Line("ref float q = ref dy;");
                using (w.Open("for (nint image = s.Images; image > 0; image--)"))
                {
                    using (w.Open("for (nint line = s.Lines; line > 0; line--)"))
                    {
                        using (w.Open("for (nint pixel = s.Pixels; pixel > 0; pixel--)"))
                        {
                            for (var j = 0; j < vectors; j++)
                                w.Line($"V y{j} = Vec.LoadUnsafe(ref q{Lane(j)});");
                            w.Line("V v;");
                            for (var i = 0; i < rows; i++)
                            {
                                w.Line($"v = Vec.Create({Address.At("p", i)});");
                                for (var j = 0; j < vectors; j++)
                                    w.Line($"t{i}_{j} = Vec.{set.MultiplyAdd}(v, y{j}, t{i}_{j});");
                            }
                            w.Line("p = ref Unsafe.AddByteOffset(ref p, step);").Line("q = ref Unsafe.AddByteOffset(ref q, dyStep);");
                        }
                        w.Line("p = ref Unsafe.Add(ref p, s.XLine);");
                    }
                    w.Line("p = ref Unsafe.Add(ref p, s.XImage);");
                }
                using (w.Open("if (s.Adds)"))
                {
                    foreach ((int i, int j, string name) in sums)
                        w.Line($"{name} += Vec.LoadUnsafe(ref {Place(i)}{Lane(j)});");
                }
                foreach ((int i, int j, string name) in sums)
                    w.Line($"{name}.StoreUnsafe(ref {Place(i)}{Lane(j)});");
                w.Line($"x = ref Unsafe.Add(ref x, {rows});").Line($"dw = ref Unsafe.Add(ref dw, row * {rows});");
            }
        }
        return w.ToString().TrimEnd('\n');
    }
}
