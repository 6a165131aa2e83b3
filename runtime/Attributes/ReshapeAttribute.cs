namespace NetGen;

/// <summary>
/// The same values, in PyTorch's order (channels, height, width), as a signal, an image or a volume of other extents or as a vector. PyTorch's <c>nn.Unflatten</c> and
/// <c>x.reshape(n, …)</c>.
/// </summary>
public sealed class ReshapeAttribute : LayerAttribute
{
    /// <summary>As a vector.</summary>
    /// <param name="features">As many as there are values, or -1.</param>
    public ReshapeAttribute(int features) => Extents = [features];

    /// <summary>As a signal. One of the two may be -1: what is left over.</summary>
    /// <param name="channels">At least 1.</param>
    /// <param name="length">At least 1.</param>
    public ReshapeAttribute(int channels, int length) => Extents = [channels, length];

    /// <summary>As a volume. One of the four may be -1: what is left over.</summary>
    /// <param name="channels">At least 1.</param>
    /// <param name="depth">At least 1.</param>
    /// <param name="height">At least 1.</param>
    /// <param name="width">At least 1.</param>
    public ReshapeAttribute(int channels, int depth, int height, int width) => Extents = [channels, depth, height, width];

    /// <summary>As an image. One of the three may be -1: what is left over.</summary>
    /// <param name="channels">At least 1.</param>
    /// <param name="height">At least 1.</param>
    /// <param name="width">At least 1.</param>
    public ReshapeAttribute(int channels, int height, int width) => Extents = [channels, height, width];

    /// <summary>Features, or channels and what they are over, outermost first.</summary>
    public IReadOnlyList<int> Extents { get; }
}
