namespace NetGen;

/// <summary>
/// <c>x</c> above 0 and <c>alpha·(eˣ − 1)</c> elsewhere, element by element. PyTorch's <c>nn.ELU</c>
/// (Clevert, Unterthiner and Hochreiter, 2015, arXiv:1511.07289).
/// </summary>
/// <param name="alpha">Minus what very negative values become.</param>
public sealed class ELUAttribute(double alpha = 1) : LayerAttribute
{
    /// <summary>Minus what very negative values become.</summary>
    public double Alpha { get; } = alpha;
}
