using NetGen.Generator.Cpu.Wide;

namespace NetGen.Tests.Wide;

/// <summary>Bias gradients and the parts of batch norm. What a mean has no room for is small here; <see cref="WideExactTests"/> looks at it.</summary>
internal static class WideNormalizationCases
{
    private const double Eps = 1e-3;
    private const double Momentum = 0.1;

    /// <summary>How many methods there are.</summary>
    public const int Count = 7;

    public static WideCallCase Draw(WideDraw draw, int method)
    {
        (int height, int width) = (draw.Extent(), draw.Extent());
        return method switch
        {
            0 => BiasGradient(draw, height, width),
            1 => BatchStatistics(draw, height, width),
            2 => RunningStatistics(draw),
            3 => Normalize(draw, height, width),
            4 => ParameterGradient(draw, height, width),
            5 => InputGradient(draw, height, width),
            _ => InputGradientRunning(draw, height, width),
        };
    }

    private static WideCallCase BiasGradient(WideDraw draw, int height, int width)
    {
        WideMemory dy = draw.Memory(height, width);
        return new(
            NormalizationCalls.BiasGradient(draw.Channels, height, width, dy.Steps), draw.Samples, [draw.Image(dy, WideAccess.Read), draw.PerChannel(WideAccess.Write)],
            before => (_, _, _, _, k) => Sum(draw, height, width, (n, r, q) => before(0, n, r, q, k)));
    }

    private static WideCallCase BatchStatistics(WideDraw draw, int height, int width)
    {
        WideMemory x = draw.Memory(height, width);
        int count = draw.Samples * height * width;
        return new(
            NormalizationCalls.BatchStatistics(draw.Channels, height, width, x.Steps, Eps, Momentum), draw.Samples,
            [draw.Image(x, WideAccess.Read), draw.PerChannel(WideAccess.Update), draw.PerChannel(WideAccess.Update), draw.PerChannel(WideAccess.Write, 3)],
            before => (operand, _, row, _, k) =>
            {
                WideSum sum = Sum(draw, height, width, (n, r, q) => before(0, n, r, q, k));
                double mean = sum.Value / count, squares = Sum(draw, height, width, (n, r, q) => Math.Pow(before(0, n, r, q, k) - mean, 2)).Value;
                double running = operand is 1 or 2 ? (1 - Momentum) * before(operand, 0, 0, 0, k) : 0;
                return (operand, row) switch
                {
                    (1, _) => new(running + (Momentum * mean), Math.Abs(running) + (sum.Size / count)),
                    (2, _) => new(running + (Momentum * squares / Math.Max(1, count - 1)), Math.Abs(running) + squares),
                    (_, 0) => new(mean, sum.Size / count),
                    (_, 1) => new(1 / Math.Sqrt((squares / count) + Eps), 1 / Math.Sqrt((squares / count) + Eps)),
                    _ => new(0, sum.Size / count / 10),
                };
            });
    }

    private static WideCallCase RunningStatistics(WideDraw draw)
    {
        WideOperand variance = draw.PerChannel(WideAccess.Read) with { Draw = (random, _, _) => random.NextSingle() };
        return new(
            NormalizationCalls.RunningStatistics(draw.Channels, Eps), draw.Samples, [draw.PerChannel(WideAccess.Read), variance, draw.PerChannel(WideAccess.Write, 3)],
            before => (_, _, row, _, k) =>
            {
                double value = row switch { 0 => before(0, 0, 0, 0, k), 1 => 1 / Math.Sqrt(before(1, 0, 0, 0, k) + Eps), _ => 0 };
                return new(value, Math.Abs(value));
            });
    }

    private static WideCallCase Normalize(WideDraw draw, int height, int width)
    {
        WideMemory x = draw.Memory(height, width), y = draw.Memory(height, width);
        return new(
            NormalizationCalls.Normalize(draw.Channels, height, width, x.Steps, y.Steps), draw.Samples,
            [draw.Image(x, WideAccess.Read), draw.PerChannel(WideAccess.Read), draw.PerChannel(WideAccess.Read), draw.PerChannel(WideAccess.Read, 3), draw.Image(y, WideAccess.Write)],
            before => (_, n, r, q, k) => (Centred(before, 0, 3, n, r, q, k) * (before(3, 0, 1, 0, k) * before(1, 0, 0, 0, k))) + before(2, 0, 0, 0, k));
    }

