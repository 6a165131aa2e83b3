namespace NetGen;

/// <summary>
/// <c>eˣⁱ / Σⱼ eˣʲ</c> over the features of a sample, or with <c>dim: 1</c> also over the channels of each pixel of an image.
/// PyTorch's <c>nn.Softmax(dim=1)</c>. To train, leave it out and use <see cref="Loss.CrossEntropy"/>.
/// </summary>
public sealed class SoftmaxAttribute : LayerAttribute
{
    /// <summary>Over the features of a vector.</summary>
    public SoftmaxAttribute()
    {
    }

    /// <summary>Over dimension 1: the features of a vector, or the channels of each pixel of an image.</summary>
    /// <param name="dim">The dimension as PyTorch counts, of which 0 are the samples: 1.</param>
    public SoftmaxAttribute(int dim) => Dim = dim;

    /// <summary>The dimension; null where it is left out.</summary>
    public int? Dim { get; }
}
