using System.Runtime.CompilerServices;
using NetGen.Engine;

namespace NetGen;

/// <summary>Outputs that each say yes, above 0, or no.</summary>
internal static class YesOrNo
{
    /// <summary>A bit for each output that is on the side of its target, which is yes above ½; of not-a-number there is none, for it says nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Right<T>(T output, T target) where T : struct, ILanes<T>
    {
        T one = T.All(1), said = T.WhereLess(T.All(0), output, one), wanted = T.WhereLess(T.All(0.5f), target, one);
        return said.EqualBits(wanted) & output.EqualBits(output);
    }
}
