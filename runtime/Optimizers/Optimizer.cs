using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using NetGen.Engine;

namespace NetGen;

/// <summary>
/// Changes a network's parameters by their gradients. An optimizer carries the state of one network (momentum and the like), so every network
/// needs its own.
/// </summary>
/// <remarks>
/// To write another one, derive, say how many floats of state a parameter needs, and compute <see cref="Update"/> element by element: several
/// workers call it at the same time on different slices of one network.
/// </remarks>
public abstract class Optimizer
{
    // Gradients of several workers are added up a piece at a time, so that the update finds the sums in the first-level cache.
    private const int Piece = 1024;
    private readonly double? clipNorm;
    private readonly double? clipValue;
    private readonly IReadOnlyList<ParameterGroup> groups = [];
    private double learningRate;
    private OptimizerMemory? bound;

    /// <summary>An optimizer with this learning rate.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The rate is negative or not finite.</exception>
    protected Optimizer(double learningRate) => LearningRate = learningRate;

    /// <summary>The learning rate of the next step. A schedule sets it before each.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The rate is negative or not finite.</exception>
    public double LearningRate
    {
        get => learningRate;
        set => learningRate = Check.NotNegative(value, nameof(LearningRate));
    }

    /// <summary>Rules for some of the parameters; empty: all are treated alike. Of a parameter that comes under several all count.</summary>
    /// <exception cref="ArgumentException">A rule is null.</exception>
    public IReadOnlyList<ParameterGroup> Groups
    {
        get => groups;
        init => groups = value is not null && !value.Contains(null!) ? [.. value] : throw new ArgumentException("A list of groups without null is expected.", nameof(Groups));
    }

    /// <summary>
    /// The largest norm of all gradients together, above 0; where they are longer, all are made shorter by the same factor. Null: as they are. PyTorch's
    /// <c>clip_grad_norm_</c> (Pascanu, Mikolov and Bengio, 2013, arXiv:1211.5063). <see cref="Parameter.Gradient"/> holds the shorter ones after the step.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not a finite number above 0.</exception>
    public double? ClipNorm
    {
        get => clipNorm;
        init => clipNorm = value is { } given ? Check.Positive(given, nameof(ClipNorm)) : null;
    }

    /// <summary>
    /// The largest absolute value of a gradient, above 0; others are made that. Null: as they are. PyTorch's <c>clip_grad_value_</c>. Comes before
    /// <see cref="ClipNorm"/> where both are given.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not a finite number above 0.</exception>
    public double? ClipValue
    {
        get => clipValue;
        init => clipValue = value is { } given ? Check.Positive(given, nameof(ClipValue)) : null;
    }

    /// <summary>The norm of all gradients in the last step, before <see cref="ClipNorm"/>; null without that, and before the first step.</summary>
    public double? GradientNorm { get; private set; }

    /// <summary>Steps taken.</summary>
    public int StepCount { get; private set; }

    /// <summary>Floats of state for each parameter; constant.</summary>
    protected abstract int StateCount { get; }

    /// <summary>It as data; null for one of the user's own.</summary>
    internal OptimizerDescription? Description => Formula is { } formula ? formula with { ClipNorm = ClipNorm ?? 0, ClipValue = ClipValue ?? 0 } : null;

    /// <summary>Its formula and constants; null for one of the user's own.</summary>
    internal virtual OptimizerDescription? Formula => null;

    /// <summary>
    /// What messages call it: an optimizer of the library by its formula and constants but the learning rate, for example <c>SGD(momentum: 0.9)</c>, another
    /// by its class.
    /// </summary>
    public override string ToString() => Description?.ToString() ?? GetType().Name;

    /// <summary>Updates a network from its gradients, as the last backward pass left them: for training loops of one's own.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="net"/> is null.</exception>
    /// <exception cref="InvalidOperationException">This optimizer already has the state of another network, or a group is for a parameter that this one does not have.</exception>
    public void Step(INetwork net)
    {
        ArgumentNullException.ThrowIfNull(net);
        // Asked once: an implementation of one's own may answer otherwise the next time.
        NetworkState state = net.State;
        if (state is null)
            throw new ArgumentException($"{net.GetType().Name} has no state: its INetwork.State is null.", nameof(net));
        Bind(state);
        BeginStep();
        try
        {
            Apply(Team.Alone, ref Unsafe.NullRef<float>(), 0, 0);
        }
        catch
        {
            TakeBackStep();
            throw;
        }
        finally
        {
            EndStep();
        }
    }

    /// <summary>Called once before the slices of a step, on one thread: the place for what is the same for all parameters.</summary>
    /// <param name="step">This step's number, from 1.</param>
    protected virtual void Prepare(int step)
    {
    }

    /// <summary>Updates one slice. Called on several threads at a time, each with another slice.</summary>
    protected abstract void Update(in ParameterSlice slice);

    /// <summary>Makes the state for a network, once and for all; where it throws, the optimizer is as it was.</summary>
    /// <exception cref="InvalidOperationException">
    /// This optimizer has the state of another network, counts less than no state, or a group is for a parameter that the network does not have.
    /// </exception>
    internal void Bind(NetworkState target)
    {
        // Once there is one it stays: between two looks another thread may have made it, for another network.
        if (bound is not null)
        {
            CheckFree(target);
            return;
        }
        int count = StateCount;
        if (count < 0)
            throw new InvalidOperationException($"{GetType().Name}.StateCount must be at least 0, and is {count}.");
        ImmutableArray<ParameterSegment> segments = ParameterSegment.Of(target, Groups, Matrices);
        int floats = target.Definition.TrainableFloats;
        var made = new OptimizerMemory(
            target, new AlignedBuffer((long)count * floats).Commit(), count, segments, new double[ClipNorm is null ? 0 : (floats + Piece - 1) / Piece]);
        MakeRoom(made);
        if (Interlocked.CompareExchange(ref bound, made, null) is not null)
            CheckFree(target);
    }

