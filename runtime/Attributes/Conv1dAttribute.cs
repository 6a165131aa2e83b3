using System.Runtime.CompilerServices;

namespace NetGen;

/// <summary>
/// A one-dimensional convolution (cross-correlation): [inChannels, l] to [outChannels, ⌊(l + 2·padding − dilation·(kernel − 1) − 1)/stride⌋ + 1],
/// with <c>weight</c> [outChannels, inChannels / groups, kernelSize] and <c>bias</c> [outChannels]. PyTorch's <c>nn.Conv1d</c>.
/// </summary>
/// <remarks>Three plain numbers are always input channels, output channels, kernel; after the short form's two, name the rest:
/// <c>[Conv1d(64, 3, stride: 2)]</c>. A causal convolution, which sees nothing behind its place, is <c>[Conv1d(64, 3, padding: [2, 0])]</c>.</remarks>
public sealed class Conv1dAttribute : WeightedLayerAttribute
{
    /// <summary>The input channels written, and checked against what the layer receives.</summary>
    /// <param name="inChannels">Channels received, at least 1.</param>
    /// <param name="outChannels">Channels produced, at least 1.</param>
    /// <param name="kernelSize">Places of the kernel, at least 1.</param>
    /// <param name="stride">Places from one window to the next, at least 1.</param>
    /// <param name="padding">Zeros added on both sides, at least 0; or <see cref="NetGen.Padding.Same"/> or <see cref="NetGen.Padding.Full"/>.</param>
    /// <param name="dilation">Places from one tap of the kernel to the next, at least 1: above 1 the taps lie apart.</param>
    /// <param name="groups">Groups of channels, each convolved by itself; a divisor of the input and of the output channels. As many as there are channels: depthwise.</param>
    /// <param name="bias">Whether a bias is added.</param>
    /// <param name="paddingMode">What padding is made of; mirrored, it is below the input's size, of the other side at most that.</param>
    [OverloadResolutionPriority(1)]
    public Conv1dAttribute(int inChannels, int outChannels, int kernelSize, int stride = 1, int padding = 0, int dilation = 1, int groups = 1, bool bias = true, PadMode paddingMode = PadMode.Zeros)
        : this(outChannels, kernelSize, [padding, padding], stride, dilation, groups, bias, paddingMode) => InChannels = inChannels;

    /// <summary>The input channels follow from the layer before.</summary>
    /// <param name="outChannels">Channels produced, at least 1.</param>
    /// <param name="kernelSize">Places of the kernel, at least 1.</param>
    /// <param name="stride">Places from one window to the next, at least 1.</param>
    /// <param name="padding">Zeros added on both sides, at least 0; or <see cref="NetGen.Padding.Same"/> or <see cref="NetGen.Padding.Full"/>.</param>
    /// <param name="dilation">Places from one tap of the kernel to the next, at least 1: above 1 the taps lie apart.</param>
    /// <param name="groups">Groups of channels, each convolved by itself; a divisor of the input and of the output channels. As many as there are channels: depthwise.</param>
    /// <param name="bias">Whether a bias is added.</param>
    /// <param name="paddingMode">What padding is made of; mirrored, it is below the input's size, of the other side at most that.</param>
    public Conv1dAttribute(int outChannels, int kernelSize, int stride = 1, int padding = 0, int dilation = 1, int groups = 1, bool bias = true, PadMode paddingMode = PadMode.Zeros)
        : this(outChannels, kernelSize, [padding, padding], stride, dilation, groups, bias, paddingMode)
    {
    }

    /// <summary>Different padding before and behind; the input channels follow from the layer before.</summary>
    /// <param name="outChannels">Channels produced, at least 1.</param>
    /// <param name="kernelSize">Places of the kernel, at least 1.</param>
    /// <param name="padding">Zeros added before and behind, each at least 0.</param>
    /// <param name="stride">Places from one window to the next, at least 1.</param>
    /// <param name="dilation">Places from one tap of the kernel to the next, at least 1: above 1 the taps lie apart.</param>
    /// <param name="groups">Groups of channels, each convolved by itself; a divisor of the input and of the output channels. As many as there are channels: depthwise.</param>
    /// <param name="bias">Whether a bias is added.</param>
    /// <param name="paddingMode">What padding is made of; mirrored, it is below the input's size, of the other side at most that.</param>
    public Conv1dAttribute(int outChannels, int kernelSize, int[] padding, int stride = 1, int dilation = 1, int groups = 1, bool bias = true, PadMode paddingMode = PadMode.Zeros) =>
        (OutChannels, KernelSize, Stride, Padding, Dilation, Groups, Bias, PaddingMode) = (outChannels, kernelSize, stride, padding, dilation, groups, bias, paddingMode);

    /// <summary>Channels received; null where they follow from the layer before.</summary>
    public int? InChannels { get; }

    /// <summary>Channels produced.</summary>
    public int OutChannels { get; }

    /// <summary>Places of the kernel.</summary>
    public int KernelSize { get; }

    /// <summary>Places from one window to the next.</summary>
    public int Stride { get; }

    /// <summary>Zeros added before and behind.</summary>
    public IReadOnlyList<int> Padding { get; }

    /// <summary>Places from one tap to the next.</summary>
    public int Dilation { get; }

    /// <summary>Groups of channels: an output channel sees the input channels of its own group only.</summary>
    public int Groups { get; }

    /// <summary>Whether a bias is added.</summary>
    public bool Bias { get; }

    /// <summary>What padding is made of.</summary>
    public PadMode PaddingMode { get; }

    /// <summary>Whether the kernel is turned round: a convolution as mathematics has it, y[p] = Σ x[p − r] · weight[r], where PyTorch has a cross-correlation.</summary>
    public bool FlipKernel { get; set; }
}
