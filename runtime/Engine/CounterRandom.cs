namespace NetGen.Engine;

/// <summary>
/// Random numbers by counting: number <c>i</c> of a stream is a mix of <c>key + i·φ</c>, so any of them can be had without those before, and
/// the same seed gives the same numbers on every machine.
/// </summary>
/// <remarks>
/// This is <see cref="SplitMix64"/>, its state computed instead of kept. A stream's key is the mix of the seed and the stream's number.
/// </remarks>
internal readonly struct CounterRandom(ulong seed, ulong stream)
{
    private readonly ulong key = SplitMix64.Mix(SplitMix64.Mix(seed + SplitMix64.Increment) ^ ((stream + 1) * SplitMix64.Increment));

    /// <summary>64 random bits.</summary>
    public ulong Bits(ulong index) => SplitMix64.Mix(key + ((index + 1) * SplitMix64.Increment));

    /// <summary>A multiple of 2⁻²⁴, uniform in [0, 1).</summary>
    public float Unit(ulong index) => (Bits(index) >> 40) * (1f / (1 << 24));
}
