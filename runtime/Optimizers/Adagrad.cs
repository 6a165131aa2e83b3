using System.Runtime.CompilerServices;
using NetGen.Engine;

namespace NetGen;

/// <summary>
/// Adagrad (Duchi, Hazan and Singer, 2011) in PyTorch's form (<c>torch.optim.Adagrad</c>). With g the gradient plus weightDecay·p: <c>s ← s + g²</c>, then
/// <c>p ← p − rate/(1 + (t − 1)·learningRateDecay) · g/(√s + ε)</c>.
/// </summary>
/// <param name="learningRate">At least 0.</param>
/// <param name="learningRateDecay">How fast the learning rate falls, at least 0. PyTorch's <c>lr_decay</c>.</param>
/// <param name="weightDecay">The L2 penalty's factor, at least 0.</param>
/// <param name="initialAccumulator">What the sum of squares begins with, at least 0. PyTorch's <c>initial_accumulator_value</c>.</param>
/// <param name="eps">Added to the root, above 0.</param>
/// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
public sealed class Adagrad(double learningRate = 1e-2, double learningRateDecay = 0, double weightDecay = 0, double initialAccumulator = 0, double eps = 1e-10)
    : Optimizer(learningRate)
{
    private double rateNow;

    /// <summary>How fast the learning rate falls.</summary>
    public double LearningRateDecay { get; } = Check.NotNegative(learningRateDecay);

    /// <summary>The L2 penalty's factor.</summary>
    public double WeightDecay { get; } = Check.NotNegative(weightDecay);

    /// <summary>What the sum of squares begins with.</summary>
    public double InitialAccumulator { get; } = Check.NotNegative(initialAccumulator);

    /// <summary>Added to the root.</summary>
    public double Eps { get; } = Check.Positive(eps);

    internal override OptimizerDescription Formula => new(OptimizerKind.Adagrad, WeightDecay)
    {
        LearningRateDecay = LearningRateDecay,
        InitialAccumulator = InitialAccumulator,
        Eps = Eps,
    };

    /// <inheritdoc/>
    protected override int StateCount => 1;

    /// <inheritdoc/>
    protected override void Prepare(int step) => rateNow = LearningRate / (1 + ((step - 1) * LearningRateDecay));

    /// <inheritdoc/>
    protected override void Update(in ParameterSlice slice)
    {
        var job = new Job
        {
            Slice = slice,
            Rate = (float)(rateNow * slice.LearningRateFactor),
            Decay = (float)(slice.WeightDecay ?? WeightDecay),
            Initial = (float)InitialAccumulator,
            Eps = (float)Eps,
        };
        LaneJob.RunWidest(ref job);
    }

    private ref struct Job : ILaneJob
    {
        public ParameterSlice Slice;
        public float Rate;
        public float Decay;
        public float Initial;
        public float Eps;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run<T>() where T : struct, ILanes<T> =>
            UpdateLoop.Run<T, OfSum<T>>(Slice, new(T.All(-Rate), T.All(Decay), T.All(Initial), T.All(Eps)));
    }

    private readonly struct OfSum<T>(T descent, T decay, T initial, T eps) : IUpdateFormula<T> where T : struct, ILanes<T>
    {
        public static int StateCount => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Update(T value, T gradient, ref T first, ref T second, ref T third)
        {
            T g = T.MultiplyAdd(decay, value, gradient);
            first = T.MultiplyAdd(g, g, first);
            return T.MultiplyAdd(descent, g / (T.Sqrt(first + initial) + eps), value);
        }
    }
}
