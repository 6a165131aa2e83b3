using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NetGen.Engine;

namespace NetGen;

/// <summary>What losses over classes ask of a sample's outputs, one for each class.</summary>
internal static class LogitRow
{
    /// <summary>The largest output.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Largest<T>(ref float row, int size) where T : struct, ILanes<T>
    {
        T nothing = T.All(float.NegativeInfinity), largest = nothing;
        for (nint i = 0; i < size; i += T.Count)
            largest = T.AtLeast(largest, T.First(size - (int)i, T.Load(ref row, i), nothing));
        return largest.Max();
    }

    /// <summary>
    /// Whether the prediction, which is the first of equal maxima, is the label. Not-a-number may hide from the maximum, but not from the sum of the
    /// exponentials.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsRight(ref float row, int label, float max, float sum) =>
        Unsafe.Add(ref row, label) - max == 0 && !float.IsNaN(sum) && !MemoryMarshal.CreateReadOnlySpan(ref row, label).Contains(max);
}
