namespace NetGen;

/// <summary>
/// Outputs one after the other: channels of images of equal height and width, or features of vectors. <c>[Concat("conv1", "conv2")]</c> has conv1's
/// channels, then conv2's, then those of the layer right before it. PyTorch's <c>torch.cat((conv1, conv2, x), dim=1)</c>.
/// </summary>
public sealed class ConcatAttribute : LayerAttribute
{
    /// <summary>Puts outputs one after the other.</summary>
    /// <param name="names">
    /// Layers above, at least one, in order; <c>"input"</c> is the network's input. Behind them comes the layer right before, or <see cref="LayerAttribute.From"/>.
    /// </param>
    public ConcatAttribute(params string[] names) => Names = names;

    /// <summary>The layers whose outputs come first.</summary>
    public IReadOnlyList<string> Names { get; }
}
