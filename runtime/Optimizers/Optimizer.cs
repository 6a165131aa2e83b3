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
    private double learningRate;
    private Binding? bound;

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

    /// <summary>Steps taken.</summary>
    public int StepCount { get; private set; }

    /// <summary>Floats of state for each parameter; constant.</summary>
    protected abstract int StateCount { get; }

    /// <summary>It as data; null for one of the user's own.</summary>
    internal virtual OptimizerDescription? Description => null;

    /// <summary>
    /// What messages call it: an optimizer of the library by its formula and constants but the learning rate, for example <c>SGD(momentum: 0.9)</c>, another
    /// by its class.
    /// </summary>
    public override string ToString() => Description?.ToString() ?? GetType().Name;

    /// <summary>Updates a network from its gradients, as the last backward pass left them: for training loops of one's own.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="net"/> is null.</exception>
    /// <exception cref="InvalidOperationException">This optimizer already has the state of another network.</exception>
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
            ApplyTo(0, state.Definition.TrainableFloats, ref Unsafe.NullRef<float>(), 0, 0);
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
    /// <exception cref="InvalidOperationException">This optimizer has the state of another network, or counts less than no state.</exception>
    internal void Bind(NetworkState target)
    {
        CheckFree(target);
        if (bound is not null)
            return;
        int count = StateCount;
        if (count < 0)
            throw new InvalidOperationException($"{GetType().Name}.StateCount must be at least 0, and is {count}.");
        var made = new Binding(target, new AlignedBuffer((long)count * target.Definition.TrainableFloats).Commit(), count);
        if (Interlocked.CompareExchange(ref bound, made, null) is not null)
            CheckFree(target);
    }

    /// <summary>Refuses a network other than the one that this optimizer has the state of.</summary>
    internal void CheckFree(NetworkState target)
    {
        if (bound is { } binding && binding.Network != target)
        {
            throw new InvalidOperationException(
                $"This {GetType().Name} already trains another network ({binding.Network.Definition.Name}) and holds its state: make one optimizer for each network.");
        }
    }

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
    /// Updates the parameters [from, to), multiples of 16. First the private gradients of other workers are added to the network's, always in
    /// the same order: <paramref name="others"/> is the first one's buffer and each next one lies <paramref name="stride"/> floats further.
    /// </summary>
    internal void ApplyTo(int from, int to, ref float others, int count, int stride)
    {
        (NetworkState network, AlignedBuffer state, int stateCount) = bound!;
        ref float values = ref network.Values.Start;
        ref float gradients = ref network.Gradients.Start;
        int length = count == 0 ? to - from : Piece;
        for (int at = from; at < to; at += length)
        {
            length = Math.Min(length, to - at);
            ref float sums = ref Unsafe.Add(ref gradients, at);
            if (count > 0)
                GradientSum.Add(ref sums, ref Unsafe.Add(ref others, at), count, stride, length);
            Update(new ParameterSlice(
                ref Unsafe.Add(ref values, at), ref sums, ref Unsafe.Add(ref state.Start, at), network.Definition.TrainableFloats, stateCount, length));
        }
    }

    /// <param name="Network">What is trained.</param>
    /// <param name="State">The optimizer's own floats for each of its parameters.</param>
    /// <param name="StateCount">How many for each.</param>
    private sealed record Binding(NetworkState Network, AlignedBuffer State, int StateCount);
}
