using System.Runtime.CompilerServices;

namespace NetGen.Engine;

/// <summary>log(1 + x) for vectors of any width, for x in [0, 1]: what a stable binary cross-entropy needs.</summary>
internal static class Logarithm
{
    /// <summary>
    /// log(1 + x) within 3 units in the last place, not-a-number where x is: 2·artanh(s) with s = x/(2 + x), of which s² ≤ 1/9, as its series
    /// up to s¹⁵; the next term is below 2⁻²⁹ of the whole.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T OfOnePlus<T>(T x) where T : struct, ILanes<T>
    {
        T s = x / (x + T.All(2)), square = s * s;
        T p = T.MultiplyAdd(square, T.All(2f / 15), T.All(2f / 13));
        p = T.MultiplyAdd(p, square, T.All(2f / 11));
        p = T.MultiplyAdd(p, square, T.All(2f / 9));
        p = T.MultiplyAdd(p, square, T.All(2f / 7));
        p = T.MultiplyAdd(p, square, T.All(2f / 5));
        p = T.MultiplyAdd(p, square, T.All(2f / 3));
        return T.MultiplyAdd(p * square, s, s + s);
    }
}
