using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Text;

namespace NetGen.Generator.Cpu.Wide;

/// <summary>
/// Shared methods that normalise each sample by itself. Statistics and sums are rows of a value for each channel, its group's, so that vectors of
/// channels need not know where a group ends.
/// </summary>
internal static class SampleNormalizationKernels
{
    /// <summary>Numbers of the methods.</summary>
    public const string Struct = """
        /// <summary>Images whose channels are in groups: steps of the first, second and third image between pixels, rows and samples, in floats.</summary>
        internal struct Groups
        {
            /// <summary>Rows of an image, pixels of a row, floats of a pixel; channels, and those of a group.</summary>
            public nint Height, Width, Floats, Channels, Group;

            /// <summary>Floats from a sample's statistics to the next one's, and from a pixel's weights to the next one's: 0 where all have the same.</summary>
            public nint Statistics, Weights;

            public nint X, XRow, XSample, Y, YRow, YSample, Z, ZRow, ZSample;
        }
        """;

    /// <summary>Samples that are summed in one go; longer sums are sums of such, which rounding takes less from.</summary>
    private const int Chain = 32;

    /// <summary>The methods: those that read weights in two forms.</summary>
    public static IReadOnlyList<SharedKernel> All { get; } =
    [
        Of("SampleStatistics", "Mean, 1/σ and the mean's rest of groups of channels, for each sample.", ["x", "statistics"], Statistics, ", float eps"),
        Of("SampleNormalize", "Normalises each sample, scales and shifts.", ["x", "weight", "bias", "statistics", "y"], level => Normalize(level, true)),
        Of("SampleNormalizePlain", "Normalises each sample.", ["x", "statistics", "y"], level => Normalize(level, false)),
        Of("SampleParameterGradient", "Gradients of the weights and biases of samples that are normalised.", ["x", "dy", "statistics", "dweight", "dbias"], ParameterGradient),
        Of("SampleGradientSums", "What the gradients of a normalised group share, for each sample.", ["x", "dy", "weight", "statistics", "sums"], level => GradientSums(level, true)),
        Of("SampleGradientSumsPlain", "What the gradients of a normalised group share, for each sample.", ["x", "dy", "statistics", "sums"], level => GradientSums(level, false)),
        Of("SampleInputGradient", "The gradient through the statistics of each sample.", ["x", "dy", "weight", "statistics", "sums", "dx"], level => InputGradient(level, true)),
        Of("SampleInputGradientPlain", "The gradient through the statistics of each sample.", ["x", "dy", "statistics", "sums", "dx"], level => InputGradient(level, false)),
    ];

    private static SharedKernel Of(string name, string summary, string[] tensors, Func<InstructionSet, string> body, string more = "") =>
        new(name, summary, tensors, "in Wide.Groups s" + more, Struct, body) { Helpers = level => [Share(level)] };

    /// <summary>A row of sums over pixels becomes one of means over groups. Lanes behind the last channel stay as they are.</summary>
    private static string Share(InstructionSet level) => $$"""
        // The sums of a group's channels, added up and times a share, in the place of each.
        private static void ShareOfGroups(ref float row, nint channels, nint group, float share)
        {
            for (nint first = 0; first < channels; first += group)
            {
                nint c = first, last = first + group;
                V sums = V.Zero;
                for (; c <= last - {{level.Lanes}}; c += {{level.Lanes}})
                    sums += Vec.LoadUnsafe(ref row, (nuint)c);
                float sum = Vec.Sum(sums);
                for (; c < last; c++)
                    sum += Unsafe.Add(ref row, c);
                sum *= share;
                V shared = Vec.Create(sum);
                for (c = first; c <= last - {{level.Lanes}}; c += {{level.Lanes}})
                    shared.StoreUnsafe(ref row, (nuint)c);
                for (; c < last; c++)
                    Unsafe.Add(ref row, c) = sum;
            }
        }
        """;

