namespace NetGen;

/// <summary>The outputs of a pass's layers, by name or in order.</summary>
public sealed class ActivationCollection
{
    private readonly NetworkPass pass;

    internal ActivationCollection(NetworkPass pass) => this.pass = pass;

    /// <summary>Number of layers.</summary>
    public int Count => pass.Definition.Activations.Length;

    /// <summary>The layers' names, in order.</summary>
    public IEnumerable<string> Names => pass.Definition.Activations.Select(activation => activation.Name);

    /// <summary>The output of a layer by its name: [n, the layer's shape], PyTorch's order. Valid until the next forward pass.</summary>
    /// <exception cref="ArgumentException">There is no such layer; the message lists those there are.</exception>
    /// <exception cref="InvalidOperationException">No forward pass has run.</exception>
    public ReadOnlySpan<float> this[string name] => pass.ReadActivation(pass.LayerNumber(name));

    /// <summary>The output of a layer by its number, from 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layer.</exception>
    /// <exception cref="InvalidOperationException">No forward pass has run.</exception>
    public ReadOnlySpan<float> this[int index] => pass.ReadActivation(index);

    /// <summary>The shape of one sample's output of a layer.</summary>
    /// <exception cref="ArgumentException">There is no such layer; the message lists those there are.</exception>
    public Shape ShapeOf(string name) => pass.Definition.Activations[pass.LayerNumber(name)].Shape;
}
