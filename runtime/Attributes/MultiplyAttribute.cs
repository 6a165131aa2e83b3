namespace NetGen;

/// <summary>
/// The product of outputs of equal shape, element by element: a gate. <c>[Multiply("sigmoid1")]</c> multiplies the output of the layer right before
/// it by sigmoid1's. PyTorch's <c>a * b</c>.
/// </summary>
public sealed class MultiplyAttribute : LayerAttribute
{
    /// <summary>Multiplies outputs.</summary>
    /// <param name="names">Layers above, at least one; <c>"input"</c> is the network's input. To them comes the layer right before, or <see cref="LayerAttribute.From"/>.</param>
    public MultiplyAttribute(params string[] names) => Names = names;

    /// <summary>The layers whose outputs are multiplied.</summary>
    public IReadOnlyList<string> Names { get; }
}
