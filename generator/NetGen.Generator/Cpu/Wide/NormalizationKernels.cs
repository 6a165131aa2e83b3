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
        at => $"(((({at("x")} - mean) - rest) * inverse) * scale) + shift");

    private static string InputGradient(InstructionSet level) => PerChannel(
        level, ["x", "dy", "dx"],
        [
            ("mean", "statistics", 0), ("rest", "statistics", 2), ("inverse", "statistics", 1), ("scale", "weight", 0),
            ("shared", "sums", 0), ("sharedRest", "sums", 1), ("slope", "sums", 2),
        ],
        // In one rounding: what is left of a gradient that goes along with the values is next to nothing.
        at => $"(Vec.{level.MultiplyAdd}(({at("x")} - mean) - rest, -slope, ({at("dy")} - shared) - sharedRest) * inverse) * scale");

    private static string InputGradientRunning(InstructionSet level) => PerChannel(
        level, ["dy", "dx"], [("inverse", "statistics", 1), ("weights", "weight", 0)], at => $"{at("dy")} * (inverse * weights)");

    /// <summary>
    /// A value from vectors that are the same for all pixels; it is stored in the last tensor. They are loaded for two pixels at a time: more
    /// of them, 4 KB apart, would drive each other out of the cache.
    /// </summary>
    private static string PerChannel(InstructionSet level, string[] tensors, (string Name, string Array, int Row)[] constants, Func<Func<string, string>, string> value)
    {
        var w = new SourceWriter();
        w.Line("nint channels = s.Channels;");
        LineLoop.Write(w, tensors, () =>
        {
            w.Line("nint pixels = lines * s.Pixels;");
            using (w.Open("for (; pixels >= 2; pixels -= 2)"))
            {
                foreach (string tensor in tensors)
                    w.Line($"ref float {tensor}Next = ref Unsafe.Add(ref {tensor}At, s.{LineLoop.Step(tensors, tensor)});");
                WritePixels("At", "Next");
                foreach (string tensor in tensors)
                    w.Line($"{tensor}At = ref Unsafe.Add(ref {tensor}Next, s.{LineLoop.Step(tensors, tensor)});");
            }
            using (w.Open("if (pixels > 0)"))
                WritePixels("At");
        });
        return w.ToString().TrimEnd('\n');

        void WritePixels(params string[] pixels)
        {
            using (w.Open($"for (nint c = 0; c < channels; c += {level.Lanes})"))
            {
                foreach ((string name, string array, int row) in constants)
                    w.Line($"V {name} = Vec.LoadUnsafe(ref {array}, (nuint){(row == 0 ? "c" : row == 1 ? "(c + channels)" : "(c + (2 * channels))")});");
                foreach (string pixel in pixels)
                    w.Line($"({value(tensor => $"Vec.LoadUnsafe(ref {tensor}{pixel}, (nuint)c)")}).StoreUnsafe(ref {tensors[tensors.Length - 1]}{pixel}, (nuint)c);");
            }
        }
    }
}
