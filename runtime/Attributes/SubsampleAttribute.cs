namespace NetGen;

/// <summary>
/// Keeps every so many-th row and column, from the first on: [c, h, w] to [c, ⌈h/step⌉, ⌈w/step⌉]; in the same way the places of a signal, and the slices of a volume too.
/// PyTorch's <c>x[:, :, ::step, ::step]</c>.
/// </summary>
/// <param name="step">Pixels from one that is kept to the next, at least 1.</param>
public sealed class SubsampleAttribute(int step) : LayerAttribute
{
    /// <summary>Pixels from one that is kept to the next.</summary>
    public int Step { get; } = step;
}
