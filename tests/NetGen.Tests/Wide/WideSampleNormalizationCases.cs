using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Cpu.Wide;

namespace NetGen.Tests.Wide;

/// <summary>The parts of normalisations of each sample by itself, with a weight for each channel, for each value, and without.</summary>
internal static class WideSampleNormalizationCases
{
    private const double Eps = 1e-3;

    private static readonly (SampleNormalizationPart Part, bool HasWeights)[] Methods =
    [
        (SampleNormalizationPart.Statistics, false), (SampleNormalizationPart.Normalize, true), (SampleNormalizationPart.Normalize, false), (SampleNormalizationPart.ParameterGradient, true),
        (SampleNormalizationPart.GradientSums, true), (SampleNormalizationPart.GradientSums, false), (SampleNormalizationPart.InputGradient, true), (SampleNormalizationPart.InputGradient, false),
    ];

    /// <summary>Methods that those have in common.</summary>
    public const int HelperCount = 1;

    /// <summary>How many methods there are.</summary>
    public static int Count => Methods.Length;

    public static WideCallCase Draw(WideDraw draw, int method)
    {
        (SampleNormalizationPart part, bool hasWeights) = Methods[method];
        (int height, int width) = (draw.Extent(), draw.Extent());
        WideMemory x = draw.Memory(height, width), dy = draw.Memory(height, width), result = draw.Memory(height, width);
        int padded = WideConvolution.Padded(draw.Channels), gap = 16 * draw.Random.Next(3);
        WideMemory Rows(int rows) => new(draw.Channels, rows, 1, padded, default, (0, gap + ((3 - rows) * padded)));
        bool isPerValue = hasWeights && draw.Random.Next(2) == 0;
        WideMemory weights = isPerValue ? new(draw.Channels, height, width, padded, default, (0, 0)) : new(draw.Channels, 1, 1, padded, default, (0, 0));
        int[] divisors = [.. Enumerable.Range(1, draw.Channels).Where(groups => draw.Channels % groups == 0)];
        int groups = divisors[draw.Random.Next(divisors.Length)];
        WideOperand Weight(WideAccess access) => new(weights, 1, access, (random, _, _) => WideDraw.Number(random));
        WideOperand[] ofWeight = hasWeights ? [Weight(WideAccess.Read)] : [];
        WideOperand statistics = draw.Image(Rows(3), WideAccess.Read), images = draw.Image(x, WideAccess.Read), gradients = draw.Image(dy, WideAccess.Read);
        WideOperand[] operands = part switch
        {
            SampleNormalizationPart.Statistics => [images, draw.Image(Rows(3), WideAccess.Write)],
            SampleNormalizationPart.Normalize => [images, .. ofWeight, .. ofWeight, statistics, draw.Image(result, WideAccess.Write)],
            SampleNormalizationPart.ParameterGradient => [images, gradients, statistics, Weight(WideAccess.Write), Weight(WideAccess.Write)],
            SampleNormalizationPart.GradientSums => [images, gradients, .. ofWeight, statistics, draw.Image(Rows(2), WideAccess.Write)],
            _ => [images, gradients, .. ofWeight, statistics, draw.Image(Rows(2), WideAccess.Read), draw.Image(result, WideAccess.Write)],
        };
        var call = new PixelSampleNormalization(part, hasWeights, isPerValue, new PixelShape(draw.Channels, height, width), groups, Rows(3).Steps.Sample, x.Steps, dy.Steps, result.Steps, Eps);
        var reference = new Loops(draw, height, width, draw.Channels / groups, hasWeights, isPerValue);
        return new(SampleNormalizationCalls.Of(call), draw.Samples, operands, before => part switch
        {
            SampleNormalizationPart.Statistics => reference.Statistics(before),
            SampleNormalizationPart.Normalize => reference.Normalize(before),
            SampleNormalizationPart.ParameterGradient => reference.ParameterGradient(before),
            SampleNormalizationPart.GradientSums => reference.GradientSums(before),
            _ => reference.InputGradient(before),
        });
    }

    /// <summary>The formulas, in plain loops.</summary>
    private sealed record Loops(WideDraw Draw, int Height, int Width, int Group, bool HasWeights, bool IsPerValue)
    {
        private int Skipped => HasWeights ? 1 : 0;

