using System.Runtime.CompilerServices;
using NetGen.Engine;

namespace NetGen;

/// <summary>How little two areas overlap, those of the outputs' sigmoids and those of the targets, channel by channel.</summary>
internal sealed class DiceLoss(float smooth) : Loss
{
    public override bool TakesLabels => false;

    public override OutputForm Expects => OutputForm.Raw;

    internal override LossDescription Description => new(LossKind.Dice) { Smooth = smooth };

    internal override int Decisions(Shape outputs) => outputs.Size;

    internal override string? Mismatch(NetworkDefinition network) => network.OutputForm == OutputForm.Raw
        ? null
        : "it contains the sigmoid, and takes outputs as they are; remove the last layer, which turns them into probabilities";

    internal override int FirstWrong(ReadOnlySpan<float> targets, Shape outputs) => targets.IndexOfAnyExceptInRange(0, 1);

    internal override string TargetRule(Shape outputs) => "a part from 0, outside, to 1, inside, is expected";

    internal override LossTally Evaluate(in LossRows rows)
    {
        int area = rows.Size / rows.Channels;
        double sum = 0;
        long correct = 0;
        for (nint n = 0; n < rows.Count; n++)
        {
            float weight = rows.Weight(n), factor = weight * rows.Scale / rows.Channels;
            for (var channel = 0; channel < rows.Channels; channel++)
            {
                ref float outputs = ref Unsafe.Add(ref rows.Outputs, (n * rows.Stride) + ((nint)channel * area));
                ref float targets = ref Unsafe.Add(ref rows.Targets, (n * rows.Size) + ((nint)channel * area));
                double overlap = 0, areas = smooth;
                for (nint i = 0; i < area; i++)
                {
                    float x = Unsafe.Add(ref outputs, i), t = Unsafe.Add(ref targets, i);
                    double p = Sigmoid(x);
                    overlap += p * t;
                    areas += p + t;
                    correct += x > 0 == t > 0.5f && !float.IsNaN(x) ? 1 : 0;
                }
                double twice = (2 * overlap) + smooth;
                sum += weight * (1 - (twice / areas)) / rows.Channels;
                if (!rows.HasGradients)
                    continue;
                ref float gradients = ref Unsafe.Add(ref rows.Gradients, (n * rows.Stride) + ((nint)channel * area));
                double common = twice / (areas * areas), ofTarget = 2 / areas;
                for (nint i = 0; i < area; i++)
                {
                    double p = Sigmoid(Unsafe.Add(ref outputs, i));
                    Unsafe.Add(ref gradients, i) = (float)(factor * (common - (ofTarget * Unsafe.Add(ref targets, i))) * p * (1 - p));
                }
            }
            for (nint i = rows.Size; i < rows.Stride && rows.HasGradients; i++)
                Unsafe.Add(ref rows.Gradients, (n * rows.Stride) + i) = 0;
        }
        return new LossTally(sum, correct);
    }

    private static double Sigmoid(float x) => 1 / (1 + Math.Exp(-x));
}
