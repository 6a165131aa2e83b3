using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Cpu.Methods;
using NetGen.Generator.Text;

namespace NetGen.Generator.Cpu;

/// <summary>Writes kernels that go over an activation once, value by value.</summary>
internal static class ElementwiseEmitter
{
    public static Kernel Emit(Elementwise e, InstructionSet level, KernelSet kernels)
    {
        Formula formula = Formula.Of(e.Function);
        IReadOnlyList<Parameter> parameters = [.. formula.Tensors.Select(Parameter.Tensor), .. e.IsPerSample ? Parameter.Range : []];
        KernelFunction[] calls = formula.Calls is { } function ? [function] : [];
        return new Kernel(kernels.Add(e.Name, e.Summary, parameters, w => Write(w, e, formula, level), calls));
    }

    private static void Write(SourceWriter w, Elementwise e, Formula formula, InstructionSet level)
    {
        string range = e.IsPerSample ? $"nint i = from * {e.Floats}; i < to * {e.Floats}" : $"nint i = 0; i < {e.Floats}";
        using (w.Open($"for ({range}; i += {level.Lanes})"))
        {
            w.Line(formula.Statement(
                tensor => $"Vec.LoadUnsafe(ref {tensor}, (nuint)i)", tensor => $"ref {tensor}, (nuint)i", e.Function.Numbers.Select(number => Literal.Of((float)number))));
        }
    }
}
