namespace NetGen;

/// <summary>
/// In training, each value becomes 0 with probability p, and the others are multiplied by 1/(1 − p); in evaluation, nothing happens.
/// PyTorch's <c>nn.Dropout</c>.
/// </summary>
/// <param name="p">Probability of a 0, in [0, 1).</param>
public sealed class DropoutAttribute(double p = 0.5) : LayerAttribute
{
    /// <summary>Probability of a 0.</summary>
    public double P { get; } = p;
}
