namespace NetGen;

/// <summary>
/// <c>xᵢ − log Σⱼ eˣʲ</c> over the features of a sample, or with <c>dim: 1</c> also over the channels of each pixel of an image.
/// PyTorch's <c>nn.LogSoftmax(dim=1)</c>, for <see cref="Loss.NegativeLogLikelihood"/>.
/// </summary>
public sealed class LogSoftmaxAttribute : LayerAttribute
{
    /// <summary>Over the features of a vector.</summary>
    public LogSoftmaxAttribute()
    {
    }

    /// <summary>Over dimension 1: the features of a vector, or the channels of each pixel of an image.</summary>
    /// <param name="dim">The dimension as PyTorch counts, of which 0 are the samples: 1.</param>
    public LogSoftmaxAttribute(int dim) => Dim = dim;

    /// <summary>The dimension; null where it is left out.</summary>
    public int? Dim { get; }
}
