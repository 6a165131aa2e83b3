namespace NetGen;

/// <summary>
/// Adam (Kingma and Ba, 2015, arXiv:1412.6980) in PyTorch's form (<c>torch.optim.Adam</c>): the weight decay is added to the gradient.
/// </summary>
/// <param name="learningRate">At least 0.</param>
/// <param name="beta1">How slowly the mean of the gradient forgets, in [0, 1).</param>
/// <param name="beta2">How slowly the mean of the squared gradient forgets, in [0, 1).</param>
/// <param name="eps">Added to the root of the squared gradient's mean, above 0.</param>
/// <param name="weightDecay">The L2 penalty's factor, at least 0.</param>
/// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
public sealed class Adam(double learningRate = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weightDecay = 0)
    : AdaptiveMoments(learningRate, beta1, beta2, eps, weightDecay)
{
    private protected override OptimizerKind Kind => OptimizerKind.Adam;
}
