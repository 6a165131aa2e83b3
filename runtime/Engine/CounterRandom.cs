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
    public ulong Bits(ulong index) => SplitMix64.Mix(State(index));

    /// <summary>What a number is made of: that of the next one is <see cref="SplitMix64.Increment"/> more.</summary>
    public ulong State(ulong index) => key + ((index + 1) * SplitMix64.Increment);

    /// <summary>The number of a state as a multiple of 2⁻²⁴, uniform in [0, 1).</summary>
    public static float Unit(ulong state) => (int)(SplitMix64.Mix(state) >> 40) * (1f / (1 << 24));

    /// <summary>The number of a state as an odd multiple of 2⁻⁵³, uniform between 0 and 1, neither of which it is.</summary>
    public static double OpenUnit(ulong state) => ((SplitMix64.Mix(state) >> 12) + 0.5) * (1.0 / (1L << 52));
}
