namespace NetGen;

/// <summary>An output of a pass, the main one or a further one.</summary>
public sealed class PassOutput
{
    private readonly NetworkPass pass;
    private readonly int index;

    internal PassOutput(NetworkPass pass, int index) => (this.pass, this.index) = (pass, index);

    /// <summary>Its name; of the main one, its layer's.</summary>
    public string Name => pass.Definition.Outputs[index].Name;

    /// <summary>Shape of one sample.</summary>
    public Shape Shape => pass.Definition.ShapeOf(index);

    /// <summary>The values, [n, shape]. Valid until the next forward pass.</summary>
    /// <exception cref="InvalidOperationException">No forward pass has run.</exception>
    public ReadOnlySpan<float> Values => pass.ReadOutput(index);

    /// <summary>Where the gradient with respect to them is to be written before <see cref="NetworkPass.Backward"/>: [n, shape]. A forward pass makes it 0.</summary>
    /// <exception cref="InvalidOperationException">No forward pass has run.</exception>
    public Span<float> Gradient => pass.GradientOf(index);
}
