using System.Runtime.CompilerServices;

namespace NetGen;

/// <summary>
/// A transposed convolution of signals, the gradient of a convolution with regard to its input: [inChannels, l] to
/// [outChannels, (l − 1)·stride − 2·padding + dilation·(kernel − 1) + outputPadding + 1], with <c>weight</c> [inChannels, outChannels / groups, kernelSize]
/// and <c>bias</c> [outChannels]. PyTorch's <c>nn.ConvTranspose1d</c>.
/// </summary>
/// <remarks>Three plain numbers are always input channels, output channels, kernel; after the short form's two, name the rest: <c>[ConvTranspose1d(64, 2, stride: 2)]</c>
/// makes a signal twice as long.</remarks>
public sealed class ConvTranspose1dAttribute : WeightedLayerAttribute
{
    /// <summary>The input channels written, and checked against what the layer receives.</summary>
    /// <param name="inChannels">Channels received, at least 1.</param>
    /// <param name="outChannels">Channels produced, at least 1.</param>
    /// <param name="kernelSize">Places of the kernel, at least 1.</param>
    /// <param name="stride">Places of the output from one place of the input to the next, at least 1.</param>
    /// <param name="padding">Places taken away on both sides, at least 0.</param>
    /// <param name="outputPadding">Places added behind, below the stride or the dilation.</param>
    /// <param name="groups">Groups of channels, each done by itself; a divisor of the input and of the output channels.</param>
    /// <param name="bias">Whether a bias is added.</param>
    /// <param name="dilation">Places from one tap of the kernel to the next, at least 1.</param>
    [OverloadResolutionPriority(1)]
    public ConvTranspose1dAttribute(
        int inChannels, int outChannels, int kernelSize, int stride = 1, int padding = 0, int outputPadding = 0, int groups = 1, bool bias = true, int dilation = 1)
        : this(outChannels, kernelSize, stride, padding, outputPadding, groups, bias, dilation) => InChannels = inChannels;

    /// <summary>The input channels follow from the layer before.</summary>
    /// <param name="outChannels">Channels produced, at least 1.</param>
    /// <param name="kernelSize">Places of the kernel, at least 1.</param>
    /// <param name="stride">Places of the output from one place of the input to the next, at least 1.</param>
    /// <param name="padding">Places taken away on both sides, at least 0.</param>
    /// <param name="outputPadding">Places added behind, below the stride or the dilation.</param>
    /// <param name="groups">Groups of channels, each done by itself; a divisor of the input and of the output channels.</param>
    /// <param name="bias">Whether a bias is added.</param>
    /// <param name="dilation">Places from one tap of the kernel to the next, at least 1.</param>
    public ConvTranspose1dAttribute(int outChannels, int kernelSize, int stride = 1, int padding = 0, int outputPadding = 0, int groups = 1, bool bias = true, int dilation = 1) =>
        (OutChannels, KernelSize, Stride, Padding, OutputPadding, Groups, Bias, Dilation) = (outChannels, kernelSize, stride, padding, outputPadding, groups, bias, dilation);

    /// <summary>Channels received; null where they follow from the layer before.</summary>
    public int? InChannels { get; }

    /// <summary>Channels produced.</summary>
    public int OutChannels { get; }

    /// <summary>Places of the kernel.</summary>
    public int KernelSize { get; }

    /// <summary>Places of the output from one place of the input to the next.</summary>
    public int Stride { get; }

    /// <summary>Places taken away on both sides.</summary>
    public int Padding { get; }

    /// <summary>Places added behind.</summary>
    public int OutputPadding { get; }

    /// <summary>Groups of channels: an output channel sees the input channels of its own group only.</summary>
    public int Groups { get; }

    /// <summary>Whether a bias is added.</summary>
    public bool Bias { get; }

    /// <summary>Places from one tap to the next.</summary>
    public int Dilation { get; }
}
