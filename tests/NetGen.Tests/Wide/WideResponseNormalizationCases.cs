using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Cpu.Wide;
using NetGen.Generator.Operations;

namespace NetGen.Tests.Wide;

/// <summary>Normalisation by the response of neighbouring channels, and its gradient.</summary>
internal static class WideResponseNormalizationCases
{
    /// <summary>How many methods there are.</summary>
    public const int Count = 2;

    public static WideCallCase Draw(WideDraw draw, int method)
    {
        (int height, int width) = (draw.Extent(), draw.Extent());
        var window = new ResponseWindow(draw.Random.Next(1, 9), 0.5 + draw.Random.NextDouble(), 0.25 + draw.Random.NextDouble(), 0.5 + draw.Random.NextDouble());
        WideMemory[] memories = [.. Enumerable.Range(0, method == 0 ? 3 : 6).Select(_ => draw.Memory(height, width))];
        WideCall call = ResponseNormalizationCalls.Of(
            new PixelResponseNormalization(window, new PixelShape(draw.Channels, height, width), [.. memories.Select(memory => memory.Steps)]));
        return method == 0 ? Forward(draw, window, call, memories) : Gradient(draw, window, call, memories);
    }

    private static WideCallCase Forward(WideDraw draw, ResponseWindow window, WideCall call, WideMemory[] memories) => new(
        call, draw.Samples, [draw.Image(memories[0], WideAccess.Read), draw.Image(memories[1], WideAccess.Write), draw.Image(memories[2], WideAccess.Write)],
        before => (operand, n, r, q, k) =>
        {
            if (k >= draw.Channels)
                return new(operand == 1 ? 1 : 0, 1);
            double scale = window.K + (window.Alpha / window.Size * Seen(draw, window.Size / 2, (window.Size - 1) / 2, k).Sum(c => Math.Pow(before(0, n, r, q, c), 2)));
            return operand == 1 ? new(scale, scale) : Powered(before(0, n, r, q, k), scale, window);
        });

    private static WideCallCase Gradient(WideDraw draw, ResponseWindow window, WideCall call, WideMemory[] memories)
    {
        // Behind the last channel a scale is 1.
        WideOperand scales = new(
            memories[3].WithChannels(WideConvolution.Padded(draw.Channels)), draw.Samples, WideAccess.Read, (random, _, place) => place.Channel < draw.Channels ? 0.5f + random.NextSingle() : 1);
        return new(
            call, draw.Samples,
            [
                draw.Image(memories[0], WideAccess.Read), draw.Image(memories[1], WideAccess.Read), draw.Image(memories[2], WideAccess.Read), scales,
                draw.Image(memories[4], WideAccess.Write), draw.Image(memories[5], WideAccess.Write),
            ],
            before => (operand, n, r, q, k) =>
            {
                double Term(int c) => before(2, n, r, q, c) * before(1, n, r, q, c) / before(3, n, r, q, c);
                if (k >= draw.Channels)
                    return default;
                if (operand == 4)
                    return default(WideSum) + Term(k);
                // A channel is seen by those whose windows it is in.
                WideSum along = Seen(draw, (window.Size - 1) / 2, window.Size / 2, k).Aggregate(default(WideSum), (sum, c) => sum + Term(c)) * (-2 * window.Alpha * window.Beta / window.Size * before(0, n, r, q, k));
                WideSum direct = Powered(before(2, n, r, q, k), before(3, n, r, q, k), window);
                return new(direct.Value + along.Value, direct.Size + along.Size);
            });
    }

    /// <summary>A power is as inexact as the logarithm in it is large.</summary>
    private static WideSum Powered(double value, double scale, ResponseWindow window)
    {
        double powered = value * Math.Pow(scale, -window.Beta);
        return new(powered, Math.Abs(powered) * (1 + Math.Abs(window.Beta * Math.Log(scale))));
    }

    private static IEnumerable<int> Seen(WideDraw draw, int before, int after, int channel)
    {
        for (int c = Math.Max(0, channel - before); c <= Math.Min(draw.Channels - 1, channel + after); c++)
            yield return c;
    }
}
