using System.Numerics.Tensors;

namespace NetGen;

/// <summary>
/// Labels and targets that no one else can reach. Those of the caller may change between their check and their use, by another thread or a
/// callback, and a label that is no class would lead out of its row.
/// </summary>
internal sealed class AnswerBuffer(Loss loss, int batch, int outputs)
{
    private readonly int[] labels = new int[loss.TakesLabels ? batch : 0];
    private float[] targets = [];

    /// <summary>Room for labels.</summary>
    public Span<int> Labels(int count) => labels.AsSpan(0, count);

    /// <summary>Room for targets: made when first needed, for targets that are given as such are used where they are.</summary>
    public Span<float> Targets(int count)
    {
        if (targets.Length < count)
            targets = new float[batch * outputs];
        return targets.AsSpan(0, count);
    }

    /// <summary>The batch with labels of our own, which are values where the loss compares with values.</summary>
    public Batch Own(scoped in Batch samples)
    {
        if (samples.Labels.IsEmpty)
            return samples;
        if (loss.TakesLabels)
        {
            Span<int> copied = Labels(samples.Labels.Length);
            samples.Labels.CopyTo(copied);
            return samples.With(copied, []);
        }
        Span<float> values = Targets(samples.Labels.Length);
        TensorPrimitives.ConvertChecked(samples.Labels, values);
        return samples.With([], values);
    }
}
