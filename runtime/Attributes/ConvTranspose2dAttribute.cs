using System.Runtime.CompilerServices;

namespace NetGen;

/// <summary>
/// A transposed convolution, the gradient of a convolution with regard to its input: [inChannels, h, w] to
/// [outChannels, (h − 1)·stride − 2·padding + dilation·(kernel − 1) + outputPadding + 1, …], with <c>weight</c> [inChannels, outChannels / groups, kernelHeight, kernelWidth]
/// and <c>bias</c> [outChannels]. PyTorch's <c>nn.ConvTranspose2d</c>.
/// </summary>
/// <remarks>Three plain numbers are always input channels, output channels, kernel; after the short form's two, name the rest: <c>[ConvTranspose2d(64, 2, stride: 2)]</c>
/// makes an image twice as large.</remarks>
public sealed class ConvTranspose2dAttribute : WeightedLayerAttribute
{
    /// <summary>A square kernel.</summary>
    /// <param name="inChannels">Channels received, at least 1.</param>
    /// <param name="outChannels">Channels produced, at least 1.</param>
    /// <param name="kernelSize">Height and width of the kernel, at least 1.</param>
    /// <param name="stride">Pixels of the output from one pixel of the input to the next, at least 1.</param>
    /// <param name="padding">Pixels taken away on each of the four sides, at least 0.</param>
    /// <param name="outputPadding">Pixels added below and at the right, below the stride or the dilation.</param>
    /// <param name="groups">Groups of channels, each done by itself; a divisor of the input and of the output channels.</param>
    /// <param name="bias">Whether a bias is added.</param>
    /// <param name="dilation">Pixels from one tap of the kernel to the next, at least 1.</param>
    [OverloadResolutionPriority(1)]
    public ConvTranspose2dAttribute(
        int inChannels, int outChannels, int kernelSize, int stride = 1, int padding = 0, int outputPadding = 0, int groups = 1, bool bias = true, int dilation = 1)
        : this(inChannels, outChannels, [kernelSize, kernelSize], [stride, stride], [padding, padding], [outputPadding, outputPadding], groups, bias, [dilation, dilation])
    {
    }

    /// <summary>A kernel of different height and width: <c>[ConvTranspose2d(16, 6, [4, 2], stride: [2, 1])]</c>.</summary>
    /// <param name="inChannels">Channels received, at least 1.</param>
    /// <param name="outChannels">Channels produced, at least 1.</param>
    /// <param name="kernelSize">Height and width of the kernel, each at least 1.</param>
    /// <param name="stride">Rows and columns of the output from one of the input to the next, each at least 1; [1, 1] when left out.</param>
    /// <param name="padding">Rows taken away above and below, columns left and right, each at least 0; [0, 0] when left out.</param>
    /// <param name="outputPadding">Rows added below, columns at the right, each below the stride or the dilation; [0, 0] when left out.</param>
    /// <param name="groups">Groups of channels, each done by itself; a divisor of the input and of the output channels.</param>
    /// <param name="bias">Whether a bias is added.</param>
    /// <param name="dilation">Rows and columns from one tap of the kernel to the next, each at least 1; [1, 1] when left out.</param>
    [OverloadResolutionPriority(1)]
    public ConvTranspose2dAttribute(
        int inChannels, int outChannels, int[] kernelSize, int[]? stride = null, int[]? padding = null, int[]? outputPadding = null, int groups = 1, bool bias = true, int[]? dilation = null)
        : this(outChannels, kernelSize, stride, padding, outputPadding, groups, bias, dilation) => InChannels = inChannels;

    /// <summary>A square kernel; the input channels follow from the layer before.</summary>
    /// <param name="outChannels">Channels produced, at least 1.</param>
    /// <param name="kernelSize">Height and width of the kernel, at least 1.</param>
    /// <param name="stride">Pixels of the output from one pixel of the input to the next, at least 1.</param>
    /// <param name="padding">Pixels taken away on each of the four sides, at least 0.</param>
    /// <param name="outputPadding">Pixels added below and at the right, below the stride or the dilation.</param>
    /// <param name="groups">Groups of channels, each done by itself; a divisor of the input and of the output channels.</param>
    /// <param name="bias">Whether a bias is added.</param>
    /// <param name="dilation">Pixels from one tap of the kernel to the next, at least 1.</param>
    public ConvTranspose2dAttribute(int outChannels, int kernelSize, int stride = 1, int padding = 0, int outputPadding = 0, int groups = 1, bool bias = true, int dilation = 1)
        : this(outChannels, [kernelSize, kernelSize], [stride, stride], [padding, padding], [outputPadding, outputPadding], groups, bias, [dilation, dilation])
    {
    }

    /// <summary>A kernel of different height and width; the input channels follow from the layer before.</summary>
    /// <param name="outChannels">Channels produced, at least 1.</param>
    /// <param name="kernelSize">Height and width of the kernel, each at least 1.</param>
    /// <param name="stride">Rows and columns of the output from one of the input to the next, each at least 1; [1, 1] when left out.</param>
    /// <param name="padding">Rows taken away above and below, columns left and right, each at least 0; [0, 0] when left out.</param>
    /// <param name="outputPadding">Rows added below, columns at the right, each below the stride or the dilation; [0, 0] when left out.</param>
    /// <param name="groups">Groups of channels, each done by itself; a divisor of the input and of the output channels.</param>
    /// <param name="bias">Whether a bias is added.</param>
    /// <param name="dilation">Rows and columns from one tap of the kernel to the next, each at least 1; [1, 1] when left out.</param>
    public ConvTranspose2dAttribute(
        int outChannels, int[] kernelSize, int[]? stride = null, int[]? padding = null, int[]? outputPadding = null, int groups = 1, bool bias = true, int[]? dilation = null) =>
        (OutChannels, KernelSize, Stride, Padding, OutputPadding, Groups, Bias, Dilation) =
        (outChannels, kernelSize, stride ?? [1, 1], padding ?? [0, 0], outputPadding ?? [0, 0], groups, bias, dilation ?? [1, 1]);

    /// <summary>Channels received; null where they follow from the layer before.</summary>
    public int? InChannels { get; }

    /// <summary>Channels produced.</summary>
    public int OutChannels { get; }

    /// <summary>Height and width of the kernel.</summary>
    public IReadOnlyList<int> KernelSize { get; }

    /// <summary>Rows and columns of the output from one of the input to the next.</summary>
    public IReadOnlyList<int> Stride { get; }

    /// <summary>Rows taken away above and below, columns left and right.</summary>
    public IReadOnlyList<int> Padding { get; }

    /// <summary>Rows added below, columns at the right.</summary>
    public IReadOnlyList<int> OutputPadding { get; }

    /// <summary>Groups of channels: an output channel sees the input channels of its own group only.</summary>
    public int Groups { get; }

    /// <summary>Whether a bias is added.</summary>
    public bool Bias { get; }

    /// <summary>Rows and columns from one tap to the next.</summary>
    public IReadOnlyList<int> Dilation { get; }
}
