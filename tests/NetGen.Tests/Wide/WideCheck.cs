using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Cpu.Wide;
using NetGen.Tests.Numerics;

namespace NetGen.Tests.Wide;

/// <summary>
/// Runs a driver and compares with <see cref="WideReference"/>. Whatever it may not read is NaN, whatever it may not write holds a number
/// that must still be there afterwards; before and behind every buffer are guards.
/// </summary>
internal sealed class WideCheck
{
    private const float Untouched = 12345.678f;
    private const float Lowest = -0.25f;

    private readonly WideCase one;
    private readonly WideConvolution c;
    private readonly WideDriver driver;
    private readonly Random random;
    private readonly GuardedBuffer x;
    private readonly GuardedBuffer y;
    private readonly GuardedBuffer w;
    private readonly GuardedBuffer bias;
    private readonly GuardedBuffer other;
    private readonly GuardedBuffer scratch;

    private WideCheck(WideCase one, int seed)
    {
        (this.one, c, driver, random) = (one, one.Convolution, one.Driver, new Random(seed));
        x = new GuardedBuffer(one.X.Floats(one.Samples));
        y = new GuardedBuffer(one.Y.Floats(one.Samples));
        w = new GuardedBuffer(c.WeightFloats);
        bias = new GuardedBuffer(WideConvolution.Panels(WrittenChannels) * 32);
        other = new GuardedBuffer(one.Other.Floats(one.Samples));
        scratch = new GuardedBuffer(driver.Scratch);
    }

    /// <summary>Runs the driver as one part and compares with plain loops; in more parts it gives the same bits.</summary>
    public static void Run(WideCase one, DriverCall call, ReadOnlySpan<int> parts, int seed)
    {
        var whole = new WideCheck(one, seed);
        float[] before = whole.Call(call, 1);
        if (one.Kind == WideKind.WeightGradient)
            whole.CompareWeights(before);
        else
            whole.CompareImages(before);
        foreach (int count in parts)
        {
            var cut = new WideCheck(one, seed);
            cut.Call(call, count);
            if (!cut.Target.Span.SequenceEqual(whole.Target.Span))
                throw new InvalidOperationException($"{one}: {count} parts differ from one at float {cut.Target.Span.CommonPrefixLength(whole.Target.Span)}.");
        }
    }

    /// <summary>Channels of what is written, which a bias is for.</summary>
    private int WrittenChannels => one.Kind == WideKind.InputGradient ? c.In : c.Out;

    private GuardedBuffer Target => one.Kind switch { WideKind.Forward => y, WideKind.InputGradient => x, _ => w };

    private void Fill()
    {
        bool isForward = one.Kind == WideKind.Forward, isWeight = one.Kind == WideKind.WeightGradient;
        Fill(x, one.X, one.Kind == WideKind.InputGradient, float.NaN);
        Fill(y, one.Y, isForward, isWeight ? 0f : float.NaN);
        Fill(other, one.Other, false, one.Epilogue.Other == WideOther.Mask ? 1f : 0f);
        w.Span.Fill(isWeight ? Untouched : 0f);
        for (var o = 0; o < (isWeight ? WideConvolution.Padded(c.Out) : c.Out); o++)
        {
            foreach ((int kh, int kw, int i) in WeightRows())
                w.At(c.WeightPlace(o, kh, kw, i)) = o >= c.Out ? 0f : Draw();
        }
        for (var k = 0; k < WrittenChannels; k++)
            bias.At(k) = Draw();
    }

    /// <summary>Zeros around the image as far as it is read, NaN beyond; a target has the same number everywhere but where it is added to.</summary>
    private void Fill(GuardedBuffer buffer, WideMemory memory, bool isTarget, float padding)
    {
        buffer.Span.Fill(isTarget ? Untouched : float.NaN);
        bool isWindowed = ReferenceEquals(buffer, one.Kind == WideKind.InputGradient ? y : x);
        WideHalo halo = isWindowed ? driver.Halo : default;
        int channels = Math.Max(memory.Channels, Math.Min(memory.Pixel, WideConvolution.Padded(memory.Channels)));
        for (var n = 0; n < one.Samples; n++)
        {
            for (int r = -halo.Top; r < memory.Height + halo.Bottom; r++)
            {
                for (int q = -halo.Left; q < memory.Width + halo.Right; q++)
                {
                    bool isInside = r >= 0 && r < memory.Height && q >= 0 && q < memory.Width;
                    for (var k = 0; k < channels; k++)
                        buffer.At(memory.Origin + memory.Place(n, r, q, k)) = k >= memory.Channels ? (isTarget ? 0f : padding) : isInside ? Draw() : 0f;
                }
            }
        }
    }

