using System.Runtime.CompilerServices;
using NetGen.Engine;

namespace NetGen;

/// <summary>
/// RMSprop (Tieleman and Hinton, 2012, lecture 6.5 of "Neural networks for machine learning") in PyTorch's form (<c>torch.optim.RMSprop</c>). With g the
/// gradient plus weightDecay·p: <c>v ← α·v + (1 − α)·g²</c>, then <c>p ← p − rate·g/(√v + ε)</c>. With momentum that quotient goes into
/// <c>b ← momentum·b + g/(√v + ε)</c>, and <c>p ← p − rate·b</c>; centered, the mean of the gradient is taken off: <c>√(v − m²)</c>.
/// </summary>
/// <param name="learningRate">At least 0.</param>
/// <param name="alpha">How slowly the mean of the squared gradient forgets, in [0, 1).</param>
/// <param name="eps">Added to the root, above 0.</param>
/// <param name="weightDecay">The L2 penalty's factor, at least 0.</param>
/// <param name="momentum">How much of the last step's direction is kept, at least 0.</param>
/// <param name="centered">Whether the gradient's variance counts in place of its square (Graves, 2013, arXiv:1308.0850).</param>
/// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
public sealed class RMSprop(
    double learningRate = 1e-2, double alpha = 0.99, double eps = 1e-8, double weightDecay = 0, double momentum = 0, bool centered = false)
    : Optimizer(learningRate)
{
    /// <summary>How slowly the mean of the squared gradient forgets.</summary>
    public double Alpha { get; } = Check.Fraction(alpha);

    /// <summary>Added to the root.</summary>
    public double Eps { get; } = Check.Positive(eps);

    /// <summary>The L2 penalty's factor.</summary>
    public double WeightDecay { get; } = Check.NotNegative(weightDecay);

    /// <summary>How much of the last step's direction is kept.</summary>
    public double Momentum { get; } = Check.NotNegative(momentum);

    /// <summary>Whether the gradient's variance counts in place of its square.</summary>
    public bool Centered { get; } = centered;

    internal override OptimizerDescription Formula =>
        new(OptimizerKind.RMSprop, WeightDecay) { Alpha = Alpha, Eps = Eps, Momentum = Momentum, Centered = Centered };

    /// <inheritdoc/>
    protected override int StateCount => Centered ? 3 : Momentum == 0 ? 1 : 2;

    /// <inheritdoc/>
    protected override void Update(in ParameterSlice slice)
    {
        var job = new Job
        {
            Slice = slice,
            Rate = (float)(LearningRate * slice.LearningRateFactor),
            Decay = (float)(slice.WeightDecay ?? WeightDecay),
            Alpha = (float)Alpha,
            Fresh = (float)(1 - Alpha),
            Eps = (float)Eps,
            Momentum = (float)Momentum,
            IsCentered = Centered,
        };
        LaneJob.RunWidest(ref job);
    }

    private ref struct Job : ILaneJob
    {
        public ParameterSlice Slice;
        public float Rate;
        public float Decay;
        public float Alpha;
        public float Fresh;
        public float Eps;
        public float Momentum;
        public bool IsCentered;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run<T>() where T : struct, ILanes<T>
        {
            T descent = T.All(-Rate), decay = T.All(Decay), alpha = T.All(Alpha), fresh = T.All(Fresh), eps = T.All(Eps), momentum = T.All(Momentum);
            if (IsCentered)
                UpdateLoop.Run<T, OfVariance<T>>(Slice, new(descent, decay, alpha, fresh, eps, momentum));
            else if (Momentum != 0)
                UpdateLoop.Run<T, WithMomentum<T>>(Slice, new(descent, decay, alpha, fresh, eps, momentum));
            else
                UpdateLoop.Run<T, Plain<T>>(Slice, new(descent, decay, alpha, fresh, eps));
        }
    }

    private readonly struct Plain<T>(T descent, T decay, T alpha, T fresh, T eps) : IUpdateFormula<T> where T : struct, ILanes<T>
    {
        public static int StateCount => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Update(T value, T gradient, ref T first, ref T second, ref T third)
        {
            T g = T.MultiplyAdd(decay, value, gradient);
            first = T.MultiplyAdd(fresh * g, g, alpha * first);
            return T.MultiplyAdd(descent, g / (T.Sqrt(first) + eps), value);
        }
    }

    private readonly struct WithMomentum<T>(T descent, T decay, T alpha, T fresh, T eps, T momentum) : IUpdateFormula<T> where T : struct, ILanes<T>
    {
        public static int StateCount => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Update(T value, T gradient, ref T first, ref T second, ref T third)
        {
            T g = T.MultiplyAdd(decay, value, gradient);
            first = T.MultiplyAdd(fresh * g, g, alpha * first);
            second = T.MultiplyAdd(momentum, second, g / (T.Sqrt(first) + eps));
            return T.MultiplyAdd(descent, second, value);
        }
    }

    /// <summary>The square in the first state, the mean in the second and the momentum in the third, also where there is none.</summary>
    private readonly struct OfVariance<T>(T descent, T decay, T alpha, T fresh, T eps, T momentum) : IUpdateFormula<T> where T : struct, ILanes<T>
    {
        public static int StateCount => 3;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Update(T value, T gradient, ref T first, ref T second, ref T third)
        {
            T g = T.MultiplyAdd(decay, value, gradient), zero = T.All(0);
            first = T.MultiplyAdd(fresh * g, g, alpha * first);
            second = T.MultiplyAdd(fresh, g - second, second);
            // Rounding may leave less than nothing, of which PyTorch's root is not-a-number.
            T variance = T.AtLeast(zero, T.MultiplyAdd(zero - second, second, first));
            third = T.MultiplyAdd(momentum, third, g / (T.Sqrt(variance) + eps));
            return T.MultiplyAdd(descent, third, value);
        }
    }
}
