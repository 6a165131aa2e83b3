namespace NetGen.Tests.Reference;

/// <summary>
/// Values that any language can repeat from two integers, so that tests need no files of weights: v(seed, i) in [−1, 1), a multiple of
/// 2⁻¹⁹, hence exact in float32 even after the scaling of <see cref="Fill"/>. <c>pytorch_expected.py</c> has the same in Python.
/// </summary>
internal static class Filler
{
    /// <summary>32 well-mixed bits of (seed, i): a Weyl step and two rounds of multiply and xor-shift (Wellons' lowbias32).</summary>
    public static uint Bits(uint seed, int i)
    {
        uint x = unchecked((uint)i * 0x9E3779B9u + seed * 0x85EBCA6Bu);
        x ^= x >> 16;
        x = unchecked(x * 0x7FEB352Du);
        x ^= x >> 15;
        x = unchecked(x * 0x846CA68Bu);
        return x ^ (x >> 16);
    }

    /// <summary>v(seed, i).</summary>
    public static double Value(uint seed, int i) => (Bits(seed, i) >> 12) / 524288.0 - 1;

    /// <summary>Values <paramref name="first"/>, first + 1, … of the stream, scaled as <paramref name="fill"/> says.</summary>
    public static double[] Values(uint seed, int count, Fill fill = Fill.Plain, int fanIn = 1, int first = 0)
    {
        double scale = fill switch { Fill.Weight => WeightScale(fanIn), Fill.Bias => 0.25, Fill.Scale or Fill.Shift => 0.5, _ => 1 };
        double offset = fill == Fill.Scale ? 1 : 0;
        return [.. Enumerable.Range(first, count).Select(i => Value(seed, i) * scale + offset)];
    }

    /// <summary>Labels in [0, classes).</summary>
    public static int[] Labels(uint seed, int count, int classes, int first = 0) =>
        [.. Enumerable.Range(first, count).Select(i => (int)(Bits(seed, i) % (uint)classes))];

    private static double WeightScale(int fanIn)
    {
        var scale = 1.0;
        for (long power = 4; power <= fanIn; power *= 4)
            scale /= 2;
        return scale;
    }
}
