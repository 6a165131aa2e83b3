using System.Runtime.CompilerServices;

namespace NetGen;

/// <summary>
/// A two-dimensional convolution (cross-correlation): [inChannels, h, w] to [outChannels, ⌊(h + 2·padding − dilation·(kernel − 1) − 1)/stride⌋ + 1, …],
/// with <c>weight</c> [outChannels, inChannels / groups, kernelHeight, kernelWidth] and <c>bias</c> [outChannels]. PyTorch's <c>nn.Conv2d</c>.
/// </summary>
/// <remarks>Three plain numbers are always input channels, output channels, kernel; after the short form's two, name the rest:
/// <c>[Conv2d(64, 3, stride: 2)]</c>. A depthwise convolution of 64 channels is <c>[Conv2d(64, 3, padding: 1, groups: 64)]</c>.</remarks>
public sealed class Conv2dAttribute : WeightedLayerAttribute
{
    /// <summary>A square kernel.</summary>
    /// <param name="inChannels">Channels received, at least 1.</param>
    /// <param name="outChannels">Channels produced, at least 1.</param>
    /// <param name="kernelSize">Height and width of the kernel, at least 1.</param>
    /// <param name="stride">Pixels from one window to the next, at least 1.</param>
    /// <param name="padding">Zeros added on each of the four sides, at least 0; or <see cref="NetGen.Padding.Same"/> or <see cref="NetGen.Padding.Full"/>.</param>
    /// <param name="dilation">Pixels from one tap of the kernel to the next, at least 1: above 1 the taps lie apart.</param>
    /// <param name="groups">Groups of channels, each convolved by itself; a divisor of the input and of the output channels. As many as there are channels: depthwise.</param>
    /// <param name="bias">Whether a bias is added.</param>
    /// <param name="paddingMode">What padding is made of; mirrored, it is below the image's size, of the other side at most that.</param>
    [OverloadResolutionPriority(1)]
    public Conv2dAttribute(int inChannels, int outChannels, int kernelSize, int stride = 1, int padding = 0, int dilation = 1, int groups = 1, bool bias = true, PadMode paddingMode = PadMode.Zeros)
        : this(inChannels, outChannels, [kernelSize, kernelSize], [stride, stride], [padding, padding], [dilation, dilation], groups, bias, paddingMode)
    {
    }

    /// <summary>A kernel of different height and width: <c>[Conv2d(1, 6, [5, 3], stride: [2, 1])]</c>.</summary>
    /// <param name="inChannels">Channels received, at least 1.</param>
    /// <param name="outChannels">Channels produced, at least 1.</param>
    /// <param name="kernelSize">Height and width of the kernel, each at least 1.</param>
    /// <param name="stride">Rows and columns from one window to the next, each at least 1; [1, 1] when left out.</param>
    /// <param name="padding">Rows of zeros above and below, and columns left and right, each at least 0 or a constant of <see cref="NetGen.Padding"/>, or four numbers: left, right, top and bottom; [0, 0] when left out.</param>
    /// <param name="dilation">Rows and columns from one tap of the kernel to the next, each at least 1; [1, 1] when left out.</param>
    /// <param name="groups">Groups of channels, each convolved by itself; a divisor of the input and of the output channels. As many as there are channels: depthwise.</param>
    /// <param name="bias">Whether a bias is added.</param>
    /// <param name="paddingMode">What padding is made of; mirrored, it is below the image's size, of the other side at most that.</param>
    [OverloadResolutionPriority(1)]
    public Conv2dAttribute(int inChannels, int outChannels, int[] kernelSize, int[]? stride = null, int[]? padding = null, int[]? dilation = null, int groups = 1, bool bias = true, PadMode paddingMode = PadMode.Zeros)
        : this(outChannels, kernelSize, stride, padding, dilation, groups, bias, paddingMode) => InChannels = inChannels;

