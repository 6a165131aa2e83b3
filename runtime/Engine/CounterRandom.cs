namespace NetGen.Engine;

/// <summary>
/// Random numbers by counting: number <c>i</c> of a stream is a mix of <c>key + i·φ</c>, so any of them can be had without those before, and
/// the same seed gives the same numbers on every machine.
/// </summary>
/// <remarks>
/// This is SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014, with Stafford's
/// mixing constants). A stream's key is the mix of the seed and the stream's number.
/// </remarks>
internal readonly struct CounterRandom(ulong seed, ulong stream)
{
    private const ulong GoldenRatio = 0x9E37_79B9_7F4A_7C15;
    private readonly ulong key = Mix(Mix(seed + GoldenRatio) ^ ((stream + 1) * GoldenRatio));

    /// <summary>64 random bits.</summary>
    public ulong Bits(ulong index) => Mix(key + ((index + 1) * GoldenRatio));

    /// <summary>A multiple of 2⁻²⁴, uniform in [0, 1).</summary>
    public float Unit(ulong index) => (Bits(index) >> 40) * (1f / (1 << 24));

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58_476D_1CE4_E5B9;
        z = (z ^ (z >> 27)) * 0x94D0_49BB_1331_11EB;
        return z ^ (z >> 31);
    }
}
