using System.Runtime.CompilerServices;

namespace NetGen;

/// <summary>
/// A three-dimensional convolution (cross-correlation): [inChannels, d, h, w] to [outChannels, ⌊(d + 2·padding − dilation·(kernel − 1) − 1)/stride⌋ + 1, …],
/// with <c>weight</c> [outChannels, inChannels / groups, kernelDepth, kernelHeight, kernelWidth] and <c>bias</c> [outChannels]. PyTorch's <c>nn.Conv3d</c>.
/// </summary>
/// <remarks>Three plain numbers are always input channels, output channels, kernel; after the short form's two, name the rest: <c>[Conv3d(64, 3, stride: 2)]</c>.</remarks>
public sealed class Conv3dAttribute : WeightedLayerAttribute
{
    /// <summary>A kernel of equal depth, height and width.</summary>
    /// <param name="inChannels">Channels received, at least 1.</param>
    /// <param name="outChannels">Channels produced, at least 1.</param>
    /// <param name="kernelSize">Depth, height and width of the kernel, at least 1.</param>
    /// <param name="stride">Slices, rows and columns from one window to the next, at least 1.</param>
    /// <param name="padding">Zeros added on each of the six sides, at least 0; or <see cref="NetGen.Padding.Same"/> or <see cref="NetGen.Padding.Full"/>.</param>
    /// <param name="dilation">Slices, rows and columns from one tap of the kernel to the next, at least 1: above 1 the taps lie apart.</param>
    /// <param name="groups">Groups of channels, each convolved by itself; a divisor of the input and of the output channels. As many as there are channels: depthwise.</param>
    /// <param name="bias">Whether a bias is added.</param>
    /// <param name="paddingMode">What padding is made of; mirrored, it is below the input's size, of the other side at most that.</param>
    [OverloadResolutionPriority(1)]
    public Conv3dAttribute(int inChannels, int outChannels, int kernelSize, int stride = 1, int padding = 0, int dilation = 1, int groups = 1, bool bias = true, PadMode paddingMode = PadMode.Zeros)
        : this(outChannels, kernelSize, stride, padding, dilation, groups, bias, paddingMode) => InChannels = inChannels;

    /// <summary>A kernel of different depth, height and width: <c>[Conv3d(1, 6, [3, 5, 5], stride: [1, 2, 2])]</c>.</summary>
    /// <param name="inChannels">Channels received, at least 1.</param>
    /// <param name="outChannels">Channels produced, at least 1.</param>
    /// <param name="kernelSize">Depth, height and width of the kernel, each at least 1.</param>
    /// <param name="stride">Slices, rows and columns from one window to the next, each at least 1; [1, 1, 1] when left out.</param>
    /// <param name="padding">Zeros in front and behind, above and below, and left and right, each at least 0 or a constant of <see cref="NetGen.Padding"/>, or six numbers: left, right, top, bottom, front and back; [0, 0, 0] when left out.</param>
    /// <param name="dilation">Slices, rows and columns from one tap of the kernel to the next, each at least 1; [1, 1, 1] when left out.</param>
    /// <param name="groups">Groups of channels, each convolved by itself; a divisor of the input and of the output channels. As many as there are channels: depthwise.</param>
    /// <param name="bias">Whether a bias is added.</param>
    /// <param name="paddingMode">What padding is made of; mirrored, it is below the input's size, of the other side at most that.</param>
    [OverloadResolutionPriority(1)]
    public Conv3dAttribute(int inChannels, int outChannels, int[] kernelSize, int[]? stride = null, int[]? padding = null, int[]? dilation = null, int groups = 1, bool bias = true, PadMode paddingMode = PadMode.Zeros)
        : this(outChannels, kernelSize, stride, padding, dilation, groups, bias, paddingMode) => InChannels = inChannels;

