using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NetGen.Engine;

namespace NetGen;

/// <summary>
/// What Adam and AdamW share. With g the gradient: <c>m ← m + (1 − β₁)(g − m)</c>, <c>v ← β₂·v + (1 − β₂)·g²</c>,
/// <c>p ← p − rate/(1 − β₁ᵗ) · m / (√v/√(1 − β₂ᵗ) + ε)</c>.
/// </summary>
public abstract class AdaptiveMoments : Optimizer
{
    private readonly double exactBeta1;
    private readonly double exactBeta2;
    private float stepSize;
    private float rootOfCorrection;

    private protected AdaptiveMoments(float learningRate, float beta1, float beta2, float eps, float weightDecay)
        : base(learningRate)
    {
        Beta1 = Check.Fraction(beta1);
        Beta2 = Check.Fraction(beta2);
        Eps = Check.Positive(eps);
        WeightDecay = Check.NotNegative(weightDecay);
        // 0.999f is 0.99900001…, and 1 − 0.999f misses 0.001 by 1e-5 of itself: take the short decimal number that was meant, as PyTorch does.
        exactBeta1 = (double)(decimal)beta1;
        exactBeta2 = (double)(decimal)beta2;
    }

    /// <summary>How slowly the mean of the gradient forgets.</summary>
    public float Beta1 { get; }

    /// <summary>How slowly the mean of the squared gradient forgets.</summary>
    public float Beta2 { get; }

    /// <summary>Added to the root of the squared gradient's mean.</summary>
    public float Eps { get; }

    /// <summary>The penalty's factor.</summary>
    public float WeightDecay { get; }

    /// <inheritdoc/>
    protected sealed override int StateCount => 2;

    /// <summary>How much of a parameter is added to its gradient.</summary>
    private protected abstract float CoupledDecay { get; }

    /// <summary>How much of a parameter is left before the step.</summary>
    private protected abstract float Kept { get; }

    /// <inheritdoc/>
    protected sealed override void Prepare(int step)
    {
        stepSize = (float)(LearningRate / (1 - Math.Pow(exactBeta1, step)));
        rootOfCorrection = (float)Math.Sqrt(1 - Math.Pow(exactBeta2, step));
    }

    /// <inheritdoc/>
    protected sealed override void Update(in ParameterSlice slice)
    {
        var loop = new Loop
        {
            Values = ref MemoryMarshal.GetReference(slice.Values),
            Gradients = ref MemoryMarshal.GetReference(slice.Gradients),
            Means = ref MemoryMarshal.GetReference(slice.State(0)),
            Squares = ref MemoryMarshal.GetReference(slice.State(1)),
            Length = slice.Values.Length,
            CoupledDecay = CoupledDecay,
            Kept = Kept,
            ToMean = (float)(1 - exactBeta1),
            Beta2 = Beta2,
            ToSquare = (float)(1 - exactBeta2),
            // The correction of √v moved to the other side of the division: one multiplication less for each parameter.
            Eps = Eps * rootOfCorrection,
            Step = stepSize * rootOfCorrection,
        };
        LaneJob.RunWidest(ref loop);
    }

    private ref struct Loop : ILaneJob
    {
        public ref float Values;
        public ref float Gradients;
        public ref float Means;
        public ref float Squares;
        public int Length;
        public float CoupledDecay;
        public float Kept;
        public float ToMean;
        public float Beta2;
        public float ToSquare;
        public float Eps;
        public float Step;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run<T>() where T : struct, ILanes<T>
        {
            ref float values = ref Values;
            ref float gradients = ref Gradients;
            ref float means = ref Means;
            ref float squares = ref Squares;
            T decay = T.All(CoupledDecay), kept = T.All(Kept), eps = T.All(Eps), step = T.All(-Step);
            T toMean = T.All(ToMean), beta2 = T.All(Beta2), toSquare = T.All(ToSquare);
            for (nint i = 0; i < Length; i += T.Count)
            {
                T p = T.Load(ref values, i);
                T g = T.MultiplyAdd(decay, p, T.Load(ref gradients, i));
                T m = T.Load(ref means, i);
                m = T.MultiplyAdd(toMean, g - m, m);
                m.Store(ref means, i);
                T v = T.MultiplyAdd(toSquare * g, g, beta2 * T.Load(ref squares, i));
                v.Store(ref squares, i);
                T.MultiplyAdd(step, m / (T.Sqrt(v) + eps), kept * p).Store(ref values, i);
            }
        }
    }
}
