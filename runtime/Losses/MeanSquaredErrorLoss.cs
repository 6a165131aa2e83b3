using System.Runtime.CompilerServices;
using NetGen.Engine;

namespace NetGen;

/// <summary>Squared distances from given values.</summary>
internal sealed class MeanSquaredErrorLoss() : ElementLoss<MeanSquaredErrorLoss.Formula>(default)
{
    internal override LossDescription Description => new(LossKind.MeanSquaredError);

    internal readonly struct Formula : IElementFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<T>(T output, T target, nint index, out T value, out T slope) where T : struct, ILanes<T>
        {
            T difference = output - target;
            value = difference * difference;
            slope = difference + difference;
        }

        public uint Right<T>(T output, T target) where T : struct, ILanes<T> => 0;
    }
}
