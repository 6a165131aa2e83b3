using System.Runtime.CompilerServices;
using NetGen.Engine;

namespace NetGen;

/// <summary>
/// What Adam, AdamW and those that use them share. With g the gradient: <c>m ← m + (1 − β₁)(g − m)</c>, <c>v ← β₂·v + (1 − β₂)·g²</c>,
/// <c>p ← p − rate/(1 − β₁ᵗ) · m / (√v/√(1 − β₂ᵗ) + ε)</c>.
/// </summary>
public abstract class AdaptiveMoments : Optimizer
{
    private float stepSize;
    private float rootOfCorrection;

    private protected AdaptiveMoments(double learningRate, double beta1, double beta2, double eps, double weightDecay)
        : base(learningRate)
    {
        Beta1 = Check.Fraction(beta1);
        Beta2 = Check.Fraction(beta2);
        Eps = Check.Positive(eps);
        WeightDecay = Check.NotNegative(weightDecay);
    }

    /// <summary>How slowly the mean of the gradient forgets.</summary>
    public double Beta1 { get; }

    /// <summary>How slowly the mean of the squared gradient forgets.</summary>
    public double Beta2 { get; }

    /// <summary>Added to the root of the squared gradient's mean.</summary>
    public double Eps { get; }

    /// <summary>The penalty's factor.</summary>
    public double WeightDecay { get; }

    internal override OptimizerDescription Formula => new(Kind, WeightDecay) { Beta1 = Beta1, Beta2 = Beta2, Eps = Eps };

    /// <inheritdoc/>
    protected sealed override int StateCount => 2;

    /// <summary>Which of them it is.</summary>
    private protected abstract OptimizerKind Kind { get; }

    // Where the decay is decoupled, parameters shrink before the step; otherwise a part of them is added to their gradients.
    private bool IsDecoupled => Kind != OptimizerKind.Adam;

    /// <inheritdoc/>
    protected sealed override void Prepare(int step)
    {
        stepSize = (float)(LearningRate / (1 - Math.Pow(Beta1, step)));
        rootOfCorrection = (float)Math.Sqrt(1 - Math.Pow(Beta2, step));
    }

    /// <inheritdoc/>
    protected override void Update(in ParameterSlice slice)
    {
        double decay = slice.WeightDecay ?? WeightDecay;
        var job = new Job
        {
            Slice = slice,
            CoupledDecay = IsDecoupled ? 0 : (float)decay,
            Shrinkage = IsDecoupled ? (float)(LearningRate * slice.LearningRateFactor * decay) : 0,
            ToMean = (float)(1 - Beta1),
            Beta2 = (float)Beta2,
            ToSquare = (float)(1 - Beta2),
            // The correction of √v moved to the other side of the division: one multiplication less for each parameter.
            Eps = (float)Eps * rootOfCorrection,
            StepSize = stepSize * (float)slice.LearningRateFactor * rootOfCorrection,
        };
        LaneJob.RunWidest(ref job);
    }

    private ref struct Job : ILaneJob
    {
        public ParameterSlice Slice;
        public float CoupledDecay;
        public float Shrinkage;
        public float ToMean;
        public float Beta2;
        public float ToSquare;
        public float Eps;
        public float StepSize;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run<T>() where T : struct, ILanes<T> => UpdateLoop.Run<T, Moments<T>>(
            Slice, new(T.All(CoupledDecay), T.All(-Shrinkage), T.All(ToMean), T.All(Beta2), T.All(ToSquare), T.All(Eps), T.All(-StepSize)));
    }

    private readonly struct Moments<T>(T coupledDecay, T shrinkage, T toMean, T beta2, T toSquare, T eps, T descent) : IUpdateFormula<T> where T : struct, ILanes<T>
    {
        public static int StateCount => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Update(T value, T gradient, ref T first, ref T second, ref T third)
        {
            T g = T.MultiplyAdd(coupledDecay, value, gradient);
            first = T.MultiplyAdd(toMean, g - first, first);
            second = T.MultiplyAdd(toSquare * g, g, beta2 * second);
            // Not times 1 − shrinkage, of which a float has only the first digits; and what is small is rounded by itself, the value once.
            return value + T.MultiplyAdd(descent, first / (T.Sqrt(second) + eps), shrinkage * value);
        }
    }
}
