using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Cpu.Methods;
using NetGen.Generator.Text;

namespace NetGen.Generator.Cpu.Wide;

/// <summary>Shared methods that sum over samples and pixels: bias gradients, and statistics and parameter gradients of batch norm. Pieces are parts of the channels.</summary>
internal static class ChannelSumKernels
{
    /// <summary>The methods.</summary>
    public static IReadOnlyList<SharedKernel> All { get; } =
    [
        new("BiasGradient", "Sums of dy over samples and pixels, per channel.", ["dy", "db"], "in Wide.Pixels s", PixelWalk.PixelsStruct, BiasGradient, Functions: [KernelFunction.AddExactly]),
        new(
            "BatchStatistics", "Mean, 1/σ and the mean's rest of the batch, per channel; the running ones are moved towards them.",
            ["x", "runningMean", "runningVariance", "statistics"], "in Wide.Pixels s, float eps, float momentum, float others", PixelWalk.PixelsStruct, BatchStatistics,
            Functions: [KernelFunction.AddExactly]),
        new(
            "NormalizeParameterGradient", "Gradients of batch norm's weight and bias, and the sums that its input gradient needs.",
            ["x", "dy", "statistics", "dweight", "dbias", "sums"], "in Wide.Pixels s", PixelWalk.PixelsStruct, ParameterGradient, Functions: [KernelFunction.AddExactly]),
    ];

    private static string BiasGradient(InstructionSet level) => Pieces($$"""
        {{new ChannelSums(level, ["dy"], ["sum"], 0, (at, _, sums) => [$"{sums[0]} += {at("dy")};"]).Write()}}
        for (nint c = first; c < last; c += {{level.Lanes}})
            {{Held(0)}}.StoreUnsafe(ref db, (nuint)c);
        """);

    private static string BatchStatistics(InstructionSet level) => Pieces($$"""
        float count = samples * s.Area;
        {{new ChannelSums(level, ["x"], ["sum"], 0, (at, _, sums) => [$"{sums[0]} += {at("x")};"]).Write()}}
        for (nint c = first; c < last; c += {{level.Lanes}})
            ({{Held(0)}} * (1 / count)).StoreUnsafe(ref statistics, (nuint)c);
        // What is left of the values when the rounded mean is taken off tells what is wrong with it, in digits that it has no room for.
        {{new ChannelSums(level, ["x"], ["error", "variance"], 1, (at, mean, sums) => [$"d = {at("x")} - {mean[0]};", $"{sums[0]} += d;", $"{sums[1]} += d * d;"]).Write()}}
        for (nint c = first; c < last; c += {{level.Lanes}})
        {
            V mean = Vec.LoadUnsafe(ref statistics, (nuint)c), error = {{Held(0)}} * (1 / count);
            V variance = Vec.Max(V.Zero, {{Held(1)}} - (error * error * count));
            V unbiased = variance * (1 / MathF.Max(1, count - 1));
            variance *= 1 / count;
            (V.One / Vec.Sqrt(variance + Vec.Create(eps))).StoreUnsafe(ref statistics, (nuint)(c + s.Channels));
            error.StoreUnsafe(ref statistics, (nuint)(c + (2 * s.Channels)));
            ((Vec.LoadUnsafe(ref runningMean, (nuint)c) * others) + (mean * momentum)).StoreUnsafe(ref runningMean, (nuint)c);
            ((Vec.LoadUnsafe(ref runningVariance, (nuint)c) * others) + (unbiased * momentum)).StoreUnsafe(ref runningVariance, (nuint)c);
        }
        """);

    private static string ParameterGradient(InstructionSet level) => Pieces($$"""
        {{new ChannelSums(
            level, ["x", "dy"], ["scale", "shift"], 2,
            (at, mean, sums) => [$"d = {at("dy")};", $"{sums[1]} += d;", $"{sums[0]} += d * (({at("x")} - {mean[0]}) - {mean[1]});"]).Write()}}
        for (nint c = first; c < last; c += {{level.Lanes}})
        {
            V inverse = Vec.LoadUnsafe(ref statistics, (nuint)(c + s.Channels)), size = Vec.Create((float)(samples * s.Area));
            V scale = {{Held(0)}} * inverse, shift = {{Part(ChannelSums.Variable)}}, shiftRest = {{Part(ChannelSums.Variable + KernelFunction.Rest)}};
            scale.StoreUnsafe(ref dweight, (nuint)c);
            (shift + shiftRest).StoreUnsafe(ref dbias, (nuint)c);
            // The mean gradient and what it has no room for: the gradients less their mean must add up to nothing.
            V mean = shift / size;
            mean.StoreUnsafe(ref sums, (nuint)c);
            ((Vec.FusedMultiplyAdd(-mean, size, shift) + shiftRest) / size).StoreUnsafe(ref sums, (nuint)(c + s.Channels));
            (scale * inverse / size).StoreUnsafe(ref sums, (nuint)(c + (2 * s.Channels)));
        }
        """);

    /// <summary>The loop over pieces; sums are held in memory, as many as a piece may have.</summary>
    private static string Pieces(string body)
    {
        var w = new SourceWriter();
        w.Line($"""
            nint images = samples, lines = s.Lines, pixels = s.Width;
            if (s.Lines == 0)
                (images, lines, pixels) = (1, 1, pixels * samples);
            Wide.Held memory = default;
            ref float held = ref Unsafe.As<Wide.Held, float>(ref memory);
            """);
        using (w.Open("for (nint piece = from; piece < to; piece++)"))
            w.Line("nint first = piece * s.Part, last = Math.Min(first + s.Part, s.Channels);").Line(body);
        return w.ToString().TrimEnd('\n');
    }

    /// <summary>A whole sum: what is held of it, and its rest.</summary>
    private static string Held(int variable) => $"({Part(variable * ChannelSums.Variable)} + {Part((variable * ChannelSums.Variable) + KernelFunction.Rest)})";

    private static string Part(int offset) => $"Vec.LoadUnsafe(ref held, (nuint)(c - first{(offset == 0 ? "" : $" + {Literal.Of(offset)}")}))";
}
