using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetGen;

/// <summary>The label's log-probability, with its sign turned.</summary>
internal sealed class NegativeLogLikelihoodLoss(LossWeights classWeights) : ClassLoss(classWeights)
{
    public override OutputForm Expects => OutputForm.LogSoftmax;

    internal override LossDescription Description => new(LossKind.NegativeLogLikelihood) { Weight = ClassWeights.Values };

    protected override string Advice(OutputForm last) => last == OutputForm.Softmax
        ? "it expects logarithms of probabilities; write [LogSoftmax] for [Softmax], or remove that and use Loss.CrossEntropy"
        : "it expects logarithms of probabilities; add [LogSoftmax] as the last layer, or use Loss.CrossEntropy";

    internal override LossTally Evaluate(in LossRows rows)
    {
        double sum = 0;
        long correct = 0;
        for (nint n = 0; n < rows.Count; n++)
        {
            ReadOnlySpan<float> row = MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref rows.Outputs, n * rows.Stride), rows.Size);
            int label = rows.Label(n);
            float weight = ClassWeights[label] * rows.Weight(n);
            sum -= (double)weight * row[label];
            // The index is that of the first not-a-number, if there is one: nothing has been predicted then.
            int largest = TensorPrimitives.IndexOfMax(row);
            if (largest == label && !float.IsNaN(row[largest]))
                correct++;
            if (rows.HasGradients)
            {
                Span<float> gradient = MemoryMarshal.CreateSpan(ref Unsafe.Add(ref rows.Gradients, n * rows.Stride), rows.Stride);
                gradient.Clear();
                gradient[label] = -weight * rows.Scale;
            }
        }
        return new LossTally(sum, correct);
    }
}
