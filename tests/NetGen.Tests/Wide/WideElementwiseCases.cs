using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Cpu.Wide;

namespace NetGen.Tests.Wide;

/// <summary>Value by value: functions, their gradients, sums and dropout.</summary>
internal static class WideElementwiseCases
{
    private delegate WideCall Two(int channels, int height, int width, PixelSteps first, PixelSteps second);

    private static readonly (Two Call, WideAccess Access, Func<double, double, double> Value)[] Functions =
    [
        (ElementwiseCalls.ReLU, WideAccess.Write, (x, _) => Math.Max(0, x)),
        (ElementwiseCalls.Sigmoid, WideAccess.Write, (x, _) => 1 / (1 + Math.Exp(-x))),
        (ElementwiseCalls.Tanh, WideAccess.Write, (x, _) => Math.Tanh(x)),
        (ElementwiseCalls.Copy, WideAccess.Write, (x, _) => x),
        (ElementwiseCalls.Add, WideAccess.Update, (x, y) => x + y),
        (ElementwiseCalls.ReLUGradient, WideAccess.Update, (y, dy) => y > 0 ? dy : 0),
        (ElementwiseCalls.SigmoidGradient, WideAccess.Update, (y, dy) => dy * y * (1 - y)),
        (ElementwiseCalls.TanhGradient, WideAccess.Update, (y, dy) => dy * (1 - (y * y))),
    ];

    /// <summary>How many methods there are.</summary>
    public static int Count => Functions.Length + 2;

    public static WideCallCase Draw(WideDraw draw, int method)
    {
        (int height, int width) = (draw.Extent(), draw.Extent());
        WideMemory first = draw.Memory(height, width), second = draw.Memory(height, width);
        if (method >= Functions.Length)
            return Dropout(draw, height, width, first, second, isGradient: method > Functions.Length);
        (Two call, WideAccess access, Func<double, double, double> value) = Functions[method];
        bool isGradient = access == WideAccess.Update && method > 4;
        return new(
            call(draw.Channels, height, width, first.Steps, second.Steps), draw.Samples,
            [draw.Image(first, WideAccess.Read, r => isGradient ? WideDraw.FewNumbers(r) : WideDraw.Number(r) * (r.Next(8) == 0 ? 20 : 2)), draw.Image(second, access)],
            before => (_, n, r, q, k) =>
            {
                double expected = value(before(0, n, r, q, k), access == WideAccess.Update ? before(1, n, r, q, k) : 0);
                return new(expected, Math.Abs(expected));
            });
    }

    private static WideCallCase Dropout(WideDraw draw, int height, int width, WideMemory x, WideMemory y, bool isGradient)
    {
        double probability = draw.Random.Next(0, 10) / 10.0;
        int salt = draw.Random.Next(100), firstSample = draw.Random.Next(2) * 1000, floats = height * width * WideConvolution.Padded(draw.Channels);
        var seed = (uint)draw.Random.Next();
        WideExpected Reference(WideValue before) => (_, n, r, q, k) =>
        {
            uint place = unchecked(((uint)(firstSample + n) * (uint)floats) + (uint)((((r * width) + q) * WideConvolution.Padded(draw.Channels)) + k));
            double expected = IsKept(place, seed, salt, probability) ? before(0, n, r, q, k) / (1 - probability) : 0;
            return new(expected, Math.Abs(expected));
        };
        return isGradient
            ? new(
                ElementwiseCalls.DropoutGradient(draw.Channels, height, width, x.Steps, probability, salt), draw.Samples, [draw.Image(x, WideAccess.Update)], Reference, seed, firstSample)
            : new(
                ElementwiseCalls.Dropout(draw.Channels, height, width, x.Steps, y.Steps, probability, salt), draw.Samples,
                [draw.Image(x, WideAccess.Read), draw.Image(y, WideAccess.Write)], Reference, seed, firstSample);
    }

    /// <summary>Wellons' lowbias32 of place and key, against the probability.</summary>
    private static bool IsKept(uint place, uint seed, int salt, double probability)
    {
        unchecked
        {
            uint h = (place * 0x9E3779B1u) ^ ((seed + (uint)salt) * 0x9E3779B1u);
            h = (h ^ (h >> 16)) * 0x7FEB352Du;
            h = (h ^ (h >> 15)) * 0x846CA68Bu;
            h ^= h >> 16;
            return h >= probability * 4294967296.0 - 1;
        }
    }
}
