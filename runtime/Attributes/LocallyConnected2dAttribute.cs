namespace NetGen;

/// <summary>
/// A convolution that shares no weights between places: [inChannels, h, w] to [outChannels, outHeight, outWidth] as of <see cref="Conv2dAttribute"/>, with <c>weight</c>
/// [outHeight·outWidth, kernelHeight·kernelWidth·inChannels, outChannels], places and taps row by row, and <c>bias</c> [outHeight, outWidth, outChannels]. The layout and the meaning
/// of Keras' <c>LocallyConnected2D</c>.
/// </summary>
public sealed class LocallyConnected2dAttribute : WeightedLayerAttribute
{
    /// <summary>A square window.</summary>
    /// <param name="outChannels">Channels produced, at least 1.</param>
    /// <param name="kernelSize">Height and width of the window, at least 1.</param>
    /// <param name="stride">Pixels from one window to the next, at least 1.</param>
    /// <param name="padding">Zeros added on each of the four sides, at least 0; or <see cref="NetGen.Padding.Same"/> or <see cref="NetGen.Padding.Full"/>.</param>
    /// <param name="bias">Whether a bias is added.</param>
    public LocallyConnected2dAttribute(int outChannels, int kernelSize, int stride = 1, int padding = 0, bool bias = true)
        : this(outChannels, [kernelSize, kernelSize], [stride, stride], [padding, padding], bias)
    {
    }

    /// <summary>A window of different height and width: <c>[LocallyConnected2d(6, [5, 3], stride: [2, 1])]</c>.</summary>
    /// <param name="outChannels">Channels produced, at least 1.</param>
    /// <param name="kernelSize">Height and width of the window, each at least 1.</param>
    /// <param name="stride">Rows and columns from one window to the next, each at least 1; [1, 1] when left out.</param>
    /// <param name="padding">Rows of zeros above and below, and columns left and right, each at least 0 or a constant of <see cref="NetGen.Padding"/>, or four numbers: left, right, top and bottom; [0, 0] when left out.</param>
    /// <param name="bias">Whether a bias is added.</param>
    public LocallyConnected2dAttribute(int outChannels, int[] kernelSize, int[]? stride = null, int[]? padding = null, bool bias = true) =>
        (OutChannels, KernelSize, Stride, Padding, Bias) = (outChannels, kernelSize, stride ?? [1, 1], padding ?? [0, 0], bias);

    /// <summary>Channels produced.</summary>
    public int OutChannels { get; }

    /// <summary>Height and width of the window.</summary>
    public IReadOnlyList<int> KernelSize { get; }

    /// <summary>Rows and columns from one window to the next.</summary>
    public IReadOnlyList<int> Stride { get; }

    /// <summary>Zeros added above and below, and left and right; or, where there are four numbers, left, right, top and bottom.</summary>
    public IReadOnlyList<int> Padding { get; }

    /// <summary>Whether a bias is added.</summary>
    public bool Bias { get; }
}