        public WideExpected Statistics(WideValue before) => (_, n, row, _, k) =>
        {
            if (k >= Draw.Channels)
                return new(row == 1 ? 1 / Math.Sqrt(Eps) : 0, 1 / Math.Sqrt(Eps));
            double count = Height * Width * Group;
            WideSum sum = OfGroup(k, (c, r, q) => default(WideSum) + before(0, n, r, q, c));
            double mean = sum.Value / count, variance = OfGroup(k, (c, r, q) => default(WideSum) + Math.Pow(before(0, n, r, q, c) - mean, 2)).Value / count;
            return row switch
            {
                0 => new(mean, sum.Size / count),
                1 => new(1 / Math.Sqrt(variance + Eps), 1 / Math.Sqrt(variance + Eps)),
                _ => new(0, sum.Size / count / 10),
            };
        };

        public WideExpected Normalize(WideValue before) => (_, n, r, q, k) =>
        {
            int statistics = 1 + (2 * Skipped);
            WideSum normal = Centred(before, statistics, n, r, q, k) * before(statistics, n, 1, 0, k);
            return HasWeights ? (normal * Weight(before, 1, r, q, k)) + Weight(before, 2, r, q, k) : normal;
        };

        public WideExpected ParameterGradient(WideValue before) => (operand, _, row, column, k) =>
        {
            WideSum sum = default;
            for (var n = 0; n < Draw.Samples; n++)
            {
                foreach ((int r, int q) in IsPerValue ? [(row, column)] : Pixels())
                {
                    WideSum term = operand == 4 ? default(WideSum) + before(1, n, r, q, k) : Centred(before, 2, n, r, q, k) * (before(2, n, 1, 0, k) * before(1, n, r, q, k));
                    sum = new(sum.Value + term.Value, sum.Size + term.Size);
                }
            }
            return sum;
        };

        public WideExpected GradientSums(WideValue before) => (_, n, row, _, k) =>
        {
            if (k >= Draw.Channels)
                return default;
            int statistics = 2 + Skipped;
            double share = 1.0 / (Height * Width * Group), inverse = before(statistics, n, 1, 0, k);
            double Scaled(int c, int r, int q) => before(1, n, r, q, c) * (HasWeights ? Weight(before, 2, r, q, c) : 1);
            return row == 0
                ? OfGroup(k, (c, r, q) => default(WideSum) + Scaled(c, r, q)) * share
                : OfGroup(k, (c, r, q) => Centred(before, statistics, n, r, q, c) * Scaled(c, r, q)) * (share * inverse * inverse);
        };

        public WideExpected InputGradient(WideValue before) => (_, n, r, q, k) =>
        {
            int statistics = 2 + Skipped, sums = statistics + 1;
            double g = before(1, n, r, q, k) * (HasWeights ? Weight(before, 2, r, q, k) : 1);
            return ((Centred(before, statistics, n, r, q, k) * -before(sums, n, 1, 0, k)) + g + -before(sums, n, 0, 0, k)) * before(statistics, n, 1, 0, k);
        };

        private double Weight(WideValue before, int operand, int row, int column, int channel) => IsPerValue ? before(operand, 0, row, column, channel) : before(operand, 0, 0, 0, channel);

        /// <summary>A value less the mean and the mean's rest.</summary>
        private static WideSum Centred(WideValue before, int statistics, int n, int r, int q, int k) =>
            default(WideSum) + before(0, n, r, q, k) + -before(statistics, n, 0, 0, k) + -before(statistics, n, 2, 0, k);

        private WideSum OfGroup(int channel, Func<int, int, int, WideSum> term)
        {
            WideSum sum = default;
            int first = channel / Group * Group;
            foreach ((int r, int q) in Pixels())
            {
                for (int c = first; c < first + Group; c++)
                    sum = new(sum.Value + term(c, r, q).Value, sum.Size + term(c, r, q).Size);
            }
            return sum;
        }

        private IEnumerable<(int Row, int Column)> Pixels() => from r in Enumerable.Range(0, Height) from q in Enumerable.Range(0, Width) select (r, q);
    }
}
