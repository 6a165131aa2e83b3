namespace NetGen;

/// <summary>
/// Group normalisation, <c>y = weight·(x − mean)/√(variance + eps) + bias</c>, where mean and variance (over n, not n − 1) are those of a group of neighbouring
/// channels of a sample, over all its pixels, in training and evaluation alike. <c>weight</c> and <c>bias</c> are per channel; of a vector, channels are its features.
/// PyTorch's <c>nn.GroupNorm</c> (Wu and He, 2018, arXiv:1803.08494).
/// </summary>
public sealed class GroupNormAttribute : WeightedLayerAttribute
{
    /// <summary>The number of channels follows from the layer before.</summary>
    /// <param name="groups">Groups, a divisor of the number of channels.</param>
    public GroupNormAttribute(int groups) => Groups = groups;

    /// <summary>The number of channels written, and checked against what the layer receives.</summary>
    /// <param name="groups">Groups, a divisor of the number of channels.</param>
    /// <param name="channels">Channels received, at least 1.</param>
    public GroupNormAttribute(int groups, int channels) => (Groups, Channels) = (groups, channels);

    /// <summary>Groups of equal size.</summary>
    public int Groups { get; }

    /// <summary>Channels received; null where they follow from the layer before.</summary>
    public int? Channels { get; }

    /// <summary>Added to the variance, above 0.</summary>
    public double Eps { get; set; } = 1e-5;

    /// <summary>Whether there are a weight and a bias.</summary>
    public bool Affine { get; set; } = true;
}
