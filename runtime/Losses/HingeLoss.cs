using System.Runtime.CompilerServices;
using NetGen.Engine;

namespace NetGen;

/// <summary>How far other classes' outputs come within a margin of the label's.</summary>
internal sealed class HingeLoss(float margin, bool squared) : ClassLoss(LossWeights.None)
{
    public override OutputForm Expects => OutputForm.Raw;

    internal override LossDescription Description => new(LossKind.Hinge) { Margin = margin, Squared = squared };

    protected override string Advice(OutputForm last) => "it takes outputs as they are; remove the last layer, which turns them into probabilities";

    internal override LossTally Evaluate(in LossRows rows)
    {
        var loop = new Loop { Rows = rows, Margin = margin, IsSquared = squared };
        LaneJob.RunWidest(ref loop);
        return new LossTally(loop.Sum, loop.Correct);
    }

    private ref struct Loop : ILaneJob
    {
        public LossRows Rows;
        public float Margin;
        public bool IsSquared;
        public double Sum;
        public long Correct;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<T>() where T : struct, ILanes<T>
        {
            int size = Rows.Size, stride = Rows.Stride;
            T zero = T.All(0), one = T.All(1);
            for (nint n = 0; n < Rows.Count; n++)
            {
                ref float row = ref Unsafe.Add(ref Rows.Outputs, n * stride);
                int label = Rows.Label(n);
                float weight = Rows.Weight(n), labelled = Unsafe.Add(ref row, label), factor = weight * Rows.Scale / size;
                T reach = T.All(Margin - labelled), slope = T.All(factor), sums = zero, slopes = zero;
                for (nint i = 0; i < stride; i += T.Count)
                {
                    T within = T.First(size - (int)i, T.AtLeast(zero, T.Load(ref row, i) + reach), zero);
                    T derivative = IsSquared ? within + within : T.WhereLess(zero, within, one);
                    sums += IsSquared ? within * within : within;
                    slopes += derivative;
                    if (Rows.HasGradients)
                        (slope * derivative).Store(ref Unsafe.Add(ref Rows.Gradients, n * stride), i);
                }
                // The label's own place, which is within by the margin, does not count.
                Sum += weight * (sums.Sum() - (IsSquared ? Margin * Margin : Margin)) / size;
                float max = LogitRow.Largest<T>(ref row, size);
                if (LogitRow.IsRight(ref row, label, max, sums.Sum()))
                    Correct++;
                if (Rows.HasGradients)
                    Unsafe.Add(ref Rows.Gradients, (n * stride) + label) = -factor * (slopes.Sum() - (IsSquared ? 2 * Margin : 1));
            }
        }
    }
}
