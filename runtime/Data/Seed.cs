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

    /// <summary>The seed of that value: C# does not widen an int to an unsigned number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public static implicit operator Seed(int value)
    {
        if (value < 0)
            throw new ArgumentOutOfRangeException(nameof(value), value, $"A seed is a whole number of at least 0, and {value} is given.");
        return new((ulong)value);
    }

    /// <summary>The seed of that value: without this, a byte or ushort might widen to either of the other two, and C# would refuse to choose.</summary>
    public static implicit operator Seed(ushort value) => new(value);

    /// <summary>Seed number <paramref name="index"/> of the family that follows from this one, unrelated to the others; number 0 is this seed itself.</summary>
    public Seed Derive(ulong index) => index == 0 ? this : new(SplitMix64.Mix(SplitMix64.Mix(Value) + index * SplitMix64.Increment));
}
