namespace NetGen;

/// <summary>A stream of random numbers as .NET's own class, for users' code.</summary>
internal sealed class StreamRandom : Random
{
    private RandomStream stream;

    /// <summary>Begins another stream.</summary>
    public void Begin(Seed seed) => stream = new(seed);

    public override int Next() => stream.NextBelow(int.MaxValue);

    public override int Next(int maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxValue);
        return maxValue == 0 ? 0 : stream.NextBelow(maxValue);
    }

    public override int Next(int minValue, int maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minValue, maxValue);
        return (int)NextInt64(minValue, maxValue);
    }

    public override long NextInt64() => NextInt64(0, long.MaxValue);

    public override long NextInt64(long maxValue) => NextInt64(0, maxValue);

    public override long NextInt64(long minValue, long maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minValue, maxValue);
        ulong range = (ulong)maxValue - (ulong)minValue;
        return range == 0 ? minValue : minValue + (long)(ulong)((UInt128)stream.NextBits() * range >> 64);
    }

    public override double NextDouble() => (stream.NextBits() >> 11) * (1.0 / (1L << 53));

    public override float NextSingle() => stream.NextUnit();

    public override void NextBytes(byte[] buffer) => NextBytes((buffer ?? throw new ArgumentNullException(nameof(buffer))).AsSpan());

    public override void NextBytes(Span<byte> buffer)
    {
        foreach (ref byte value in buffer)
            value = (byte)(stream.NextBits() >> 56);
    }

    protected override double Sample() => NextDouble();
}
