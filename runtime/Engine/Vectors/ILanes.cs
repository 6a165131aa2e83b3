namespace NetGen.Engine;

/// <summary>
/// A vector of floats of some width, so that a loop is written once and compiled for each width. Buffers are multiples of 16 floats, which
/// every width divides.
/// </summary>
internal interface ILanes<TSelf> where TSelf : struct, ILanes<TSelf>
{
    /// <summary>Floats in a vector.</summary>
    static abstract int Count { get; }

    static abstract TSelf Load(ref float start, nint offset);

    void Store(ref float start, nint offset);

    /// <summary>All lanes alike.</summary>
    static abstract TSelf All(float value);

    static abstract TSelf operator +(TSelf left, TSelf right);

    static abstract TSelf operator -(TSelf left, TSelf right);

    static abstract TSelf operator *(TSelf left, TSelf right);

    static abstract TSelf operator /(TSelf left, TSelf right);

    /// <summary><c>left·right + addend</c>, rounded once where the processor can.</summary>
    static abstract TSelf MultiplyAdd(TSelf left, TSelf right, TSelf addend);

    static abstract TSelf Sqrt(TSelf value);

    /// <summary>The larger; <paramref name="value"/> where that is not a number (on x86, where others give not-a-number for either).</summary>
    static abstract TSelf AtLeast(TSelf bound, TSelf value);

    /// <summary>The first <paramref name="lanes"/> of <paramref name="value"/>, the rest from <paramref name="otherwise"/>.</summary>
    static abstract TSelf First(int lanes, TSelf value, TSelf otherwise);

    /// <summary><paramref name="value"/> where <paramref name="left"/> is less than <paramref name="right"/>, else 0.</summary>
    static abstract TSelf WhereLess(TSelf left, TSelf right, TSelf value);

    /// <summary><c>value·2ⁿ</c> for the whole number n that <paramref name="biased"/> holds as n + 1.5·2²³, with n in [-126, 127].</summary>
    static abstract TSelf ScaleByPowerOfTwo(TSelf value, TSelf biased);

    /// <summary>The sum of all lanes.</summary>
    float Sum();

    /// <summary>The largest lane.</summary>
    float Max();

    /// <summary>A bit per lane that equals the other's, lane 0 lowest.</summary>
    uint EqualBits(TSelf other);
}
