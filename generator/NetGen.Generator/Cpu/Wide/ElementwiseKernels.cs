using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Cpu.Methods;
using NetGen.Generator.Text;

namespace NetGen.Generator.Cpu.Wide;

/// <summary>Shared methods that go over activations once, value by value; padding is computed like values. Pieces are lines of all samples.</summary>
internal static class ElementwiseKernels
{
    /// <summary>A method for each formula.</summary>
    public static IReadOnlyList<SharedKernel> All { get; } = [.. Formula.All.Select(Of)];

    private static SharedKernel Of(Formula formula) => new(
        formula.Name, formula.Summary, formula.Tensors, string.Join(", ", formula.Numbers.Select(number => "float " + number).Prepend("in Wide.Lines s")), PixelWalk.LinesStruct,
        level => Body(level, formula), formula.Calls is { } function ? [function] : []);

    private static string Body(InstructionSet level, Formula formula)
    {
        var w = new SourceWriter();
        LineLoop.Write(w, formula.Tensors, () =>
        {
            w.Line("nint runs = lines * s.Pixels, floats = s.Channels;");
            using (w.Open("if (s.JoinsPixels)"))
                w.Line("floats *= runs;").Line("runs = 1;");
            using (w.Open("for (; runs > 0; runs--)"))
            {
                // Several vectors of a function would need more registers than there are for its constants.
                int step = formula.Calls is null ? InstructionSet.Block : level.Lanes;
                using (w.Open($"for (nint i = 0; i < floats; i += {step})"))
                {
                    for (var lane = 0; lane < step; lane += level.Lanes)
                    {
                        string place = lane == 0 ? "(nuint)i" : $"(nuint)(i + {Literal.Of(lane)})";
                        w.Line(formula.Statement(tensor => $"Vec.LoadUnsafe(ref {tensor}At, {place})", tensor => $"ref {tensor}At, {place}", formula.Numbers));
                    }
                }
                LineLoop.Advance(w, formula.Tensors);
            }
        });
        return w.ToString().TrimEnd('\n');
    }
}
