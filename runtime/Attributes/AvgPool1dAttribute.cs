namespace NetGen;

/// <summary>
/// The mean of each window: [c, l] to [c, ⌊(l + 2·padding − kernel)/stride⌋ + 1], or rounded up with <c>ceilMode</c>.
/// PyTorch's <c>nn.AvgPool1d</c>; padding zeros are counted too, unless <c>countIncludePad</c> is false.
/// </summary>
/// <param name="kernelSize">Places of a window, at least 1.</param>
/// <param name="stride">Places from one window to the next; 0, as when left out, means <paramref name="kernelSize"/>.</param>
/// <param name="padding">Zeros added on both sides, at least 0 and at most half the kernel; or <see cref="NetGen.Padding.Same"/>.</param>
/// <param name="ceilMode">Whether places that are left behind the last whole window get a window too, which reaches beyond the signal.</param>
/// <param name="countIncludePad">Whether a mean counts the padding of its window, as zeros. What a window reaches beyond the padding is never counted.</param>
public sealed class AvgPool1dAttribute(int kernelSize, int stride = 0, int padding = 0, bool ceilMode = false, bool countIncludePad = true) : LayerAttribute
{
    /// <summary>Places of a window.</summary>
    public int KernelSize { get; } = kernelSize;

    /// <summary>Places from one window to the next.</summary>
    public int Stride { get; } = stride == 0 ? kernelSize : stride;

    /// <summary>Zeros added on both sides.</summary>
    public int Padding { get; } = padding;

    /// <summary>Whether places behind the last whole window get a window too.</summary>
    public bool CeilMode { get; } = ceilMode;

    /// <summary>Whether a mean counts the padding of its window.</summary>
    public bool CountIncludePad { get; } = countIncludePad;
}