    private static WideCallCase ParameterGradient(WideDraw draw, int height, int width)
    {
        WideMemory x = draw.Memory(height, width), dy = draw.Memory(height, width);
        int count = draw.Samples * height * width;
        return new(
            NormalizationCalls.NormalizeParameterGradient(draw.Channels, height, width, x.Steps, dy.Steps), draw.Samples,
            [
                draw.Image(x, WideAccess.Read), draw.Image(dy, WideAccess.Read), draw.PerChannel(WideAccess.Read, 3),
                draw.PerChannel(WideAccess.Write), draw.PerChannel(WideAccess.Write), draw.PerChannel(WideAccess.Write, 3),
            ],
            before => (operand, _, row, _, k) =>
            {
                double inverse = before(2, 0, 1, 0, k);
                WideSum shift = Sum(draw, height, width, (n, r, q) => before(1, n, r, q, k));
                WideSum scale = Terms(draw, height, width, (n, r, q) => Centred(before, 0, 2, n, r, q, k) * before(1, n, r, q, k)) * inverse;
                return (operand, row) switch
                {
                    (3, _) => scale,
                    (4, _) => shift,
                    (_, 0) => shift * (1.0 / count),
                    (_, 1) => new(0, shift.Size / count / 10),
                    _ => scale * (inverse / count),
                };
            });
    }

    private static WideCallCase InputGradient(WideDraw draw, int height, int width)
    {
        WideMemory x = draw.Memory(height, width), dy = draw.Memory(height, width), dx = draw.Memory(height, width);
        return new(
            NormalizationCalls.NormalizeInputGradient(draw.Channels, height, width, x.Steps, dy.Steps, dx.Steps), draw.Samples,
            [
                draw.Image(x, WideAccess.Read), draw.Image(dy, WideAccess.Read), draw.PerChannel(WideAccess.Read), draw.PerChannel(WideAccess.Read, 3),
                draw.PerChannel(WideAccess.Read, 3), draw.Image(dx, WideAccess.Write),
            ],
            before => (_, n, r, q, k) =>
            {
                WideSum along = Centred(before, 0, 3, n, r, q, k) * -before(4, 0, 2, 0, k);
                return (along + before(1, n, r, q, k) + -before(4, 0, 0, 0, k) + -before(4, 0, 1, 0, k)) * (before(3, 0, 1, 0, k) * before(2, 0, 0, 0, k));
            });
    }

    private static WideCallCase InputGradientRunning(WideDraw draw, int height, int width)
    {
        WideMemory dy = draw.Memory(height, width), dx = draw.Memory(height, width);
        return new(
            NormalizationCalls.NormalizeInputGradientRunning(draw.Channels, height, width, dy.Steps, dx.Steps), draw.Samples,
            [draw.Image(dy, WideAccess.Read), draw.PerChannel(WideAccess.Read), draw.PerChannel(WideAccess.Read, 3), draw.Image(dx, WideAccess.Write)],
            before => (_, n, r, q, k) => default(WideSum) + (before(0, n, r, q, k) * before(1, 0, 0, 0, k) * before(2, 0, 1, 0, k)));
    }

    /// <summary>A value less the mean and the mean's rest.</summary>
    private static WideSum Centred(WideValue before, int x, int statistics, int n, int r, int q, int k) =>
        default(WideSum) + before(x, n, r, q, k) + -before(statistics, 0, 0, 0, k) + -before(statistics, 0, 2, 0, k);

    private static WideSum Sum(WideDraw draw, int height, int width, Func<int, int, int, double> term) =>
        Terms(draw, height, width, (n, r, q) => default(WideSum) + term(n, r, q));

    private static WideSum Terms(WideDraw draw, int height, int width, Func<int, int, int, WideSum> term)
    {
        WideSum sum = default;
        for (var n = 0; n < draw.Samples; n++)
        {
            for (var r = 0; r < height; r++)
            {
                for (var q = 0; q < width; q++)
                    sum = new(sum.Value + term(n, r, q).Value, sum.Size + term(n, r, q).Size);
            }
        }
        return sum;
    }
}
