namespace NetGen;

/// <summary>Room for some samples of a set, with all that they have in it, and what changes them there.</summary>
internal sealed class SampleBuffer(DataSet data, int count)
{
    public Augmenter? Augmenter { get; } = data.Batching.Augmentation.IsEmpty ? null : new(data);

    public float[] Inputs { get; } = new float[count * data.InputSize];

    public int[] Labels { get; } = new int[data.HasLabels ? count : 0];

    public float[] Targets { get; } = new float[count * data.TargetSize];

    public float[] Weights { get; } = new float[data.HasWeights ? count : 0];

    /// <summary>The first samples, which were gathered from these indices.</summary>
    public Batch First(ReadOnlySpan<int> indices) => new(
        Inputs.AsSpan(0, indices.Length * data.InputSize), Labels.AsSpan(0, Math.Min(indices.Length, Labels.Length)),
        Targets.AsSpan(0, indices.Length * data.TargetSize), Weights.AsSpan(0, Math.Min(indices.Length, Weights.Length)), indices.Length)
    {
        Order = indices,
    };
}