    /// <summary>A square kernel; the input channels follow from the layer before.</summary>
    /// <param name="outChannels">Channels produced, at least 1.</param>
    /// <param name="kernelSize">Height and width of the kernel, at least 1.</param>
    /// <param name="stride">Pixels from one window to the next, at least 1.</param>
    /// <param name="padding">Zeros added on each of the four sides, at least 0; or <see cref="NetGen.Padding.Same"/> or <see cref="NetGen.Padding.Full"/>.</param>
    /// <param name="dilation">Pixels from one tap of the kernel to the next, at least 1: above 1 the taps lie apart.</param>
    /// <param name="groups">Groups of channels, each convolved by itself; a divisor of the input and of the output channels. As many as there are channels: depthwise.</param>
    /// <param name="bias">Whether a bias is added.</param>
    /// <param name="paddingMode">What padding is made of; mirrored, it is below the image's size, of the other side at most that.</param>
    public Conv2dAttribute(int outChannels, int kernelSize, int stride = 1, int padding = 0, int dilation = 1, int groups = 1, bool bias = true, PadMode paddingMode = PadMode.Zeros)
        : this(outChannels, [kernelSize, kernelSize], [stride, stride], [padding, padding], [dilation, dilation], groups, bias, paddingMode)
    {
    }

    /// <summary>A kernel of different height and width; the input channels follow from the layer before.</summary>
    /// <param name="outChannels">Channels produced, at least 1.</param>
    /// <param name="kernelSize">Height and width of the kernel, each at least 1.</param>
    /// <param name="stride">Rows and columns from one window to the next, each at least 1; [1, 1] when left out.</param>
    /// <param name="padding">Rows of zeros above and below, and columns left and right, each at least 0 or a constant of <see cref="NetGen.Padding"/>, or four numbers: left, right, top and bottom; [0, 0] when left out.</param>
    /// <param name="dilation">Rows and columns from one tap of the kernel to the next, each at least 1; [1, 1] when left out.</param>
    /// <param name="groups">Groups of channels, each convolved by itself; a divisor of the input and of the output channels. As many as there are channels: depthwise.</param>
    /// <param name="bias">Whether a bias is added.</param>
    /// <param name="paddingMode">What padding is made of; mirrored, it is below the image's size, of the other side at most that.</param>
    public Conv2dAttribute(int outChannels, int[] kernelSize, int[]? stride = null, int[]? padding = null, int[]? dilation = null, int groups = 1, bool bias = true, PadMode paddingMode = PadMode.Zeros) =>
        (OutChannels, KernelSize, Stride, Padding, Dilation, Groups, Bias, PaddingMode) =
        (outChannels, kernelSize, stride ?? [1, 1], padding ?? [0, 0], dilation ?? [1, 1], groups, bias, paddingMode);

    /// <summary>Channels received; null where they follow from the layer before.</summary>
    public int? InChannels { get; }

    /// <summary>Channels produced.</summary>
    public int OutChannels { get; }

    /// <summary>Height and width of the kernel.</summary>
    public IReadOnlyList<int> KernelSize { get; }

    /// <summary>Rows and columns from one window to the next.</summary>
    public IReadOnlyList<int> Stride { get; }

    /// <summary>Zeros added above and below, and left and right; or, where there are four numbers, left, right, top and bottom.</summary>
    public IReadOnlyList<int> Padding { get; }

    /// <summary>Rows and columns from one tap to the next.</summary>
    public IReadOnlyList<int> Dilation { get; }

    /// <summary>Groups of channels: an output channel sees the input channels of its own group only.</summary>
    public int Groups { get; }

    /// <summary>Whether a bias is added.</summary>
    public bool Bias { get; }

    /// <summary>What padding is made of.</summary>
    public PadMode PaddingMode { get; }

    /// <summary>
    /// Whether the kernel is turned round: a convolution as mathematics has it, y[p, q] = Σ x[p − r, q − s] · weight[r, s], where PyTorch has a cross-correlation. Without
    /// effect on speed: the weights lie in memory from the last tap to the first.
    /// </summary>
    public bool FlipKernel { get; set; }
}
