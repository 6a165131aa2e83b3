namespace NetGen;

/// <summary>
/// Layer normalisation, <c>y = weight·(x − mean)/√(variance + eps) + bias</c>, where mean and variance (over n, not n − 1) are those of all values of a sample, in
/// training and evaluation alike. <c>weight</c> and <c>bias</c> have the input's shape: one for each value.
/// PyTorch's <c>nn.LayerNorm</c> of the whole shape of a sample (Ba, Kiros and Hinton, 2016, arXiv:1607.06450).
/// </summary>
public sealed class LayerNormAttribute : WeightedLayerAttribute
{
    /// <summary>Added to the variance, above 0.</summary>
    public double Eps { get; set; } = 1e-5;

    /// <summary>Whether there are a weight and a bias.</summary>
    public bool ElementwiseAffine { get; set; } = true;
}
