using System.Runtime.CompilerServices;
using NetGen.Engine;

namespace NetGen;

/// <summary>
/// Muon (Jordan et al., 2024, kellerjordan.github.io/posts/muon) for matrices, in the form of Liu et al., 2025, arXiv:2502.16982, in which they share learning
/// rate and weight decay with AdamW, which updates everything else. With G the gradient of a matrix (of a convolution [out, in·height·width]):
/// <c>M ← momentum·M + (1 − momentum)·G</c>, <c>U = orthogonal(momentum·M + (1 − momentum)·G)</c>, or <c>orthogonal(M)</c> without Nesterov's look ahead, and
/// <c>W ← W·(1 − rate·weightDecay) − rate·0.2·√max(rows, columns)·U</c>. Orthogonal is the quintic Newton–Schulz iteration with coefficients 3.4445, −4.7750 and
/// 2.0315, in single precision. PyTorch's <c>torch.optim.Muon</c> with <c>adjust_lr_fn="match_rms_adamw"</c>.
/// </summary>
/// <remarks>The first layer's and the last layer's weights are often left to AdamW: <c>new Muon { Matrix = p => p.Shape.Rank > 1 &amp;&amp; p.Name != "linear2.weight" }</c></remarks>
public sealed class Muon : AdaptiveMoments
{
    private readonly Func<Parameter, bool> matrix = parameter => parameter.Shape.Rank > 1 && !parameter.IsBiasOrNorm;
    private Orthogonalization? orthogonal;

    /// <summary>Takes PyTorch's arguments for matrices, and those of AdamW for the rest.</summary>
    /// <param name="learningRate">At least 0.</param>
    /// <param name="momentum">How slowly the mean of a matrix's gradient forgets, in [0, 1).</param>
    /// <param name="weightDecay">How fast parameters shrink, at least 0.</param>
    /// <param name="nesterov">Whether matrices look ahead along the momentum.</param>
    /// <param name="iterations">Newton–Schulz iterations, from 1 to 100.</param>
    /// <param name="beta1">For the rest: how slowly the mean of the gradient forgets, in [0, 1).</param>
    /// <param name="beta2">For the rest: how slowly the mean of the squared gradient forgets, in [0, 1).</param>
    /// <param name="eps">For the rest: added to the root of the squared gradient's mean, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public Muon(
        double learningRate = 1e-3, double momentum = 0.95, double weightDecay = 0.1, bool nesterov = true, int iterations = 5, double beta1 = 0.9,
        double beta2 = 0.95, double eps = 1e-8)
        : base(learningRate, beta1, beta2, eps, weightDecay)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(iterations, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(iterations, 100);
        Momentum = Check.Fraction(momentum);
        Nesterov = nesterov;
        Iterations = iterations;
    }

    /// <summary>How slowly the mean of a matrix's gradient forgets.</summary>
    public double Momentum { get; }

    /// <summary>Whether matrices look ahead along the momentum.</summary>
    public bool Nesterov { get; }

    /// <summary>Newton–Schulz iterations.</summary>
    public int Iterations { get; }

    /// <summary>Which parameters are updated as matrices, of those of at least two dimensions: all but biases and those of normalisations, unless said otherwise.</summary>
    /// <exception cref="ArgumentNullException">It is null.</exception>
    public Func<Parameter, bool> Matrix
    {
        get => matrix;
        init
        {
            ArgumentNullException.ThrowIfNull(value, nameof(Matrix));
            matrix = value;
        }
    }

    internal override OptimizerDescription Formula => base.Formula with { Momentum = Momentum, Nesterov = Nesterov, Iterations = Iterations };

    private protected override OptimizerKind Kind => OptimizerKind.Muon;

    private protected override Func<Parameter, bool> Matrices => parameter => parameter.Shape.Rank > 1 && Matrix(parameter);

    /// <inheritdoc/>
    protected override void Update(in ParameterSlice slice)
    {
        if (!slice.IsMatrix)
        {
            base.Update(slice);
            return;
        }
        var job = new Collection { Slice = slice, ToMean = (float)(1 - Momentum), Ahead = Nesterov ? (float)(1 - Momentum) : 0 };
        LaneJob.RunWidest(ref job);
    }

    private protected override void MakeRoom(OptimizerMemory memory) => orthogonal = new Orthogonalization(memory, Iterations);

    /// <summary>What the slices have left in the second state becomes orthogonal, and then the step.</summary>
    private protected override void Complete(in Team team, OptimizerMemory memory)
    {
        team.Wait();
        orthogonal!.Run(team);
        team.Share(memory.Floats, SampleBlock.Size, out int from, out int to);
        for (int index = memory.SegmentOf(from); from < to; index++)
        {
            ParameterSegment segment = memory.Segments[index];
            int length = Math.Min(segment.To, to) - from;
            if (segment.IsMatrix)
            {
                double rate = LearningRate * segment.LearningRateFactor;
                var job = new Descent
                {
                    Values = ref Unsafe.Add(ref memory.Network.Values.Start, from),
                    Directions = ref Unsafe.Add(ref memory.State.Start, memory.Floats + from),
                    Length = length,
                    Shrinkage = (float)(rate * (segment.WeightDecay ?? WeightDecay)),
                    Rate = (float)rate,
                };
                LaneJob.RunWidest(ref job);
            }
            from += length;
        }
    }

    private ref struct Collection : ILaneJob
    {
        public ParameterSlice Slice;
        public float ToMean;
        public float Ahead;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run<T>() where T : struct, ILanes<T> => UpdateLoop.Run<T, OfMomentum<T>>(Slice, new(T.All(ToMean), T.All(Ahead)));
    }

    private readonly struct OfMomentum<T>(T toMean, T ahead) : IUpdateFormula<T> where T : struct, ILanes<T>
    {
        public static int StateCount => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Update(T value, T gradient, ref T first, ref T second, ref T third)
        {
            first = T.MultiplyAdd(toMean, gradient - first, first);
            second = T.MultiplyAdd(ahead, gradient - first, first);
            return value;
        }
    }

    private ref struct Descent : ILaneJob
    {
        public ref float Values;
        public ref float Directions;
        public int Length;
        public float Shrinkage;
        public float Rate;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run<T>() where T : struct, ILanes<T>
        {
            T shrinkage = T.All(-Shrinkage), descent = T.All(-Rate);
            for (nint i = 0; i < Length; i += T.Count)
            {
                T value = T.Load(ref Values, i);
                (value + T.MultiplyAdd(descent, T.Load(ref Directions, i), shrinkage * value)).Store(ref Values, i);
            }
        }
    }
}
