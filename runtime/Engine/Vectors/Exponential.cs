using System.Runtime.CompilerServices;

namespace NetGen.Engine;

/// <summary>eˣ for vectors of any width, for x at most 0: what a stable softmax needs.</summary>
internal static class Exponential
{
    private const float RoundToWhole = 12582912f; // 1.5·2²³: added to a float below 2²² it leaves a whole number in the low bits.
    private const float Log2OfE = 1.44269504f;
    private const float Ln2High = 0.693359375f; // Few enough bits that n·Ln2High is exact.
    private const float Ln2Low = -2.12194440e-4f;
    private const float SmallestNormal = -87.33654f; // ln 2⁻¹²⁶

    /// <summary>
    /// eˣ within 2 units in the last place, 0 where that is below 2⁻¹²⁶, not-a-number where x is: 2ⁿ·eʳ with |r| ≤ ½·ln 2 and the polynomial
    /// of degree 6 of the Cephes library's expf (S. L. Moshier, 1989).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T OfNonPositive<T>(T x) where T : struct, ILanes<T>
    {
        T bounded = T.AtLeast(T.All(SmallestNormal), x);
        T biased = T.MultiplyAdd(bounded, T.All(Log2OfE), T.All(RoundToWhole));
        T n = biased - T.All(RoundToWhole);
        T r = T.MultiplyAdd(n, T.All(-Ln2High), bounded);
        r = T.MultiplyAdd(n, T.All(-Ln2Low), r);
        T p = T.MultiplyAdd(r, T.All(1.9875691500e-4f), T.All(1.3981999507e-3f));
        p = T.MultiplyAdd(p, r, T.All(8.3334519073e-3f));
        p = T.MultiplyAdd(p, r, T.All(4.1665795894e-2f));
        p = T.MultiplyAdd(p, r, T.All(1.6666665459e-1f));
        p = T.MultiplyAdd(p, r, T.All(5.0000001201e-1f));
        p = T.MultiplyAdd(p, r * r, r + T.All(1));
        T result = T.ScaleByPowerOfTwo(p, biased);
        return result - T.WhereLess(x, T.All(SmallestNormal), result);
    }
}