    /// <summary>Fills the buffers and calls the driver; what the target held before.</summary>
    private float[] Call(DriverCall call, int parts)
    {
        Fill();
        float[] before = [.. Target.Span];
        int pieces = driver.Pieces.Of(one.Samples);
        for (int part = parts - 1; part >= 0; part--)
        {
            scratch.Poison();
            ref float first = ref x.At(one.X.Origin);
            ref float third = ref y.At(one.Y.Origin);
            bool isWeight = one.Kind == WideKind.WeightGradient;
            call(ref first, ref isWeight ? ref third : ref w.At(0), ref isWeight ? ref w.At(0) : ref third, ref bias.At(0), ref other.At(one.Other.Origin), Lowest,
                ref scratch.Start, one.Samples, (nint)pieces * part / parts, (nint)pieces * (part + 1) / parts);
        }
        foreach ((GuardedBuffer buffer, string name) in new[] { (x, "x"), (y, "y"), (w, "w"), (bias, "bias"), (other, "other"), (scratch, "scratch") })
            buffer.Check($"{name} of {one} in {parts} parts");
        return before;
    }

    private void CompareImages(float[] before)
    {
        bool isForward = one.Kind == WideKind.Forward;
        WideMemory memory = isForward ? one.Y : one.X;
        WideSum[,,,]? gradient = isForward ? null : WideReference.InputGradient(c, (n, r, q, k) => y.At(one.Y.Origin + one.Y.Place(n, r, q, k)), Weight, one.Samples);
        var isWritten = new bool[Target.Length];
        for (var n = 0; n < one.Samples; n++)
        {
            for (var r = 0; r < memory.Height; r++)
            {
                for (var q = 0; q < memory.Width; q++)
                {
                    for (var k = 0; k < WideConvolution.Padded(memory.Channels); k++)
                    {
                        int place = memory.Origin + memory.Place(n, r, q, k);
                        isWritten[place] = true;
                        WideSum sum = k >= memory.Channels ? default
                            : gradient is null ? WideReference.Output(c, (s, h, v, i) => x.At(one.X.Origin + one.X.Place(s, h, v, i)), Weight, n, r, q, k)
                            : gradient[n, r, q, k];
                        Compare(Finish(sum, before[place], k, other.At(one.Other.Origin + one.Other.Place(n, r, q, k))), Target.At(place), $"[{n}, {r}, {q}, {k}]");
                    }
                }
            }
        }
        CompareUntouched(before, isWritten);
    }

    private WideSum Finish(WideSum sum, float before, int channel, float otherValue)
    {
        if (one.Epilogue.Bias)
            sum += bias.At(channel);
        if (one.Epilogue.Adds)
            sum += before;
        if (one.Epilogue.Other == WideOther.Add)
            sum += otherValue;
        if (one.Epilogue.Other == WideOther.Mask && !(otherValue > 0))
            return default;
        return one.Epilogue.HasLowest ? sum with { Value = Math.Max(sum.Value, Lowest) } : sum;
    }

    private void CompareWeights(float[] before)
    {
        var isWritten = new bool[w.Length];
        for (var o = 0; o < WideConvolution.Padded(c.Out); o++)
        {
            foreach ((int kh, int kw, int i) in WeightRows())
            {
                int place = c.WeightPlace(o, kh, kw, i);
                isWritten[place] = true;
                WideSum sum = o >= c.Out ? default : WideReference.WeightGradient(
                    c, (n, r, q, k) => x.At(one.X.Origin + one.X.Place(n, r, q, k)), (n, r, q, k) => y.At(one.Y.Origin + one.Y.Place(n, r, q, k)), one.Samples, o, kh, kw, i);
                if (one.Epilogue.Adds)
                    sum += before[place];
                Compare(sum, w.At(place), $"[{o}, {kh}, {kw}, {i}]");
            }
        }
        CompareUntouched(before, isWritten);
    }

    private void CompareUntouched(float[] before, bool[] isWritten)
    {
        for (var place = 0; place < before.Length; place++)
        {
            if (!isWritten[place] && Target.At(place) != before[place])
                throw new InvalidOperationException($"{one}: float {place} is outside and was written.");
        }
    }

    private void Compare(WideSum expected, float actual, string where)
    {
        if (!(Math.Abs(expected.Value - actual) <= (2e-6 * expected.Size) + 1e-30))
            throw new InvalidOperationException($"{one}: {where} is {actual}, expected {expected.Value}.\n{driver.Write("Driver")}");
    }

    private double Weight(int o, int kh, int kw, int i) => w.At(c.WeightPlace(o, kh, kw, i));

    private IEnumerable<(int Row, int Column, int Channel)> WeightRows() =>
        from kh in Enumerable.Range(0, c.Rows.Kernel) from kw in Enumerable.Range(0, c.Columns.Kernel) from i in Enumerable.Range(0, c.In) select (kh, kw, i);

    private float Draw() => (random.NextSingle() * 2) - 1;
}