    private static string Statistics(InstructionSet level) => $$"""
        float share = 1f / (s.Height * s.Width * s.Group);
        for (nint sample = from; sample < to; sample++)
        {
            ref float xAt = ref Unsafe.Add(ref x, sample * s.XSample), mean = ref Unsafe.Add(ref statistics, sample * s.Statistics);
            ref float inverse = ref Unsafe.Add(ref mean, s.Floats), rest = ref Unsafe.Add(ref inverse, s.Floats);
            for (nint c = 0; c < s.Floats; c += {{level.Lanes}})
            {
                V sum = V.Zero;
                {{Pixels(["x"], "V line = V.Zero;", $"line += {Load("xP")};", "sum += line;")}}
                sum.StoreUnsafe(ref mean, (nuint)c);
            }
            ShareOfGroups(ref mean, s.Channels, s.Group, share);
            // What is left of the values when the rounded mean is taken off tells what is wrong with it, in digits that it has no room for.
            for (nint c = 0; c < s.Floats; c += {{level.Lanes}})
            {
                V m = Vec.LoadUnsafe(ref mean, (nuint)c), error = V.Zero, squares = V.Zero;
                {{Pixels(["x"], "V lineError = V.Zero, lineSquares = V.Zero;", $"V d = {Load("xP")} - m;\nlineError += d;\nlineSquares += d * d;", "error += lineError;\nsquares += lineSquares;")}}
                squares.StoreUnsafe(ref inverse, (nuint)c);
                error.StoreUnsafe(ref rest, (nuint)c);
            }
            ShareOfGroups(ref inverse, s.Channels, s.Group, share);
            ShareOfGroups(ref rest, s.Channels, s.Group, share);
            for (nint c = 0; c < s.Floats; c += {{level.Lanes}})
            {
                V error = Vec.LoadUnsafe(ref rest, (nuint)c), variance = Vec.Max(V.Zero, Vec.LoadUnsafe(ref inverse, (nuint)c) - (error * error));
                (V.One / Vec.Sqrt(variance + Vec.Create(eps))).StoreUnsafe(ref inverse, (nuint)c);
            }
        }
        """;

    private static string Normalize(InstructionSet level, bool hasWeights) => Lines(level, ["x", "y"], hasWeights ? ["weight", "bias"] : [], hasSums: false, $$"""
        V normal = (({{Load("xAt")}} - {{Load("mean")}}) - {{Load("rest")}}) * {{Load("inverse")}};
        ({{(hasWeights ? $"(normal * {Load("weightAt")}) + {Load("biasAt")}" : "normal")}}).StoreUnsafe(ref yAt, (nuint)c);
        """);

    private static string InputGradient(InstructionSet level, bool hasWeights) => Lines(level, ["x", "dy", "dx"], hasWeights ? ["weight"] : [], hasSums: true, $$"""
        V centred = ({{Load("xAt")}} - {{Load("mean")}}) - {{Load("rest")}}, g = {{Load("dyAt")}}{{(hasWeights ? $" * {Load("weightAt")}" : "")}};
        // In one rounding: what is left of a gradient that goes along with the values is next to nothing.
        (Vec.{{level.MultiplyAdd}}(centred, -{{Load("slope")}}, g - {{Load("shared")}}) * {{Load("inverse")}}).StoreUnsafe(ref dxAt, (nuint)c);
        """);

    private static string GradientSums(InstructionSet level, bool hasWeights) => $$"""
        float share = 1f / (s.Height * s.Width * s.Group);
        for (nint sample = from; sample < to; sample++)
        {
            ref float xAt = ref Unsafe.Add(ref x, sample * s.XSample), dyAt = ref Unsafe.Add(ref dy, sample * s.YSample);
            ref float mean = ref Unsafe.Add(ref statistics, sample * s.Statistics), inverse = ref Unsafe.Add(ref mean, s.Floats), rest = ref Unsafe.Add(ref inverse, s.Floats);
            ref float shared = ref Unsafe.Add(ref sums, sample * s.Statistics), slope = ref Unsafe.Add(ref shared, s.Floats);
            for (nint c = 0; c < s.Floats; c += {{level.Lanes}})
            {
                V m = {{Load("mean")}}, r = {{Load("rest")}}, sum = V.Zero, along = V.Zero;{{(hasWeights ? "\nref float weightP = ref Unsafe.Add(ref weight, c);" : "")}}
                {{Pixels(
                    ["x", "dy"], "V lineSum = V.Zero, lineAlong = V.Zero;",
                    $"V g = {Load("dyP")}{(hasWeights ? " * Vec.LoadUnsafe(ref weightP);\nweightP = ref Unsafe.Add(ref weightP, s.Weights)" : "")};\nlineSum += g;\nlineAlong += g * (({Load("xP")} - m) - r);",
                    "sum += lineSum;\nalong += lineAlong;")}}
                sum.StoreUnsafe(ref shared, (nuint)c);
                along.StoreUnsafe(ref slope, (nuint)c);
            }
            ShareOfGroups(ref shared, s.Channels, s.Group, share);
            ShareOfGroups(ref slope, s.Channels, s.Group, share);
            for (nint c = 0; c < s.Floats; c += {{level.Lanes}})
                ({{Load("slope")}} * ({{Load("inverse")}} * {{Load("inverse")}})).StoreUnsafe(ref slope, (nuint)c);
        }
        """;

