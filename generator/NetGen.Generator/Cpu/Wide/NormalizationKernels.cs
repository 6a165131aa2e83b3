using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Text;

namespace NetGen.Generator.Cpu.Wide;

/// <summary>Shared methods of batch norm whose pieces are lines of all samples, and the one that takes statistics from training.</summary>
internal static class NormalizationKernels
{
    /// <summary>The methods.</summary>
    public static IReadOnlyList<SharedKernel> All { get; } =
    [
        new("RunningStatistics", "Mean and 1/σ as training left them.", ["runningMean", "runningVariance", "statistics"], "nint channels, nint part, float eps", null, RunningStatistics),
        new("Normalize", "Normalises, scales and shifts.", ["x", "weight", "bias", "statistics", "y"], "in Wide.Lines s", PixelWalk.LinesStruct, Normalize),
        new(
            "NormalizeInputGradient", "The gradient through the batch's statistics.", ["x", "dy", "weight", "statistics", "sums", "dx"], "in Wide.Lines s", PixelWalk.LinesStruct,
            InputGradient),
        new(
            "NormalizeInputGradientRunning", "The gradient where statistics are constants.", ["dy", "weight", "statistics", "dx"], "in Wide.Lines s", PixelWalk.LinesStruct,
            InputGradientRunning),
    ];

    private static string RunningStatistics(InstructionSet level) => $$"""
        for (nint c = from * part; c < Math.Min(to * part, channels); c += {{level.Lanes}})
        {
            Vec.LoadUnsafe(ref runningMean, (nuint)c).StoreUnsafe(ref statistics, (nuint)c);
            (V.One / Vec.Sqrt(Vec.LoadUnsafe(ref runningVariance, (nuint)c) + Vec.Create(eps))).StoreUnsafe(ref statistics, (nuint)(c + channels));
            V.Zero.StoreUnsafe(ref statistics, (nuint)(c + (2 * channels)));
        }
        """;

    private static string Normalize(InstructionSet level) => PerChannel(
        level, ["x", "y"], [("mean", "statistics", 0), ("rest", "statistics", 2), ("inverse", "statistics", 1), ("scale", "weight", 0), ("shift", "bias", 0)],
        "((((Vec.LoadUnsafe(ref xAt, (nuint)c) - mean) - rest) * inverse) * scale) + shift");

    private static string InputGradient(InstructionSet level) => PerChannel(
        level, ["x", "dy", "dx"],
        [
            ("mean", "statistics", 0), ("rest", "statistics", 2), ("inverse", "statistics", 1), ("scale", "weight", 0),
            ("shared", "sums", 0), ("sharedRest", "sums", 1), ("slope", "sums", 2),
        ],
        "((((Vec.LoadUnsafe(ref dyAt, (nuint)c) - shared) - sharedRest) - (((Vec.LoadUnsafe(ref xAt, (nuint)c) - mean) - rest) * slope)) * inverse) * scale");

    private static string InputGradientRunning(InstructionSet level) => PerChannel(
        level, ["dy", "dx"], [("inverse", "statistics", 1), ("weights", "weight", 0)], "Vec.LoadUnsafe(ref dyAt, (nuint)c) * (inverse * weights)");

    /// <summary>
    /// A value from vectors that are the same for all pixels; it is stored in the last tensor. They are loaded again for each pixel: in registers
    /// for several pixels they save nothing, and pixels of 4 KB side by side drive each other out of the cache.
    /// </summary>
    private static string PerChannel(InstructionSet level, string[] tensors, (string Name, string Array, int Row)[] constants, string value)
    {
        // Rows of statistics and sums have references of their own, which stores to the target cannot change.
        string Row(string array, int row) => row == 0 ? array : $"{array}{Operands.Text(row)}";
        var w = new SourceWriter();
        w.Line("nint channels = s.Channels;");
        foreach ((_, string array, int row) in constants.Where(constant => constant.Row > 0))
            w.Line($"ref float {Row(array, row)} = ref Unsafe.Add(ref {array}, {(row == 1 ? "channels" : "2 * channels")});");
        LineLoop.Write(w, tensors, () =>
        {
            using (w.Open("for (nint pixels = lines * s.Pixels; pixels > 0; pixels--)"))
            {
                using (w.Open($"for (nint c = 0; c < channels; c += {level.Lanes})"))
                {
                    foreach ((string name, string array, int row) in constants)
                        w.Line($"V {name} = Vec.LoadUnsafe(ref {Row(array, row)}, (nuint)c);");
                    w.Line($"({value}).StoreUnsafe(ref {tensors[tensors.Length - 1]}At, (nuint)c);");
                }
                LineLoop.Advance(w, tensors);
            }
        });
        return w.ToString().TrimEnd('\n');
    }
}
