using NetGen.Generator.Cpu.Wide;

namespace NetGen.Tests.Wide;

/// <summary>Softmax and its logarithm, and their gradients.</summary>
internal static class WideSoftmaxCases
{
    /// <summary>How many methods there are.</summary>
    public const int Count = 8;

    public static WideCallCase Draw(WideDraw draw, int method)
    {
        if (method >= 4)
            return OfChannels(draw, isLog: method % 2 == 1, isGradient: method > 5);
        (int height, int width) = draw.Random.Next(2) == 0 ? (1, 1) : (draw.Random.Next(1, 5), draw.Random.Next(1, 5));
        WideMemory first = draw.Memory(height, width, mayHaveHalo: false), second = draw.Memory(height, width, mayHaveHalo: false);
        return method < 2 ? Forward(draw, height, width, first, second, isLog: method == 1) : Gradient(draw, height, width, first, second, isLog: method == 3);
    }

    private static WideCallCase Forward(WideDraw draw, int height, int width, WideMemory x, WideMemory y, bool isLog) => new(
        isLog ? SoftmaxCalls.LogSoftmax(draw.Channels, height, width, x.Steps, y.Steps) : SoftmaxCalls.Softmax(draw.Channels, height, width, x.Steps, y.Steps), draw.Samples,
        [draw.Image(x, WideAccess.Read, r => (WideDraw.Number(r) * 5) - 20), draw.Image(y, WideAccess.Write)],
        before =>
        {
            double[] sums = [.. Enumerable.Range(0, draw.Samples).Select(n => Places(draw, height, width).Sum(place => Math.Exp(before(0, n, place.Row, place.Column, place.Channel))))];
            return (_, n, r, q, k) =>
            {
                double value = k >= draw.Channels ? 0 : isLog ? before(0, n, r, q, k) - Math.Log(sums[n]) : Math.Exp(before(0, n, r, q, k)) / sums[n];
                return new(value, isLog ? 1 + Math.Abs(value) : value);
            };
        });

    private static WideCallCase Gradient(WideDraw draw, int height, int width, WideMemory y, WideMemory dy, bool isLog) => new(
        isLog ? SoftmaxCalls.LogSoftmaxGradient(draw.Channels, height, width, y.Steps, dy.Steps) : SoftmaxCalls.SoftmaxGradient(draw.Channels, height, width, y.Steps, dy.Steps),
        draw.Samples,
        [draw.Image(y, WideAccess.Read), draw.Image(dy, WideAccess.Update)],
        before =>
        {
            WideSum Shared(int n)
            {
                WideSum sum = default;
                foreach ((int row, int column, int channel) in Places(draw, height, width))
                    sum += before(1, n, row, column, channel) * (isLog ? 1 : before(0, n, row, column, channel));
                return sum;
            }
            WideSum[] shared = [.. Enumerable.Range(0, draw.Samples).Select(Shared)];
            return (_, n, r, q, k) =>
            {
                if (k >= draw.Channels)
                    return default;
                double y = before(0, n, r, q, k), dy = before(1, n, r, q, k);
                return isLog
                    ? new(dy - (Math.Exp(y) * shared[n].Value), Math.Abs(dy) + (Math.Exp(y) * shared[n].Size))
                    : new(y * (dy - shared[n].Value), Math.Abs(y) * (Math.Abs(dy) + shared[n].Size));
            };
        });

    /// <summary>Each pixel by itself, whatever lies around the images.</summary>
    private static WideCallCase OfChannels(WideDraw draw, bool isLog, bool isGradient)
    {
        (int height, int width) = (draw.Extent(), draw.Extent());
        WideMemory first = draw.Memory(height, width), second = draw.Memory(height, width);
        WideCall call = SoftmaxCalls.OfChannels(isLog, isGradient, draw.Channels, height, width, first.Steps, second.Steps);
        IEnumerable<int> channels = Enumerable.Range(0, draw.Channels);
        if (!isGradient)
        {
            return new(
                call, draw.Samples, [draw.Image(first, WideAccess.Read, r => (WideDraw.Number(r) * 5) - 20), draw.Image(second, WideAccess.Write)],
                before => (_, n, r, q, k) =>
                {
                    double sum = channels.Sum(c => Math.Exp(before(0, n, r, q, c)));
                    double value = k >= draw.Channels ? 0 : isLog ? before(0, n, r, q, k) - Math.Log(sum) : Math.Exp(before(0, n, r, q, k)) / sum;
                    return new(value, isLog ? 1 + Math.Abs(value) : value);
                });
        }
        return new(
            call, draw.Samples, [draw.Image(first, WideAccess.Read), draw.Image(second, WideAccess.Update)],
            before => (_, n, r, q, k) =>
            {
                if (k >= draw.Channels)
                    return default;
                WideSum shared = channels.Aggregate(default(WideSum), (sum, c) => sum + (before(1, n, r, q, c) * (isLog ? 1 : before(0, n, r, q, c))));
                double y = before(0, n, r, q, k), dy = before(1, n, r, q, k);
                return isLog ? new(dy - (Math.Exp(y) * shared.Value), Math.Abs(dy) + (Math.Exp(y) * shared.Size)) : new(y * (dy - shared.Value), Math.Abs(y) * (Math.Abs(dy) + shared.Size));
            });
    }

    private static IEnumerable<(int Row, int Column, int Channel)> Places(WideDraw draw, int height, int width) =>
        from row in Enumerable.Range(0, height) from column in Enumerable.Range(0, width) from channel in Enumerable.Range(0, draw.Channels) select (row, column, channel);
}
