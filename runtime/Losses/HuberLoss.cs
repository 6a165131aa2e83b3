using System.Runtime.CompilerServices;
using NetGen.Engine;

namespace NetGen;

/// <summary>With c the difference brought into [−delta, delta], <c>c·(difference − c/2)</c>, whose derivative is c.</summary>
internal sealed class HuberLoss(float delta) : ElementLoss<HuberLoss.Formula>(new(delta))
{
    internal override LossDescription Description => new(LossKind.Huber) { Delta = delta };

    internal readonly struct Formula(float delta) : IElementFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<T>(T output, T target, nint index, out T value, out T slope) where T : struct, ILanes<T>
        {
            T zero = T.All(0), least = T.All(-delta), difference = output - target;
            slope = zero - T.AtLeast(least, zero - T.AtLeast(least, difference));
            value = slope * (difference - (slope * T.All(0.5f)));
        }

        public uint Right<T>(T output, T target) where T : struct, ILanes<T> => 0;
    }
}
