namespace NetGen;

/// <summary>
/// Adam with decoupled weight decay (Loshchilov and Hutter, 2019, arXiv:1711.05101) in PyTorch's form (<c>torch.optim.AdamW</c>): before each
/// step <c>p ← p·(1 − rate·weightDecay)</c>, and the gradient is left alone.
/// </summary>
/// <param name="learningRate">At least 0.</param>
/// <param name="beta1">How slowly the mean of the gradient forgets, in [0, 1).</param>
/// <param name="beta2">How slowly the mean of the squared gradient forgets, in [0, 1).</param>
/// <param name="eps">Added to the root of the squared gradient's mean, above 0.</param>
/// <param name="weightDecay">How fast parameters shrink, at least 0.</param>
/// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
public sealed class AdamW(double learningRate = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weightDecay = 1e-2)
    : AdaptiveMoments(learningRate, beta1, beta2, eps, weightDecay)
{
    private protected override OptimizerKind Kind => OptimizerKind.AdamW;
}
