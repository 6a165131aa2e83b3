using System.Runtime.CompilerServices;
using NetGen.Engine;

namespace NetGen;

/// <summary>Squared distances from given values, averaged over a sample's outputs.</summary>
internal sealed class MeanSquaredErrorLoss : Loss
{
    public override bool TakesLabels => false;

    internal override LossTally Evaluate(in LossRows rows)
    {
        var loop = new Loop { Rows = rows };
        LaneJob.RunWidest(ref loop);
        return new LossTally(loop.Sum, 0);
    }

    private ref struct Loop : ILaneJob
    {
        public LossRows Rows;
        public double Sum;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<T>() where T : struct, ILanes<T>
        {
            int size = Rows.Size, stride = Rows.Stride, whole = size / T.Count * T.Count;
            float factor = 2 * Rows.Scale / size;
            double sum = 0;
            for (nint n = 0; n < Rows.Count; n++)
            {
                ref float row = ref Unsafe.Add(ref Rows.Outputs, n * stride);
                ref float target = ref Unsafe.Add(ref Rows.Targets, n * size);
                ref float gradient = ref Rows.HasGradients ? ref Unsafe.Add(ref Rows.Gradients, n * stride) : ref Rows.Gradients;
                T squares = T.All(0);
                for (nint i = 0; i < whole; i += T.Count)
                {
                    T difference = T.Load(ref row, i) - T.Load(ref target, i);
                    squares = T.MultiplyAdd(difference, difference, squares);
                    if (Rows.HasGradients)
                        (difference * T.All(factor)).Store(ref gradient, i);
                }
                // Targets end with the row: no vector may be loaded beyond.
                double rest = 0;
                for (nint i = whole; i < size; i++)
                {
                    float difference = Unsafe.Add(ref row, i) - Unsafe.Add(ref target, i);
                    rest += (double)difference * difference;
                    if (Rows.HasGradients)
                        Unsafe.Add(ref gradient, i) = difference * factor;
                }
                if (Rows.HasGradients)
                {
                    for (nint i = size; i < stride; i++)
                        Unsafe.Add(ref gradient, i) = 0;
                }
                sum += (squares.Sum() + rest) / size;
            }
            Sum = sum;
        }
    }
}
