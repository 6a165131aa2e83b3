namespace NetGen;

/// <summary>
/// The largest value of each window: [c, h, w] to [c, ⌊(h + 2·padding − kernel)/stride⌋ + 1, …], or rounded up with <c>ceilMode</c>.
/// PyTorch's <c>nn.MaxPool2d</c>; padding never wins.
/// </summary>
public sealed class MaxPool2dAttribute : LayerAttribute
{
    /// <summary>Square windows.</summary>
    /// <param name="kernelSize">Height and width of a window, at least 1.</param>
    /// <param name="stride">Pixels from one window to the next; 0, as when left out, means <paramref name="kernelSize"/>.</param>
    /// <param name="padding">Padding added on each of the four sides, at least 0 and at most half the kernel; or <see cref="NetGen.Padding.Same"/>.</param>
    /// <param name="ceilMode">Whether pixels that are left behind the last whole window get a window too, which reaches beyond the image.</param>
    public MaxPool2dAttribute(int kernelSize, int stride = 0, int padding = 0, bool ceilMode = false)
        : this([kernelSize, kernelSize], stride == 0 ? null : [stride, stride], [padding, padding], ceilMode)
    {
    }

    /// <summary>Windows of different height and width: <c>[MaxPool2d([2, 1])]</c>.</summary>
    /// <param name="kernelSize">Height and width of a window, each at least 1.</param>
    /// <param name="stride">Rows and columns from one window to the next; left out, <paramref name="kernelSize"/>.</param>
    /// <param name="padding">Padding added above and below, and left and right, or four numbers: left, right, top and bottom; [0, 0] when left out.</param>
    /// <param name="ceilMode">Whether pixels that are left behind the last whole window get a window too, which reaches beyond the image.</param>
    public MaxPool2dAttribute(int[] kernelSize, int[]? stride = null, int[]? padding = null, bool ceilMode = false) =>
        (KernelSize, Stride, Padding, CeilMode) = (kernelSize, stride ?? kernelSize, padding ?? [0, 0], ceilMode);

    /// <summary>Height and width of a window.</summary>
    public IReadOnlyList<int> KernelSize { get; }

    /// <summary>Rows and columns from one window to the next.</summary>
    public IReadOnlyList<int> Stride { get; }

    /// <summary>Padding added above and below, and left and right; or, where there are four numbers, left, right, top and bottom.</summary>
    public IReadOnlyList<int> Padding { get; }

    /// <summary>Whether pixels behind the last whole window get a window too.</summary>
    public bool CeilMode { get; }
}
