namespace NetGen;

/// <summary>
/// The mean of each of outputSize² parts of an image, whatever its size: [c, h, w] to [c, outputHeight, outputWidth]. Row o is of rows ⌊o·h / outputHeight⌋ to, without it,
/// ⌈(o + 1)·h / outputHeight⌉. PyTorch's <c>nn.AdaptiveAvgPool2d</c>.
/// </summary>
public sealed class AdaptiveAvgPool2dAttribute : LayerAttribute
{
    /// <summary>As many rows as columns.</summary>
    /// <param name="outputSize">Height and width of the output, at least 1.</param>
    public AdaptiveAvgPool2dAttribute(int outputSize)
        : this([outputSize, outputSize])
    {
    }

    /// <summary>Different height and width: <c>[AdaptiveAvgPool2d([7, 1])]</c>.</summary>
    /// <param name="outputSize">Height and width of the output, each at least 1.</param>
    public AdaptiveAvgPool2dAttribute(int[] outputSize) => OutputSize = outputSize;

    /// <summary>Height and width of the output.</summary>
    public IReadOnlyList<int> OutputSize { get; }
}
