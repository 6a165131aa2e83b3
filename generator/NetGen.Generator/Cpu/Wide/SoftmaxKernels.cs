using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Cpu.Methods;
using NetGen.Generator.Text;

namespace NetGen.Generator.Cpu.Wide;

/// <summary>Shared methods of softmax and its logarithm over all features of a sample. Pieces are samples; padding gets zeros.</summary>
internal static class SoftmaxKernels
{
    /// <summary>Numbers of the methods.</summary>
    public const string Struct = """
        /// <summary>Features of a sample: so many channels of so many pixels; steps of the first and second tensor between pixels and samples, in floats.</summary>
        internal struct Features
        {
            public nint Pixels, Channels, X, XSample, Y, YSample;
        }
        """;

    /// <summary>The methods.</summary>
    public static IReadOnlyList<SharedKernel> All { get; } =
    [
        new("Softmax", "Exponentials over their sum.", ["x", "y"], "in Wide.Features s", Struct, level => Forward(level, isLog: false), [.. Uses, KernelFunction.Largest]),
        new("LogSoftmax", "Logarithms of exponentials over their sum.", ["x", "y"], "in Wide.Features s", Struct, level => Forward(level, isLog: true), [.. Uses, KernelFunction.Largest]),
        new("SoftmaxGradient", "The gradient less what all terms share, in place.", ["y", "dy"], "in Wide.Features s", Struct, level => Gradient(level, isLog: false), [KernelFunction.Lane]),
        new("LogSoftmaxGradient", "The gradient less what all terms share, in place.", ["y", "dy"], "in Wide.Features s", Struct, level => Gradient(level, isLog: true), Uses),
    ];

    private static IReadOnlyList<KernelFunction> Uses => [KernelFunction.Exp, KernelFunction.Lane];

    /// <summary>The largest term is taken off before the exponentials, so that none overflows.</summary>
    private static string Forward(InstructionSet level, bool isLog) => Samples(["x", "y"], $$"""
        V largest = Vec.Create(float.NegativeInfinity);
        {{Terms(level, ["x"], mask => $"largest = Vec.MaxNative(largest, {Select(mask, Load("x"), "Vec.Create(float.NegativeInfinity)")});")}}
        largest = Vec.Create(Largest(largest));
        V sum = V.Zero;
        {{Terms(
            level, ["x", "y"],
            mask => isLog
                ? $"V less = {Load("x")} - largest;\nless.StoreUnsafe(ref yP, (nuint)i);\nsum += {Select(mask, "Exp(less)")};"
                : $"V term = {Select(mask, $"Exp({Load("x")} - largest)")};\nterm.StoreUnsafe(ref yP, (nuint)i);\nsum += term;",
            masksAll: true)}}
        sum = Vec.Create(Vec.Sum(sum));
        {{(isLog
            // Two subtractions: the largest term and the logarithm in one number would lose the digits of the logarithm.
            ? "V logarithm = Vec.Log(sum);\n" + Terms(level, ["y"], mask => $"{Select(mask, $"({Load("y")} - logarithm)")}.StoreUnsafe(ref yP, (nuint)i);")
            : Terms(level, ["y"], _ => $"({Load("y")} / sum).StoreUnsafe(ref yP, (nuint)i);"))}}
        """);

    private static string Gradient(InstructionSet level, bool isLog) => Samples(["y", "dy"], $$"""
        V shared = V.Zero;
        {{Terms(level, isLog ? ["dy"] : ["y", "dy"], mask => $"shared += {Select(mask, isLog ? Load("dy") : $"({Load("dy")} * {Load("y")})")};")}}
        shared = Vec.Create(Vec.Sum(shared));
        {{Terms(level, ["y", "dy"], mask =>
        {
            string value = isLog ? $"({Load("dy")} - (Exp({Load("y")}) * shared))" : $"({Load("y")} * ({Load("dy")} - shared))";
            return $"{Select(mask, value)}.StoreUnsafe(ref dyP, (nuint)i);";
        }, masksAll: isLog)}}
        """);

    private static string Samples(string[] tensors, string body)
    {
        var w = new SourceWriter();
        using (w.Open("for (nint sample = from; sample < to; sample++)"))
        {
            w.Line($"ref float {tensors[0]}At = ref Unsafe.Add(ref {tensors[0]}, sample * s.XSample), {tensors[1]}At = ref Unsafe.Add(ref {tensors[1]}, sample * s.YSample);");
            w.Line(body);
        }
        return w.ToString().TrimEnd('\n');
    }

    /// <summary>
    /// A loop over the terms; vectors that padding is in are masked. Exponentials stand in one loop for all vectors: twice they would be twice
    /// the constants, and too many for the registers.
    /// </summary>
    private static string Terms(InstructionSet level, string[] tensors, Func<string?, string> write, bool masksAll = false)
    {
        var w = new SourceWriter();
        using (w.Open("for (nint pixel = 0; pixel < s.Pixels; pixel++)"))
        {
            foreach (string tensor in tensors)
                w.Line($"ref float {tensor}P = ref Unsafe.Add(ref {tensor}At, pixel * s.{(tensor == "x" || (tensor == "y" && tensors.Contains("dy")) ? "X" : "Y")});");
            w.Line("nint i = 0;");
            if (!masksAll)
            {
                using (w.Open($"for (; i <= s.Channels - {level.Lanes}; i += {level.Lanes})"))
                    w.Line(write(null));
            }
            using (w.Open($"for (; (i & {InstructionSet.Block - 1}) != 0 || i < s.Channels; i += {level.Lanes})"))
                w.Line(write("Vec.LessThan(Lane, Vec.Create((float)(s.Channels - i)))"));
        }
        return w.ToString().TrimEnd('\n');
    }

    private static string Load(string tensor) => $"Vec.LoadUnsafe(ref {tensor}P, (nuint)i)";

    private static string Select(string? mask, string value, string otherwise = "V.Zero") => mask is null ? value : $"Vec.ConditionalSelect({mask}, {value}, {otherwise})";
}
