namespace NetGen;

/// <summary><c>factor·x</c>, element by element: a constant that training does not change.</summary>
/// <param name="factor">The constant.</param>
public sealed class ScaleAttribute(double factor) : LayerAttribute
{
    /// <summary>The constant.</summary>
    public double Factor { get; } = factor;
}
