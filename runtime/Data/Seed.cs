namespace NetGen;

/// <summary>
/// The start of everything random in one operation: the same seed gives the same bits on every machine and every run.
/// Whole numbers convert to it, so that <c>seed: 1</c> is enough.
/// </summary>
/// <param name="Value">Any value; neighbouring values give unrelated streams.</param>
public readonly record struct Seed(ulong Value)
{
    /// <summary>The seed of that value.</summary>
    public static implicit operator Seed(ulong value) => new(value);

    /// <summary>An unrelated seed that follows from this one, for example for the next epoch.</summary>
    public Seed Next() => Derive(1);

    /// <summary>Seed number <paramref name="index"/> of the family that follows from this one; number 0 is this seed itself.</summary>
    public Seed Derive(ulong index) => index == 0 ? this : new(SplitMix64.Mix(SplitMix64.Mix(Value) + index * SplitMix64.Increment));
}
