namespace NetGen;

/// <summary>
/// The sum of outputs of equal shape, element by element: a shortcut of a residual network. <c>[Add("conv1")]</c> adds conv1's output to that of the
/// layer right before it. PyTorch's <c>a + b</c>.
/// </summary>
public sealed class AddAttribute : LayerAttribute
{
    /// <summary>Adds outputs.</summary>
    /// <param name="names">Layers above, at least one; <c>"input"</c> is the network's input. To them comes the layer right before, or <see cref="LayerAttribute.From"/>.</param>
    public AddAttribute(params string[] names) => Names = names;

    /// <summary>The layers whose outputs are added.</summary>
    public IReadOnlyList<string> Names { get; }
}
