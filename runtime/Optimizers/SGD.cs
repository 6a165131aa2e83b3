using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
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

    internal override OptimizerDescription Description =>
        new(OptimizerKind.SGD, WeightDecay) { Momentum = Momentum, Dampening = Dampening, Nesterov = Nesterov };

    /// <inheritdoc/>
    protected override int StateCount => Momentum == 0 ? 0 : 1;

    /// <inheritdoc/>
    protected override void Prepare(int step) => dampeningNow = step == 1 ? 0 : (float)Dampening;

    /// <inheritdoc/>
    protected override void Update(in ParameterSlice slice)
    {
        ref float values = ref MemoryMarshal.GetReference(slice.Values);
        ref float gradients = ref MemoryMarshal.GetReference(slice.Gradients);
        if (Momentum == 0)
        {
            var plain = new Plain { Values = ref values, Gradients = ref gradients, Length = slice.Values.Length, Rate = (float)LearningRate, Decay = (float)WeightDecay };
            LaneJob.RunWidest(ref plain);
            return;
        }
        var loop = new WithMomentum
        {
            Values = ref values,
            Gradients = ref gradients,
            Directions = ref MemoryMarshal.GetReference(slice.State(0)),
            Length = slice.Values.Length,
            Rate = (float)LearningRate,
            Decay = (float)WeightDecay,
            Momentum = (float)Momentum,
            Fresh = 1 - dampeningNow,
            // p -= rate·(nesterov ? g + momentum·b : b), as one expression.
            OfGradient = Nesterov ? 1 : 0,
            OfDirection = Nesterov ? (float)Momentum : 1,
        };
        LaneJob.RunWidest(ref loop);
    }

    private ref struct Plain : ILaneJob
    {
        public ref float Values;
        public ref float Gradients;
        public int Length;
        public float Rate;
        public float Decay;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run<T>() where T : struct, ILanes<T>
        {
            ref float values = ref Values;
            ref float gradients = ref Gradients;
            T descent = T.All(-Rate), decay = T.All(Decay);
            for (nint i = 0; i < Length; i += T.Count)
            {
                T p = T.Load(ref values, i);
                T g = T.MultiplyAdd(decay, p, T.Load(ref gradients, i));
                T.MultiplyAdd(descent, g, p).Store(ref values, i);
            }
        }
    }

    private ref struct WithMomentum : ILaneJob
    {
        public ref float Values;
        public ref float Gradients;
        public ref float Directions;
        public int Length;
        public float Rate;
        public float Decay;
        public float Momentum;
        public float Fresh;
        public float OfGradient;
        public float OfDirection;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run<T>() where T : struct, ILanes<T>
        {
            ref float values = ref Values;
            ref float gradients = ref Gradients;
            ref float directions = ref Directions;
            T decay = T.All(Decay), momentum = T.All(Momentum), fresh = T.All(Fresh);
            T ofGradient = T.All(-Rate * OfGradient), ofDirection = T.All(-Rate * OfDirection);
            for (nint i = 0; i < Length; i += T.Count)
            {
                T p = T.Load(ref values, i);
                T g = T.MultiplyAdd(decay, p, T.Load(ref gradients, i));
                T b = T.MultiplyAdd(momentum, T.Load(ref directions, i), fresh * g);
                b.Store(ref directions, i);
                T.MultiplyAdd(ofDirection, b, T.MultiplyAdd(ofGradient, g, p)).Store(ref values, i);
            }
        }
    }
}
