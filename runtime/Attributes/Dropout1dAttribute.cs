namespace NetGen;

/// <summary>
/// In training, each channel of each signal becomes 0 as a whole with probability p, and the others are multiplied by 1/(1 − p); in evaluation, nothing happens.
/// PyTorch's <c>nn.Dropout1d</c> (Tompson et al., 2014, arXiv:1411.4280).
/// </summary>
/// <param name="p">Probability of a 0, in [0, 1).</param>
public sealed class Dropout1dAttribute(double p = 0.5) : LayerAttribute
{
    /// <summary>Probability of a 0.</summary>
    public double P { get; } = p;
}
