using System.Runtime.CompilerServices;

namespace NetGen;

/// <summary>
/// A transposed convolution, the gradient of a convolution with regard to its input: [inChannels, d, h, w] to
/// [outChannels, (d − 1)·stride − 2·padding + dilation·(kernel − 1) + outputPadding + 1, …], with <c>weight</c> [inChannels, outChannels / groups, kernelDepth, kernelHeight, kernelWidth]
/// and <c>bias</c> [outChannels]. PyTorch's <c>nn.ConvTranspose3d</c>.
/// </summary>
/// <remarks>Three plain numbers are always input channels, output channels, kernel; after the short form's two, name the rest: <c>[ConvTranspose3d(64, 2, stride: 2)]</c>
/// makes a volume twice as large.</remarks>
public sealed class ConvTranspose3dAttribute : WeightedLayerAttribute
{
    /// <summary>A kernel of equal depth, height and width.</summary>
    /// <param name="inChannels">Channels received, at least 1.</param>
    /// <param name="outChannels">Channels produced, at least 1.</param>
    /// <param name="kernelSize">Depth, height and width of the kernel, at least 1.</param>
    /// <param name="stride">Slices, rows and columns of the output from one of the input to the next, at least 1.</param>
    /// <param name="padding">Slices, rows and columns taken away on each of the six sides, at least 0.</param>
    /// <param name="outputPadding">Slices added behind, rows below, columns at the right, below the stride or the dilation.</param>
    /// <param name="groups">Groups of channels, each done by itself; a divisor of the input and of the output channels.</param>
    /// <param name="bias">Whether a bias is added.</param>
    /// <param name="dilation">Slices, rows and columns from one tap of the kernel to the next, at least 1.</param>
    [OverloadResolutionPriority(1)]
    public ConvTranspose3dAttribute(
        int inChannels, int outChannels, int kernelSize, int stride = 1, int padding = 0, int outputPadding = 0, int groups = 1, bool bias = true, int dilation = 1)
        : this(
            inChannels, outChannels, [kernelSize, kernelSize, kernelSize], [stride, stride, stride], [padding, padding, padding],
            [outputPadding, outputPadding, outputPadding], groups, bias, [dilation, dilation, dilation])
    {
    }

    /// <summary>A kernel of different depth, height and width: <c>[ConvTranspose3d(16, 6, [1, 4, 4], stride: [1, 2, 2])]</c>.</summary>
    /// <param name="inChannels">Channels received, at least 1.</param>
    /// <param name="outChannels">Channels produced, at least 1.</param>
    /// <param name="kernelSize">Depth, height and width of the kernel, each at least 1.</param>
    /// <param name="stride">Slices, rows and columns of the output from one of the input to the next, each at least 1; [1, 1, 1] when left out.</param>
    /// <param name="padding">Slices taken away in front and behind, rows above and below, columns left and right, each at least 0; [0, 0, 0] when left out.</param>
    /// <param name="outputPadding">Slices added behind, rows below, columns at the right, each below the stride or the dilation; [0, 0, 0] when left out.</param>
    /// <param name="groups">Groups of channels, each done by itself; a divisor of the input and of the output channels.</param>
    /// <param name="bias">Whether a bias is added.</param>
    /// <param name="dilation">Slices, rows and columns from one tap of the kernel to the next, each at least 1; [1, 1, 1] when left out.</param>
    [OverloadResolutionPriority(1)]
    public ConvTranspose3dAttribute(
        int inChannels, int outChannels, int[] kernelSize, int[]? stride = null, int[]? padding = null, int[]? outputPadding = null, int groups = 1, bool bias = true, int[]? dilation = null)
        : this(outChannels, kernelSize, stride, padding, outputPadding, groups, bias, dilation) => InChannels = inChannels;

    /// <summary>A kernel of equal depth, height and width; the input channels follow from the layer before.</summary>
    /// <param name="outChannels">Channels produced, at least 1.</param>
    /// <param name="kernelSize">Depth, height and width of the kernel, at least 1.</param>
    /// <param name="stride">Slices, rows and columns of the output from one of the input to the next, at least 1.</param>
    /// <param name="padding">Slices, rows and columns taken away on each of the six sides, at least 0.</param>
    /// <param name="outputPadding">Slices added behind, rows below, columns at the right, below the stride or the dilation.</param>
    /// <param name="groups">Groups of channels, each done by itself; a divisor of the input and of the output channels.</param>
    /// <param name="bias">Whether a bias is added.</param>
    /// <param name="dilation">Slices, rows and columns from one tap of the kernel to the next, at least 1.</param>
    public ConvTranspose3dAttribute(int outChannels, int kernelSize, int stride = 1, int padding = 0, int outputPadding = 0, int groups = 1, bool bias = true, int dilation = 1)
        : this(
            outChannels, [kernelSize, kernelSize, kernelSize], [stride, stride, stride], [padding, padding, padding],
            [outputPadding, outputPadding, outputPadding], groups, bias, [dilation, dilation, dilation])
    {
    }

    /// <summary>A kernel of different depth, height and width; the input channels follow from the layer before.</summary>
    /// <param name="outChannels">Channels produced, at least 1.</param>
    /// <param name="kernelSize">Depth, height and width of the kernel, each at least 1.</param>
    /// <param name="stride">Slices, rows and columns of the output from one of the input to the next, each at least 1; [1, 1, 1] when left out.</param>
    /// <param name="padding">Slices taken away in front and behind, rows above and below, columns left and right, each at least 0; [0, 0, 0] when left out.</param>
    /// <param name="outputPadding">Slices added behind, rows below, columns at the right, each below the stride or the dilation; [0, 0, 0] when left out.</param>
    /// <param name="groups">Groups of channels, each done by itself; a divisor of the input and of the output channels.</param>
    /// <param name="bias">Whether a bias is added.</param>
    /// <param name="dilation">Slices, rows and columns from one tap of the kernel to the next, each at least 1; [1, 1, 1] when left out.</param>
    public ConvTranspose3dAttribute(
        int outChannels, int[] kernelSize, int[]? stride = null, int[]? padding = null, int[]? outputPadding = null, int groups = 1, bool bias = true, int[]? dilation = null) =>
        (OutChannels, KernelSize, Stride, Padding, OutputPadding, Groups, Bias, Dilation) =
        (outChannels, kernelSize, stride ?? [1, 1, 1], padding ?? [0, 0, 0], outputPadding ?? [0, 0, 0], groups, bias, dilation ?? [1, 1, 1]);

    /// <summary>Channels received; null where they follow from the layer before.</summary>
    public int? InChannels { get; }

    /// <summary>Channels produced.</summary>
    public int OutChannels { get; }

    /// <summary>Depth, height and width of the kernel.</summary>
    public IReadOnlyList<int> KernelSize { get; }

    /// <summary>Slices, rows and columns of the output from one of the input to the next.</summary>
    public IReadOnlyList<int> Stride { get; }

    /// <summary>Slices taken away in front and behind, rows above and below, columns left and right.</summary>
    public IReadOnlyList<int> Padding { get; }

    /// <summary>Slices added behind, rows below, columns at the right.</summary>
    public IReadOnlyList<int> OutputPadding { get; }

    /// <summary>Groups of channels: an output channel sees the input channels of its own group only.</summary>
    public int Groups { get; }

    /// <summary>Whether a bias is added.</summary>
    public bool Bias { get; }

    /// <summary>Slices, rows and columns from one tap to the next.</summary>
    public IReadOnlyList<int> Dilation { get; }
}
