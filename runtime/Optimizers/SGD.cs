using System.Runtime.CompilerServices;
using NetGen.Engine;

namespace NetGen;

/// <summary>
/// Stochastic gradient descent with momentum, in PyTorch's form (<c>torch.optim.SGD</c>). With g the gradient plus weightDecay·p:
/// <c>b ← momentum·b + (1 − dampening)·g</c> (the first step: <c>b ← g</c>), then <c>p ← p − rate·b</c>, or with Nesterov's momentum
/// <c>p ← p − rate·(g + momentum·b)</c>. Without momentum <c>p ← p − rate·g</c>.
/// </summary>
public sealed class SGD : Optimizer
{
    private float dampeningNow;

    /// <summary>Takes PyTorch's arguments.</summary>
    /// <param name="learningRate">At least 0.</param>
    /// <param name="momentum">How much of the last step's direction is kept, at least 0.</param>
    /// <param name="weightDecay">The L2 penalty's factor, at least 0.</param>
    /// <param name="nesterov">Looks ahead along the momentum (Sutskever et al., 2013); needs momentum and no dampening.</param>
    /// <param name="dampening">How much of the gradient is left out of the momentum.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    /// <exception cref="ArgumentException">Nesterov's momentum without momentum or with dampening.</exception>
    public SGD(double learningRate = 1e-3, double momentum = 0, double weightDecay = 0, bool nesterov = false, double dampening = 0)
        : base(learningRate)
    {
        Momentum = Check.NotNegative(momentum);
        WeightDecay = Check.NotNegative(weightDecay);
        Dampening = float.IsFinite((float)dampening) ? dampening : throw new ArgumentOutOfRangeException(nameof(dampening), dampening, "dampening must be finite.");
        Nesterov = nesterov;
        if (nesterov && (momentum == 0 || dampening != 0))
            throw new ArgumentException($"Nesterov's momentum needs momentum above 0 and dampening 0, given {momentum} and {dampening}.", nameof(nesterov));
    }

    /// <summary>How much of the last step's direction is kept.</summary>
    public double Momentum { get; }

    /// <summary>How much of the gradient is left out of the momentum.</summary>
    public double Dampening { get; }

    /// <summary>The L2 penalty's factor.</summary>
    public double WeightDecay { get; }

    /// <summary>Whether it looks ahead along the momentum.</summary>
    public bool Nesterov { get; }

    internal override OptimizerDescription Formula =>
        new(OptimizerKind.SGD, WeightDecay) { Momentum = Momentum, Dampening = Dampening, Nesterov = Nesterov };

    /// <inheritdoc/>
    protected override int StateCount => Momentum == 0 ? 0 : 1;

    /// <inheritdoc/>
    protected override void Prepare(int step) => dampeningNow = step == 1 ? 0 : (float)Dampening;

    /// <inheritdoc/>
    protected override void Update(in ParameterSlice slice)
    {
        var job = new Job
        {
            Slice = slice,
            Rate = (float)(LearningRate * slice.LearningRateFactor),
            Decay = (float)(slice.WeightDecay ?? WeightDecay),
            HasMomentum = Momentum != 0,
            Momentum = (float)Momentum,
            Fresh = 1 - dampeningNow,
            IsNesterov = Nesterov,
        };
        LaneJob.RunWidest(ref job);
    }

    private ref struct Job : ILaneJob
    {
        public ParameterSlice Slice;
        public float Rate;
        public float Decay;
        public bool HasMomentum;
        public float Momentum;
        public float Fresh;
        public bool IsNesterov;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run<T>() where T : struct, ILanes<T>
        {
            if (!HasMomentum)
            {
                UpdateLoop.Run<T, Plain<T>>(Slice, new(T.All(-Rate), T.All(Decay)));
                return;
            }
            // p -= rate·(nesterov ? g + momentum·b : b), as one expression.
            float ofGradient = IsNesterov ? -Rate : 0, ofDirection = IsNesterov ? -Rate * Momentum : -Rate;
            UpdateLoop.Run<T, WithMomentum<T>>(Slice, new(T.All(Decay), T.All(Momentum), T.All(Fresh), T.All(ofGradient), T.All(ofDirection)));
        }
    }

    private readonly struct Plain<T>(T descent, T decay) : IUpdateFormula<T> where T : struct, ILanes<T>
    {
        public static int StateCount => 0;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Update(T value, T gradient, ref T first, ref T second, ref T third) => T.MultiplyAdd(descent, T.MultiplyAdd(decay, value, gradient), value);
    }

    private readonly struct WithMomentum<T>(T decay, T momentum, T fresh, T ofGradient, T ofDirection) : IUpdateFormula<T> where T : struct, ILanes<T>
    {
        public static int StateCount => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Update(T value, T gradient, ref T first, ref T second, ref T third)
        {
            T g = T.MultiplyAdd(decay, value, gradient);
            first = T.MultiplyAdd(momentum, first, fresh * g);
            return T.MultiplyAdd(ofDirection, first, T.MultiplyAdd(ofGradient, g, value));
        }
    }
}
