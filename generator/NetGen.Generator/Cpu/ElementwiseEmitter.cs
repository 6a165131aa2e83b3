using System.Globalization;
using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Cpu.Methods;
using NetGen.Generator.Operations;
using NetGen.Generator.Text;

namespace NetGen.Generator.Cpu;

/// <summary>Writes kernels that go over an activation once, value by value.</summary>
internal static class ElementwiseEmitter
{
    public static Kernel Emit(Elementwise e, InstructionSet level, KernelSet kernels)
    {
        bool isGradient = e.Function is ElementwiseFunction.ReLUGradient or ElementwiseFunction.SigmoidGradient or ElementwiseFunction.TanhGradient;
        bool isRandom = e.Function is ElementwiseFunction.Dropout or ElementwiseFunction.DropoutGradient;
        string[] tensors = e.Function == ElementwiseFunction.DropoutGradient ? ["dy"] : isGradient ? ["y", "dy"] : ["x", "y"];
        IReadOnlyList<Parameter> parameters =
        [
            .. tensors.Select(Parameter.Tensor),
            .. e.IsPerSample ? Parameter.Range : [],
            .. isRandom ? [Parameter.Number("seed", "uint"), Parameter.Number("firstSample", "int")] : Array.Empty<Parameter>(),
        ];
        string name = isRandom
            ? kernels.Add(e.Name, e.Summary, parameters, w => WriteDropout(w, e, level), KernelFunction.Kept)
            : kernels.Add(e.Name, e.Summary, parameters, w => WriteMap(w, e, level, isGradient), FunctionOf(e.Function));
        return new Kernel(name, IsRandom: isRandom);
    }

    /// <summary>The shared function that does it, where it is not a vector instruction or two.</summary>
    private static IEnumerable<KernelFunction> FunctionOf(ElementwiseFunction function) => function switch
    {
        ElementwiseFunction.Sigmoid => [KernelFunction.Sigmoid],
        ElementwiseFunction.Tanh => [KernelFunction.Tanh],
        ElementwiseFunction.SigmoidGradient => [KernelFunction.SigmoidGradient],
        ElementwiseFunction.TanhGradient => [KernelFunction.TanhGradient],
        _ => [],
    };

    private static void WriteMap(SourceWriter w, Elementwise e, InstructionSet level, bool isGradient)
    {
        string range = e.IsPerSample ? $"nint i = from * {e.Floats}; i < to * {e.Floats}" : $"nint i = 0; i < {e.Floats}";
        using (w.Open($"for ({range}; i += {level.Lanes})"))
        {
            string value = isGradient ? "Vec.LoadUnsafe(ref y, (nuint)i)" : "Vec.LoadUnsafe(ref x, (nuint)i)";
            string gradient = "Vec.LoadUnsafe(ref dy, (nuint)i)";
            string result = e.Function switch
            {
                ElementwiseFunction.Add => $"Vec.LoadUnsafe(ref y, (nuint)i) + {value}",
                ElementwiseFunction.Multiply => $"Vec.LoadUnsafe(ref y, (nuint)i) * {value}",
                ElementwiseFunction.ReLU => $"Vec.MaxNative(V.Zero, {value})",
                ElementwiseFunction.Sigmoid => $"Sigmoid({value})",
                ElementwiseFunction.Tanh => $"Tanh({value})",
                ElementwiseFunction.ReLUGradient => $"Vec.ConditionalSelect(Vec.GreaterThan({value}, V.Zero), {gradient}, V.Zero)",
                ElementwiseFunction.SigmoidGradient => $"SigmoidGradient({value}, {gradient})",
                ElementwiseFunction.TanhGradient => $"TanhGradient({value}, {gradient})",
                _ => value,
            };
            w.Line($"({result}).StoreUnsafe(ref {(isGradient ? "dy" : "y")}, (nuint)i);");
        }
    }

    /// <summary>
    /// A value is kept if a hash of seed, layer, sample and element is at or above probability × 2³². The hash is Wellons' lowbias32; the
    /// backward pass computes it again instead of reading a mask.
    /// </summary>
    private static void WriteDropout(SourceWriter w, Elementwise e, InstructionSet level)
    {
        string threshold = ((uint)Math.Min(uint.MaxValue, e.Probability * 4294967296.0)).ToString(CultureInfo.InvariantCulture);
        string scale = Literal.Of((float)(1 / (1 - e.Probability)));
        string source = e.Function == ElementwiseFunction.Dropout ? "x" : "dy", target = e.Function == ElementwiseFunction.Dropout ? "y" : "dy";
        w.Line($"uint key = unchecked((seed + {e.Salt}u) * 0x9E3779B1u);");
        if (e.IsPerSample)
        {
            using (w.Open($"for (nint n = from; n < to; n++)"))
            {
                w.Line($"uint row = unchecked((uint)(firstSample + (int)n) * {e.Floats}u);");
                using (w.Open($"for (nint i = 0; i < {e.Floats}; i += {level.Lanes})"))
                {
                    w.Line($"V kept = Kept(Vec.Create(unchecked(row + (uint)i)) + U.Indices, key, {threshold}u);");
                    w.Line($"nuint at = (nuint)((n * {e.Floats}) + i);");
                    w.Line($"(kept & (Vec.LoadUnsafe(ref {source}, at) * {scale})).StoreUnsafe(ref {target}, at);");
                }
            }
            return;
        }
        int elements = e.Floats / InstructionSet.Block;
        using (w.Open($"for (nint i = 0; i < {elements}; i++)"))
        {
            using (w.Open($"for (nint lane = 0; lane < {InstructionSet.Block}; lane += {level.Lanes})"))
            {
                w.Line($"U sample = Vec.Create((uint)(firstSample + (int)lane)) + U.Indices;");
                w.Line($"V kept = Kept((sample * {elements}u) + Vec.Create((uint)i), key, {threshold}u);");
                w.Line($"nuint at = (nuint)((i * {InstructionSet.Block}) + lane);");
                w.Line($"(kept & (Vec.LoadUnsafe(ref {source}, at) * {scale})).StoreUnsafe(ref {target}, at);");
            }
        }
    }
}
