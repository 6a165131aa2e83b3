namespace NetGen;

/// <summary>
/// The largest value of each of outputSize³ parts of a volume, whatever its size: [c, d, h, w] to [c, outputDepth, outputHeight, outputWidth]. Row o is of rows ⌊o·h / outputHeight⌋ to,
/// without it, ⌈(o + 1)·h / outputHeight⌉, and so are slices and columns. PyTorch's <c>nn.AdaptiveMaxPool3d</c>.
/// </summary>
public sealed class AdaptiveMaxPool3dAttribute : LayerAttribute
{
    /// <summary>As many slices as rows and columns.</summary>
    /// <param name="outputSize">Depth, height and width of the output, at least 1.</param>
    public AdaptiveMaxPool3dAttribute(int outputSize)
        : this([outputSize, outputSize, outputSize])
    {
    }

    /// <summary>Different depth, height and width: <c>[AdaptiveMaxPool3d([1, 7, 7])]</c>.</summary>
    /// <param name="outputSize">Depth, height and width of the output, each at least 1.</param>
    public AdaptiveMaxPool3dAttribute(int[] outputSize) => OutputSize = outputSize;

    /// <summary>Depth, height and width of the output.</summary>
    public IReadOnlyList<int> OutputSize { get; }
}