    /// <summary>A kernel of equal depth, height and width; the input channels follow from the layer before.</summary>
    /// <param name="outChannels">Channels produced, at least 1.</param>
    /// <param name="kernelSize">Depth, height and width of the kernel, at least 1.</param>
    /// <param name="stride">Slices, rows and columns from one window to the next, at least 1.</param>
    /// <param name="padding">Zeros added on each of the six sides, at least 0; or <see cref="NetGen.Padding.Same"/> or <see cref="NetGen.Padding.Full"/>.</param>
    /// <param name="dilation">Slices, rows and columns from one tap of the kernel to the next, at least 1: above 1 the taps lie apart.</param>
    /// <param name="groups">Groups of channels, each convolved by itself; a divisor of the input and of the output channels. As many as there are channels: depthwise.</param>
    /// <param name="bias">Whether a bias is added.</param>
    /// <param name="paddingMode">What padding is made of; mirrored, it is below the input's size, of the other side at most that.</param>
    public Conv3dAttribute(int outChannels, int kernelSize, int stride = 1, int padding = 0, int dilation = 1, int groups = 1, bool bias = true, PadMode paddingMode = PadMode.Zeros)
        : this(
            outChannels, [kernelSize, kernelSize, kernelSize], [stride, stride, stride], [padding, padding, padding], [dilation, dilation, dilation], groups, bias, paddingMode)
    {
    }

    /// <summary>A kernel of different depth, height and width; the input channels follow from the layer before.</summary>
    /// <param name="outChannels">Channels produced, at least 1.</param>
    /// <param name="kernelSize">Depth, height and width of the kernel, each at least 1.</param>
    /// <param name="stride">Slices, rows and columns from one window to the next, each at least 1; [1, 1, 1] when left out.</param>
    /// <param name="padding">Zeros in front and behind, above and below, and left and right, each at least 0 or a constant of <see cref="NetGen.Padding"/>, or six numbers: left, right, top, bottom, front and back; [0, 0, 0] when left out.</param>
    /// <param name="dilation">Slices, rows and columns from one tap of the kernel to the next, each at least 1; [1, 1, 1] when left out.</param>
    /// <param name="groups">Groups of channels, each convolved by itself; a divisor of the input and of the output channels. As many as there are channels: depthwise.</param>
    /// <param name="bias">Whether a bias is added.</param>
    /// <param name="paddingMode">What padding is made of; mirrored, it is below the input's size, of the other side at most that.</param>
    public Conv3dAttribute(int outChannels, int[] kernelSize, int[]? stride = null, int[]? padding = null, int[]? dilation = null, int groups = 1, bool bias = true, PadMode paddingMode = PadMode.Zeros) =>
        (OutChannels, KernelSize, Stride, Padding, Dilation, Groups, Bias, PaddingMode) =
        (outChannels, kernelSize, stride ?? [1, 1, 1], padding ?? [0, 0, 0], dilation ?? [1, 1, 1], groups, bias, paddingMode);

    /// <summary>Channels received; null where they follow from the layer before.</summary>
    public int? InChannels { get; }

    /// <summary>Channels produced.</summary>
    public int OutChannels { get; }

    /// <summary>Depth, height and width of the kernel.</summary>
    public IReadOnlyList<int> KernelSize { get; }

    /// <summary>Slices, rows and columns from one window to the next.</summary>
    public IReadOnlyList<int> Stride { get; }

    /// <summary>Zeros added in front and behind, above and below, and left and right; or, where there are six numbers, left, right, top, bottom, front and back.</summary>
    public IReadOnlyList<int> Padding { get; }

    /// <summary>Slices, rows and columns from one tap to the next.</summary>
    public IReadOnlyList<int> Dilation { get; }

    /// <summary>Groups of channels: an output channel sees the input channels of its own group only.</summary>
    public int Groups { get; }

    /// <summary>Whether a bias is added.</summary>
    public bool Bias { get; }

    /// <summary>What padding is made of.</summary>
    public PadMode PaddingMode { get; }

    /// <summary>Whether the kernel is turned round: a convolution as mathematics has it, where PyTorch has a cross-correlation.</summary>
    public bool FlipKernel { get; set; }
}