    /// <summary>Pieces are blocks of channels, of each pixel where each has weights of its own.</summary>
    private static string ParameterGradient(InstructionSet level) => $$"""
        nint blocks = s.Floats / {{InstructionSet.Block}};
        for (nint piece = from; piece < to; piece++)
        {
            nint place = piece / blocks, first = (piece - (place * blocks)) * {{InstructionSet.Block}}, top = 0, left = 0, height = s.Height, width = s.Width;
            if (s.Weights != 0)
            {
                (height, width) = (1, 1);
                top = place / s.Width;
                left = place - (top * s.Width);
            }
            for (nint c = first; c < first + {{InstructionSet.Block}}; c += {{level.Lanes}})
            {
                V scale = V.Zero, shift = V.Zero;
                for (nint start = 0; start < samples; start += {{Chain}})
                {
                    V scales = V.Zero, shifts = V.Zero;
                    for (nint sample = start; sample < Math.Min(start + {{Chain}}, samples); sample++)
                    {
                        ref float xAt = ref Unsafe.Add(ref x, (sample * s.XSample) + (top * s.XRow) + (left * s.X));
                        ref float dyAt = ref Unsafe.Add(ref dy, (sample * s.YSample) + (top * s.YRow) + (left * s.Y));
                        ref float mean = ref Unsafe.Add(ref statistics, sample * s.Statistics), inverse = ref Unsafe.Add(ref mean, s.Floats), rest = ref Unsafe.Add(ref inverse, s.Floats);
                        V m = {{Load("mean")}}, r = {{Load("rest")}}, along = V.Zero;
                        {{Pixels(
                            ["x", "dy"], "V lineShift = V.Zero, lineAlong = V.Zero;", $"V g = {Load("dyP")};\nlineShift += g;\nlineAlong += g * (({Load("xP")} - m) - r);",
                            "shifts += lineShift;\nalong += lineAlong;", "height", "width")}}
                        scales += along * {{Load("inverse")}};
                    }
                    scale += scales;
                    shift += shifts;
                }
                scale.StoreUnsafe(ref dweight, (nuint)((place * s.Weights) + c));
                shift.StoreUnsafe(ref dbias, (nuint)((place * s.Weights) + c));
            }
        }
        """;

    /// <summary>A vector of channels of all pixels of a sample, a row at a time, so that no chain of additions is long.</summary>
    private static string Pixels(string[] tensors, string before, string pixel, string after, string height = "s.Height", string width = "s.Width")
    {
        var w = new SourceWriter();
        using (w.Open($"for (nint row = 0; row < {height}; row++)"))
        {
            foreach (string tensor in tensors)
                w.Line($"ref float {tensor}P = ref Unsafe.Add(ref {tensor}At, row * s.{Step(tensors, tensor)}Row);");
            w.Line(before);
            using (w.Open($"for (nint n = {width}; n > 0; n--)"))
            {
                w.Line(pixel);
                foreach (string tensor in tensors)
                    w.Line($"{tensor}P = ref Unsafe.Add(ref {tensor}P, s.{Step(tensors, tensor)});");
            }
            w.Line(after);
        }
        return w.ToString().TrimEnd('\n');
    }

    /// <summary>The pixels of a range of lines of all samples, vector by vector.</summary>
    private static string Lines(InstructionSet level, string[] tensors, string[] weights, bool hasSums, string body)
    {
        var w = new SourceWriter();
        using (w.Open("for (nint line = from; line < to; line++)"))
        {
            w.Line("nint sample = line / s.Height, row = line - (sample * s.Height);");
            foreach (string tensor in tensors)
                w.Line($"ref float {tensor}At = ref Unsafe.Add(ref {tensor}, (sample * s.{Step(tensors, tensor)}Sample) + (row * s.{Step(tensors, tensor)}Row));");
            w.Line("ref float mean = ref Unsafe.Add(ref statistics, sample * s.Statistics), inverse = ref Unsafe.Add(ref mean, s.Floats), rest = ref Unsafe.Add(ref inverse, s.Floats);");
            if (hasSums)
                w.Line("ref float shared = ref Unsafe.Add(ref sums, sample * s.Statistics), slope = ref Unsafe.Add(ref shared, s.Floats);");
            foreach (string weight in weights)
                w.Line($"ref float {weight}At = ref Unsafe.Add(ref {weight}, row * s.Width * s.Weights);");
            using (w.Open("for (nint n = s.Width; n > 0; n--)"))
            {
                using (w.Open($"for (nint c = 0; c < s.Floats; c += {level.Lanes})"))
                    w.Line(body);
                foreach (string tensor in tensors)
                    w.Line($"{tensor}At = ref Unsafe.Add(ref {tensor}At, s.{Step(tensors, tensor)});");
                foreach (string weight in weights)
                    w.Line($"{weight}At = ref Unsafe.Add(ref {weight}At, s.Weights);");
            }
        }
        return w.ToString().TrimEnd('\n');
    }

    private static string Step(string[] tensors, string tensor) => LineLoop.Step(tensors, tensor);

    private static string Load(string reference) => $"Vec.LoadUnsafe(ref {reference}, (nuint)c)";
}
