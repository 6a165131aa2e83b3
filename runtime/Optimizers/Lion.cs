using System.Runtime.CompilerServices;
using NetGen.Engine;

namespace NetGen;

/// <summary>
/// Lion (Chen et al., 2023, arXiv:2302.06675, algorithm 2): steps of one size in every direction. With g the gradient
/// <c>p ← p·(1 − rate·weightDecay) − rate·sign(β₁·m + (1 − β₁)·g)</c>, then <c>m ← β₂·m + (1 − β₂)·g</c>. Rates are to be 3 to 10 times smaller than AdamW's,
/// and the weight decay as many times larger. Where that sum is 0 or not-a-number there is no step.
/// </summary>
/// <param name="learningRate">At least 0.</param>
/// <param name="beta1">How much the mean counts beside the gradient, in [0, 1).</param>
/// <param name="beta2">How slowly the mean of the gradient forgets, in [0, 1).</param>
/// <param name="weightDecay">How fast parameters shrink, at least 0.</param>
/// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
public sealed class Lion(double learningRate = 1e-4, double beta1 = 0.9, double beta2 = 0.99, double weightDecay = 0) : Optimizer(learningRate)
{
    /// <summary>How much the mean counts beside the gradient.</summary>
    public double Beta1 { get; } = Check.Fraction(beta1);

    /// <summary>How slowly the mean of the gradient forgets.</summary>
    public double Beta2 { get; } = Check.Fraction(beta2);

    /// <summary>How fast parameters shrink.</summary>
    public double WeightDecay { get; } = Check.NotNegative(weightDecay);

    internal override OptimizerDescription Formula => new(OptimizerKind.Lion, WeightDecay) { Beta1 = Beta1, Beta2 = Beta2 };

    /// <inheritdoc/>
    protected override int StateCount => 1;

    /// <inheritdoc/>
    protected override void Update(in ParameterSlice slice)
    {
        double rate = LearningRate * slice.LearningRateFactor;
        var job = new Job
        {
            Slice = slice,
            Rate = (float)rate,
            Shrinkage = (float)(rate * (slice.WeightDecay ?? WeightDecay)),
            ToSign = (float)(1 - Beta1),
            ToMean = (float)(1 - Beta2),
        };
        LaneJob.RunWidest(ref job);
    }

    private ref struct Job : ILaneJob
    {
        public ParameterSlice Slice;
        public float Rate;
        public float Shrinkage;
        public float ToSign;
        public float ToMean;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run<T>() where T : struct, ILanes<T> =>
            UpdateLoop.Run<T, OfSign<T>>(Slice, new(T.All(Rate), T.All(-Shrinkage), T.All(ToSign), T.All(ToMean)));
    }

    private readonly struct OfSign<T>(T rate, T shrinkage, T toSign, T toMean) : IUpdateFormula<T> where T : struct, ILanes<T>
    {
        public static int StateCount => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Update(T value, T gradient, ref T first, ref T second, ref T third)
        {
            T zero = T.All(0), difference = gradient - first, direction = T.MultiplyAdd(toSign, difference, first);
            first = T.MultiplyAdd(toMean, difference, first);
            return value + T.MultiplyAdd(shrinkage, value, T.WhereLess(direction, zero, rate) - T.WhereLess(zero, direction, rate));
        }
    }
}
