namespace NetGen;

/// <summary>
/// The mixing function of the SplitMix64 generator: Steele, Lea and Flood, "Fast splittable pseudorandom number generators" (OOPSLA 2014),
/// with Stafford's mixing constants, those of Vigna's splitmix64.c.
/// </summary>
internal static class SplitMix64
{
    /// <summary>2^64 over the golden ratio, made odd: what the generator's counter advances by.</summary>
    public const ulong Increment = 0x9E3779B97F4A7C15;

    /// <summary>The next output; advances the state.</summary>
    public static ulong Next(ref ulong state) => Mix(state += Increment);

    /// <summary>A bijection of 64 bits that lets every input bit reach every output bit.</summary>
    public static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
