using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Cpu.Methods;
using NetGen.Generator.Text;

namespace NetGen.Generator.Cpu.Wide;

/// <summary>
/// A method that all networks of a project share: one kind of operation over activations whose channels are side by side, padded to 16. It
/// takes extents and steps as arguments and does the pieces <c>from</c> to <c>to</c>; no two pieces write the same float.
/// </summary>
/// <param name="Name">The method in the class <c>Wide</c>.</param>
/// <param name="Summary">What it computes.</param>
/// <param name="Tensors">Names of its references, in order: each the first pixel of the first sample.</param>
/// <param name="Numbers">Types and names of what follows them.</param>
/// <param name="Struct">The struct that it takes extents and steps in.</param>
/// <param name="Body">Statements for a level of instructions.</param>
/// <param name="Functions">What it calls.</param>
/// <param name="IsRandom">It also takes a seed and the first sample's number.</param>
internal sealed record SharedKernel(
    string Name, string Summary, string[] Tensors, string Numbers, string? Struct, Func<InstructionSet, string> Body,
    IReadOnlyList<KernelFunction>? Functions = null, bool IsRandom = false)
{
    /// <summary>A short one would otherwise be copied into its callers, once for each layer.</summary>
    private const string Attribute = "[MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]";

    /// <summary>The shared kernels by their names.</summary>
    private static readonly Dictionary<string, SharedKernel> All =
        new[] { ElementwiseKernels.All, DropoutKernels.All, ChannelSumKernels.All, NormalizationKernels.All, SampleNormalizationKernels.All, ResponseNormalizationKernels.All, ResamplingKernels.All, PoolingKernels.All, PoolingGradientKernels.All, UnevenPoolingKernels.All, LocalProductKernels.All, SoftmaxKernels.All, WinogradKernels.All, [WinogradGradientKernel.Kernel], DepthwiseKernels.All }
            .SelectMany(kernels => kernels).ToDictionary(kernel => kernel.Name, StringComparer.Ordinal);

    /// <summary>Methods of its own that it calls, at a level of instructions.</summary>
    public Func<InstructionSet, IReadOnlyList<string>>? Helpers { get; init; }

    /// <summary>Types and names of all parameters.</summary>
    public string Parameters =>
        $"{string.Join(", ", Tensors.Select(tensor => $"ref float {tensor}"))}, {Numbers}, nint samples, nint from, nint to{(IsRandom ? ", uint seed, int firstSample" : "")}";

    /// <summary>The kernel of that name.</summary>
    public static SharedKernel Of(string name) => All[name];

    /// <summary>The method at a level of instructions.</summary>
    public string Write(InstructionSet level)
    {
        var w = new SourceWriter();
        w.Line($"// {Summary}").Line(Attribute);
        using (w.Open($"internal static void {Name}({Parameters})"))
            w.Line(Body(level));
        return w.ToString().TrimEnd('\n');
    }
}
