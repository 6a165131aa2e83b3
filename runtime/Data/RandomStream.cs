using System.Numerics;

namespace NetGen;

/// <summary>
/// A stream of random numbers that is the same on every machine: xoshiro256** by Blackman and Vigna ("Scrambled linear pseudorandom
/// number generators", 2021), its state filled by SplitMix64 as its authors advise. Mutable: pass it by reference.
/// </summary>
internal struct RandomStream
{
    private ulong s0, s1, s2, s3;

    /// <summary>The stream of that seed.</summary>
    public RandomStream(Seed seed)
    {
        ulong state = seed.Value;
        s0 = SplitMix64.Next(ref state);
        s1 = SplitMix64.Next(ref state);
        s2 = SplitMix64.Next(ref state);
        s3 = SplitMix64.Next(ref state);
    }

    /// <summary>The stream at a given state, not all zero.</summary>
    internal RandomStream(ulong s0, ulong s1, ulong s2, ulong s3) => (this.s0, this.s1, this.s2, this.s3) = (s0, s1, s2, s3);

    /// <summary>64 random bits.</summary>
    public ulong NextBits()
    {
        ulong result = BitOperations.RotateLeft(s1 * 5, 7) * 9;
        ulong shifted = s1 << 17;
        s2 ^= s0;
        s3 ^= s1;
        s1 ^= s2;
        s0 ^= s3;
        s2 ^= shifted;
        s3 = BitOperations.RotateLeft(s3, 45);
        return result;
    }

    /// <summary>Uniform in [0, <paramref name="bound"/>), without bias: Lemire, "Fast random integer generation in an interval" (2019).</summary>
    public int NextBelow(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);
        uint range = (uint)bound;
        ulong product = (NextBits() >> 32) * range;
        if ((uint)product < range)
        {
            uint threshold = (0u - range) % range;
            while ((uint)product < threshold)
                product = (NextBits() >> 32) * range;
        }
        return (int)(product >> 32);
    }

    /// <summary>Uniform in [0, 1): 24 random bits, so every value is exact.</summary>
    public float NextUnit() => (NextBits() >> 40) * (1f / (1 << 24));

    /// <summary>Uniform in [<paramref name="low"/>, <paramref name="high"/>).</summary>
    public float NextBetween(float low, float high) => low + (high - low) * NextUnit();

    /// <summary>Puts the items in a random order, each order as likely as any other: the Fisher–Yates shuffle, from the last item down.</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (int last = items.Length - 1; last > 0; last--)
        {
            int other = NextBelow(last + 1);
            (items[last], items[other]) = (items[other], items[last]);
        }
    }

    /// <summary>Fills <paramref name="order"/> with the numbers from 0 up, each once, in a random order.</summary>
    public void Permutation(Span<int> order)
    {
        for (int i = 0; i < order.Length; i++)
            order[i] = i;
        Shuffle(order);
    }
}
