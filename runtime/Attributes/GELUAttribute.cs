namespace NetGen;

/// <summary>
/// <c>x·Φ(x)</c>, element by element, where Φ(x) is the share of a normal distribution that lies below x. PyTorch's <c>nn.GELU</c>
/// (Hendrycks and Gimpel, 2016, arXiv:1606.08415).
/// </summary>
/// <param name="approximate">
/// <c>x·(1 + tanh(√(2/π)·(x + 0.044715·x³)))/2</c> instead, which networks have that were trained with it: PyTorch's <c>approximate='tanh'</c>.
/// </param>
public sealed class GELUAttribute(bool approximate = false) : LayerAttribute
{
    /// <summary>Whether it is the form with the hyperbolic tangent.</summary>
    public bool Approximate { get; } = approximate;
}
