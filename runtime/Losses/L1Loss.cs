using System.Runtime.CompilerServices;
using NetGen.Engine;

namespace NetGen;

/// <summary>Distances from given values; the derivative at 0 is 0, as PyTorch's.</summary>
internal sealed class L1Loss() : ElementLoss<L1Loss.Formula>(default)
{
    internal override LossDescription Description => new(LossKind.L1);

    internal readonly struct Formula : IElementFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<T>(T output, T target, nint index, out T value, out T slope) where T : struct, ILanes<T>
        {
            T zero = T.All(0), one = T.All(1), difference = output - target;
            value = T.AtLeast(zero - difference, difference);
            slope = T.WhereLess(zero, difference, one) - T.WhereLess(difference, zero, one);
        }

        public uint Right<T>(T output, T target) where T : struct, ILanes<T> => 0;
    }
}
