using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetGen;

/// <summary>The label's log-probability, with its sign turned.</summary>
internal sealed class NegativeLogLikelihoodLoss : Loss
{
    public override bool TakesLabels => true;

    internal override LossTally Evaluate(in LossRows rows)
    {
        double sum = 0;
        var correct = 0;
        for (nint n = 0; n < rows.Count; n++)
        {
            ReadOnlySpan<float> row = MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref rows.Outputs, n * rows.Stride), rows.Size);
            int label = Unsafe.Add(ref rows.Labels, n);
            sum -= row[label];
            // The index is that of the first not-a-number, if there is one: nothing has been predicted then.
            int largest = TensorPrimitives.IndexOfMax(row);
            if (largest == label && !float.IsNaN(row[largest]))
                correct++;
            if (rows.HasGradients)
            {
                Span<float> gradient = MemoryMarshal.CreateSpan(ref Unsafe.Add(ref rows.Gradients, n * rows.Stride), rows.Stride);
                gradient.Clear();
                gradient[label] = -rows.Scale;
            }
        }
        return new LossTally(sum, correct);
    }
}
