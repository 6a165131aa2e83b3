namespace NetGen;

/// <summary><c>x</c> above 0 and <c>negativeSlope·x</c> elsewhere, element by element. PyTorch's <c>nn.LeakyReLU</c>.</summary>
/// <param name="negativeSlope">The slope below 0, at least 0.</param>
public sealed class LeakyReLUAttribute(double negativeSlope = 0.01) : LayerAttribute
{
    /// <summary>The slope below 0.</summary>
    public double NegativeSlope { get; } = negativeSlope;
}
