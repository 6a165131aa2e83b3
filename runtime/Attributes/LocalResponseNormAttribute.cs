namespace NetGen;

/// <summary>
/// <c>y = x·(k + alpha/size·Σ x²)^−beta</c>, summed over the channel itself, size/2 channels before it and (size − 1)/2 behind it at the same pixel.
/// PyTorch's <c>nn.LocalResponseNorm</c> (Krizhevsky, Sutskever and Hinton, 2012).
/// </summary>
/// <param name="size">Neighbouring channels, at least 1.</param>
/// <param name="alpha">How much their squares count, at least 0.</param>
/// <param name="beta">The exponent, at least 0.</param>
/// <param name="k">What is added to them, at least 0.</param>
public sealed class LocalResponseNormAttribute(int size, double alpha = 1e-4, double beta = 0.75, double k = 1) : LayerAttribute
{
    /// <summary>Neighbouring channels.</summary>
    public int Size { get; } = size;

    /// <summary>How much their squares count.</summary>
    public double Alpha { get; } = alpha;

    /// <summary>The exponent.</summary>
    public double Beta { get; } = beta;

    /// <summary>What is added to them.</summary>
    public double K { get; } = k;
}
