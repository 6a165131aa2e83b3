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
public sealed class AdamW(float learningRate = 1e-3f, float beta1 = 0.9f, float beta2 = 0.999f, float eps = 1e-8f, float weightDecay = 1e-2f)
    : AdaptiveMoments(learningRate, beta1, beta2, eps, weightDecay)
{
    private protected override float CoupledDecay => 0;

    private protected override float Kept => 1 - (LearningRate * WeightDecay);
}
