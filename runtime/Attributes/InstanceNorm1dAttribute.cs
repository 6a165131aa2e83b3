namespace NetGen;

/// <summary>
/// Instance normalisation, <c>y = (x − mean)/√(variance + eps)</c>, where mean and variance (over n, not n − 1) are those of a channel of a sample, over its places,
/// in training and evaluation alike. PyTorch's <c>nn.InstanceNorm1d</c> (Ulyanov, Vedaldi and Lempitsky, 2016, arXiv:1607.08022).
/// </summary>
public sealed class InstanceNorm1dAttribute : WeightedLayerAttribute
{
    /// <summary>The number of channels follows from the layer before.</summary>
    public InstanceNorm1dAttribute()
    {
    }

    /// <summary>The number of channels written, and checked against what the layer receives.</summary>
    /// <param name="channels">Channels received, at least 1.</param>
    public InstanceNorm1dAttribute(int channels) => Channels = channels;

    /// <summary>Channels received; null where they follow from the layer before.</summary>
    public int? Channels { get; }

    /// <summary>Added to the variance, above 0.</summary>
    public double Eps { get; set; } = 1e-5;

    /// <summary>Whether there are a weight and a bias for each channel.</summary>
    public bool Affine { get; set; }
}
