namespace NetGen;

/// <summary><c>log(1 + e^(beta·x)) / beta</c>, element by element, and <c>x</c> where beta·x is above the threshold. PyTorch's <c>nn.Softplus</c>.</summary>
/// <param name="beta">How sharp the bend is, above 0.</param>
/// <param name="threshold">From where on it is the identity.</param>
public sealed class SoftplusAttribute(double beta = 1, double threshold = 20) : LayerAttribute
{
    /// <summary>How sharp the bend is.</summary>
    public double Beta { get; } = beta;

    /// <summary>From where on it is the identity.</summary>
    public double Threshold { get; } = threshold;
}
