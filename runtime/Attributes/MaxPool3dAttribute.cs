namespace NetGen;

/// <summary>
/// The largest value of each window: [c, d, h, w] to [c, ⌊(d + 2·padding − kernel)/stride⌋ + 1, …], or rounded up with <c>ceilMode</c>.
/// PyTorch's <c>nn.MaxPool3d</c>; padding never wins.
/// </summary>
public sealed class MaxPool3dAttribute : LayerAttribute
{
    /// <summary>Windows of equal depth, height and width.</summary>
    /// <param name="kernelSize">Depth, height and width of a window, at least 1.</param>
    /// <param name="stride">Slices, rows and columns from one window to the next; 0, as when left out, means <paramref name="kernelSize"/>.</param>
    /// <param name="padding">Padding added on each of the six sides, at least 0 and at most half the kernel; or <see cref="NetGen.Padding.Same"/>.</param>
    /// <param name="ceilMode">Whether pixels that are left behind the last whole window get a window too, which reaches beyond the volume.</param>
    public MaxPool3dAttribute(int kernelSize, int stride = 0, int padding = 0, bool ceilMode = false)
        : this([kernelSize, kernelSize, kernelSize], stride == 0 ? null : [stride, stride, stride], [padding, padding, padding], ceilMode)
    {
    }

    /// <summary>Windows of different depth, height and width: <c>[MaxPool3d([1, 2, 2])]</c>.</summary>
    /// <param name="kernelSize">Depth, height and width of a window, each at least 1.</param>
    /// <param name="stride">Slices, rows and columns from one window to the next; left out, <paramref name="kernelSize"/>.</param>
    /// <param name="padding">Padding added in front and behind, above and below, and left and right, or six numbers: left, right, top, bottom, front and back; [0, 0, 0] when left out.</param>
    /// <param name="ceilMode">Whether pixels that are left behind the last whole window get a window too, which reaches beyond the volume.</param>
    public MaxPool3dAttribute(int[] kernelSize, int[]? stride = null, int[]? padding = null, bool ceilMode = false) =>
        (KernelSize, Stride, Padding, CeilMode) = (kernelSize, stride ?? kernelSize, padding ?? [0, 0, 0], ceilMode);

    /// <summary>Depth, height and width of a window.</summary>
    public IReadOnlyList<int> KernelSize { get; }

    /// <summary>Slices, rows and columns from one window to the next.</summary>
    public IReadOnlyList<int> Stride { get; }

    /// <summary>Padding added in front and behind, above and below, and left and right; or, where there are six numbers, left, right, top, bottom, front and back.</summary>
    public IReadOnlyList<int> Padding { get; }

    /// <summary>Whether pixels behind the last whole window get a window too.</summary>
    public bool CeilMode { get; }
}
