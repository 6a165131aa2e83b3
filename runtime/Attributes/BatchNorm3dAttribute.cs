namespace NetGen;

/// <summary>
/// Batch normalisation of volumes, <c>y = weight·(x − mean)/√(variance + eps) + bias</c> per channel:
/// with the batch's statistics in training, which also move <c>running_mean</c> and <c>running_var</c>, and with those in evaluation.
/// PyTorch's <c>nn.BatchNorm3d</c>
/// (Ioffe and Szegedy, 2015, arXiv:1502.03167).
/// </summary>
public sealed class BatchNorm3dAttribute : WeightedLayerAttribute
{
    /// <summary>The number of channels follows from the layer before.</summary>
    public BatchNorm3dAttribute()
    {
    }

    /// <summary>The number of channels written, and checked against what the layer receives.</summary>
    /// <param name="channels">Channels received, at least 1.</param>
    public BatchNorm3dAttribute(int channels) => Channels = channels;

    /// <summary>Channels received; null where they follow from the layer before.</summary>
    public int? Channels { get; }

    /// <summary>Added to the variance, above 0.</summary>
    public double Eps { get; set; } = 1e-5;

    /// <summary>How far a step moves the running statistics towards the batch's, in [0, 1].</summary>
    public double Momentum { get; set; } = 0.1;

    /// <summary>
    /// Whether the running statistics are the mean of those of all training batches, each weighing alike whatever their number, in place of an average that forgets by
    /// <see cref="Momentum"/>: PyTorch's <c>momentum=None</c>. The layer's <c>num_batches_tracked</c> counts them; where it is 0, the first batch replaces what is there.
    /// </summary>
    public bool Cumulative { get; set; }

    /// <summary>Whether there are a weight and a bias.</summary>
    public bool Affine { get; set; } = true;
}