    /// <summary>Refuses a network other than the one that this optimizer has the state of.</summary>
    internal void CheckFree(NetworkState target)
    {
        if (bound is { } memory && memory.Network != target)
        {
            throw new InvalidOperationException(
                $"This {GetType().Name} already trains another network ({memory.Network.Definition.Name}) and holds its state: make one optimizer for each network.");
        }
    }

    /// <summary>What it holds for its network.</summary>
    internal OptimizerMemory Memory => bound!;

    /// <summary>Goes on where another left off, whose state has been put into <see cref="Memory"/>.</summary>
    internal void Restore(int steps, double rate) => (StepCount, LearningRate) = (steps, rate);

    /// <summary>Counts the step and prepares it; then every part of the parameters is applied once.</summary>
    internal void BeginStep()
    {
        bound!.Network.MoveVersion();
        StepCount++;
        try
        {
            Prepare(StepCount);
        }
        catch
        {
            TakeBackStep();
            throw;
        }
    }

    /// <summary>All that the step writes has been written, or as much as there was until it failed.</summary>
    internal void EndStep() => bound!.Network.MoveVersion();

    /// <summary>A step that has failed does not count.</summary>
    internal void TakeBackStep() => StepCount--;

    /// <summary>
    /// Updates all parameters, each worker of a team its share. First the private gradients of other workers are added to the network's, always in
    /// the same order: <paramref name="others"/> is the first one's buffer and each next one lies <paramref name="stride"/> floats further.
    /// </summary>
    internal void Apply(in Team team, ref float others, int count, int stride)
    {
        OptimizerMemory memory = bound!;
        bool clipsNorm = ClipNorm is not null;
        // Sums of squares are those of whole pieces, whoever adds them up.
        team.Share(memory.Floats, clipsNorm ? Piece : SampleBlock.Size, out int from, out int to);
        float factor = 1;
        if (clipsNorm)
        {
            for (int at = from; at < to; at += Piece)
                memory.Squares[at / Piece] = Collect(memory, at, Math.Min(Piece, to - at), ref others, count, stride);
            team.Wait();
            factor = FactorOfNorm(memory, team.Worker);
            count = 0;
        }
        bool isChanged = count > 0 || ClipValue is not null || factor != 1;
        int length = isChanged ? Piece : to - from;
        for (int at = from; at < to; at += length)
        {
            length = Math.Min(length, to - at);
            if (!clipsNorm && isChanged)
                Collect(memory, at, length, ref others, count, stride);
            else if (factor != 1)
                GradientClip.Scale(ref Unsafe.Add(ref memory.Network.Gradients.Start, at), length, factor);
            UpdateRange(memory, at, at + length);
        }
        Complete(team, memory);
    }

    /// <summary>Which parameters are updated as whole matrices, by <see cref="Complete"/>; null: none.</summary>
    private protected virtual Func<Parameter, bool>? Matrices => null;

    /// <summary>Makes what else the optimizer needs for a network.</summary>
    private protected virtual void MakeRoom(OptimizerMemory memory)
    {
    }

    /// <summary>Does what needs more than slices, when all of those of this worker are updated.</summary>
    private protected virtual void Complete(in Team team, OptimizerMemory memory)
    {
    }

    /// <summary>Updates the parameters [from, to), segment by segment.</summary>
    private void UpdateRange(OptimizerMemory memory, int from, int to)
    {
        ref float values = ref memory.Network.Values.Start;
        ref float gradients = ref memory.Network.Gradients.Start;
        for (int index = memory.SegmentOf(from); from < to; index++)
        {
            ParameterSegment segment = memory.Segments[index];
            int length = Math.Min(segment.To, to) - from;
            Update(new ParameterSlice(
                ref Unsafe.Add(ref values, from), ref Unsafe.Add(ref gradients, from), ref Unsafe.Add(ref memory.State.Start, from), memory.Floats, memory.StateCount, length, segment));
            from += length;
        }
    }

    /// <summary>Adds up a piece of the gradients and limits their values.</summary>
    /// <returns>The sum of their squares, where it is asked for or values are limited.</returns>
    private double Collect(OptimizerMemory memory, int at, int length, ref float others, int count, int stride)
    {
        ref float sums = ref Unsafe.Add(ref memory.Network.Gradients.Start, at);
        if (count > 0)
            GradientSum.Add(ref sums, ref Unsafe.Add(ref others, at), count, stride, length);
        return ClipValue is null && ClipNorm is null ? 0 : GradientClip.Limit(ref sums, length, ClipValue);
    }

    /// <summary>What all gradients are multiplied by. PyTorch adds the millionth too.</summary>
    private float FactorOfNorm(OptimizerMemory memory, int worker)
    {
        double sum = 0;
        foreach (double squares in memory.Squares)
            sum += squares;
        double norm = Math.Sqrt(sum);
        if (worker == 0)
            GradientNorm = norm;
        return (float)Math.Min(1, ClipNorm!.Value / (norm + 1e-6));
    }
}
