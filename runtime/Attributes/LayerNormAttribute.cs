namespace NetGen;

/// <summary>
/// Layer normalisation, <c>y = weight·(x − mean)/√(variance + eps) + bias</c>, where mean and variance (over n, not n − 1) are those of all values of a sample, or of its last dimensions
/// for each place of the others, in training and evaluation alike. <c>weight</c> and <c>bias</c> have the shape that is normalised: one for each value.
/// PyTorch's <c>nn.LayerNorm</c> (Ba, Kiros and Hinton, 2016, arXiv:1607.06450).
/// </summary>
public sealed class LayerNormAttribute : WeightedLayerAttribute
{
    /// <summary>All values of a sample together: PyTorch's layer of the whole shape of a sample.</summary>
    public LayerNormAttribute()
        : this([])
    {
    }

    /// <summary>The last dimensions: <c>[LayerNorm(28, 28)]</c> normalises each channel of an image [c, 28, 28] by itself, <c>[LayerNorm(c, 28, 28)]</c> all values.</summary>
    /// <param name="normalizedShape">The extents of the last dimensions of a sample, outermost first.</param>
    public LayerNormAttribute(params int[] normalizedShape) => NormalizedShape = normalizedShape;

    /// <summary>The extents of the last dimensions, which are normalised; empty: all dimensions.</summary>
    public IReadOnlyList<int> NormalizedShape { get; }

    /// <summary>Added to the variance, above 0.</summary>
    public double Eps { get; set; } = 1e-5;

    /// <summary>Whether there are a weight and a bias.</summary>
    public bool ElementwiseAffine { get; set; } = true;
}
