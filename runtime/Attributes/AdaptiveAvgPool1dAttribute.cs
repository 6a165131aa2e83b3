namespace NetGen;

/// <summary>
/// The mean of each of outputSize parts of a signal, whatever its length: [c, l] to [c, outputSize]. Place o is of places ⌊o·l / outputSize⌋ to, without it,
/// ⌈(o + 1)·l / outputSize⌉. PyTorch's <c>nn.AdaptiveAvgPool1d</c>.
/// </summary>
/// <param name="outputSize">Places of the output, at least 1.</param>
public sealed class AdaptiveAvgPool1dAttribute(int outputSize) : LayerAttribute
{
    /// <summary>Places of the output.</summary>
    public int OutputSize { get; } = outputSize;
}
