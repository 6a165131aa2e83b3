using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NetGen.Engine;

namespace NetGen;

/// <summary>A loss of the user's own; derive from <see cref="CustomClassLoss"/> or <see cref="CustomValueLoss"/>.</summary>
/// <remarks>
/// It sees one sample at a time, in spans that end where the sample does, and several workers call it at the same time. Where it throws, the
/// step ends with that exception, after all workers have, and no parameter has changed.
/// </remarks>
public abstract class CustomLoss : Loss
{
    private protected CustomLoss(OutputForm expects) => Expects = expects;

    /// <inheritdoc/>
    public sealed override OutputForm Expects { get; }

    internal sealed override LossDescription? Description => null;

    internal sealed override LossTally Evaluate(in LossRows rows)
    {
        // A loss writes its gradient whether it is wanted or not: one thing less for its author to think of.
        float[]? unwanted = rows.HasGradients ? null : ArrayPool<float>.Shared.Rent(rows.Size);
        try
        {
            double sum = 0;
            long correct = 0;
            for (nint n = 0; n < rows.Count; n++)
            {
                Span<float> whole = unwanted is null
                    ? MemoryMarshal.CreateSpan(ref Unsafe.Add(ref rows.Gradients, n * rows.Stride), rows.Stride)
                    : unwanted.AsSpan(0, rows.Size);
                whole.Clear();
                Span<float> gradient = whole[..rows.Size];
                ReadOnlySpan<float> outputs = MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref rows.Outputs, n * rows.Stride), rows.Size);
                float weight = rows.Weight(n), factor = weight * rows.Scale;
                sum += weight * Evaluate(rows, n, outputs, gradient, ref correct);
                for (var i = 0; i < gradient.Length; i++)
                    gradient[i] *= factor;
            }
            return new LossTally(sum, correct);
        }
        finally
        {
            if (unwanted is not null)
                ArrayPool<float>.Shared.Return(unwanted);
        }
    }

    /// <summary>The loss of a row, and its gradient in place of zeros.</summary>
    private protected abstract double Evaluate(in LossRows rows, nint n, ReadOnlySpan<float> outputs, Span<float> gradient, ref long correct);
}
