namespace NetGen;

/// <summary>
/// Filters that are not trained, for each channel by itself: [c, h, w] to [c · filters, ⌊(h + 2·padding − kernel)/stride⌋ + 1, …], where the results of a channel follow one another,
/// filter by filter. It has no parameters; gradients go through it.
/// </summary>
public sealed class Filter2dAttribute : LayerAttribute
{
    /// <summary>A filter by name: <c>[Filter2d(ImageFilter.SobelX, padding: Padding.Same)]</c>.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="stride">Pixels from one window to the next, at least 1.</param>
    /// <param name="padding">Pixels added on each of the four sides, at least 0; or <see cref="NetGen.Padding.Same"/> or <see cref="NetGen.Padding.Full"/>.</param>
    /// <param name="paddingMode">What they are. Mirrored, below the image's size; of the other side, at most that.</param>
    public Filter2dAttribute(ImageFilter filter, int stride = 1, int padding = 0, PadMode paddingMode = PadMode.Zeros)
        : this([filter], stride, padding, paddingMode)
    {
    }

    /// <summary>Several, which a channel goes through side by side; smaller ones lie in the middle of the largest's window.</summary>
    /// <param name="filters">Which, at least one.</param>
    /// <param name="stride">Pixels from one window to the next, at least 1.</param>
    /// <param name="padding">Pixels added on each of the four sides, at least 0; or <see cref="NetGen.Padding.Same"/> or <see cref="NetGen.Padding.Full"/>.</param>
    /// <param name="paddingMode">What they are.</param>
    public Filter2dAttribute(ImageFilter[] filters, int stride = 1, int padding = 0, PadMode paddingMode = PadMode.Zeros) =>
        (Filters, Stride, Padding, PaddingMode) = (filters, [stride, stride], [padding, padding], paddingMode);

    /// <summary>Filters by their numbers: <c>[Filter2d(3, [0, -1, 0, -1, 5, -1, 0, -1, 0])]</c>.</summary>
    /// <param name="kernelSize">Height and width of a window, at least 1.</param>
    /// <param name="values">The numbers of the first filter, row by row, then of the second.</param>
    /// <param name="stride">Pixels from one window to the next, at least 1.</param>
    /// <param name="padding">Pixels added on each of the four sides, at least 0; or <see cref="NetGen.Padding.Same"/> or <see cref="NetGen.Padding.Full"/>.</param>
    /// <param name="paddingMode">What they are.</param>
    public Filter2dAttribute(int kernelSize, double[] values, int stride = 1, int padding = 0, PadMode paddingMode = PadMode.Zeros)
        : this([kernelSize, kernelSize], values, [stride, stride], [padding, padding], paddingMode)
    {
    }

    /// <summary>The same with windows of different height and width: <c>[Filter2d([1, 3], [-1, 0, 1])]</c>.</summary>
    /// <param name="kernelSize">Height and width of a window, each at least 1.</param>
    /// <param name="values">The numbers of the first filter, row by row, then of the second.</param>
    /// <param name="stride">Rows and columns from one window to the next, each at least 1; [1, 1] when left out.</param>
    /// <param name="padding">Rows added above and below, and columns left and right, each at least 0 or a constant of <see cref="NetGen.Padding"/>, or four numbers: left, right, top and bottom; [0, 0] when left out.</param>
    /// <param name="paddingMode">What they are.</param>
    public Filter2dAttribute(int[] kernelSize, double[] values, int[]? stride = null, int[]? padding = null, PadMode paddingMode = PadMode.Zeros) =>
        (KernelSize, Values, Stride, Padding, PaddingMode) = (kernelSize, values, stride ?? [1, 1], padding ?? [0, 0], paddingMode);

    /// <summary>The filters by name; null where they are given by their numbers.</summary>
    public IReadOnlyList<ImageFilter>? Filters { get; }

    /// <summary>Height and width of a window; null where filters are given by name.</summary>
    public IReadOnlyList<int>? KernelSize { get; }

    /// <summary>The filters' numbers; null where they are given by name.</summary>
    public IReadOnlyList<double>? Values { get; }

    /// <summary>Rows and columns from one window to the next.</summary>
    public IReadOnlyList<int> Stride { get; }

    /// <summary>Pixels added above and below, and left and right; or, where there are four numbers, left, right, top and bottom.</summary>
    public IReadOnlyList<int> Padding { get; }

    /// <summary>What they are.</summary>
    public PadMode PaddingMode { get; }
}
