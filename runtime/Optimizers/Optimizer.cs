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
    private NetworkState? network;
    private AlignedBuffer? state;
    private int stateCount;

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

    /// <summary>Updates a network from its gradients, as the last backward pass left them: for training loops of one's own.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="net"/> is null.</exception>
    /// <exception cref="InvalidOperationException">This optimizer already has the state of another network.</exception>
    public void Step(INetwork net)
    {
        ArgumentNullException.ThrowIfNull(net);
        Bind(net.State);
        BeginStep();
        ApplyTo(0, net.State.Definition.TrainableFloats, ref Unsafe.NullRef<float>(), 0, 0);
    }

    /// <summary>Called once before the slices of a step, on one thread: the place for what is the same for all parameters.</summary>
    /// <param name="step">This step's number, from 1.</param>
    protected virtual void Prepare(int step)
    {
    }

    /// <summary>Updates one slice. Called on several threads at a time, each with another slice.</summary>
    protected abstract void Update(in ParameterSlice slice);

    /// <summary>Makes the state for a network.</summary>
    internal void Bind(NetworkState target)
    {
        if (network == target)
            return;
        if (network is not null)
        {
            throw new InvalidOperationException(
                $"This {GetType().Name} already trains another network ({network.Definition.Name}) and holds its state: make one optimizer for each network.");
        }
        stateCount = StateCount;
        state = new AlignedBuffer((nint)stateCount * target.Definition.TrainableFloats);
        network = target;
    }

    /// <summary>Counts the step and prepares it; then every part of the parameters is applied once.</summary>
    internal void BeginStep()
    {
        network!.Updates++;
        Prepare(++StepCount);
    }

    /// <summary>Takes back the count of a step that did not come to its end.</summary>
    internal void AbandonStep() => StepCount--;

    /// <summary>
    /// Updates the parameters [from, to), multiples of 16. First the private gradients of other workers are added to the network's, always in
    /// the same order: <paramref name="others"/> is the first one's buffer and each next one lies <paramref name="step"/> floats further.
    /// </summary>
    internal void ApplyTo(int from, int to, ref float others, int count, int step)
    {
        ref float values = ref network!.Values.Start;
        ref float gradients = ref network.Gradients.Start;
        int length = count == 0 ? to - from : Piece;
        for (int at = from; at < to; at += length)
        {
            length = Math.Min(length, to - at);
            ref float sums = ref Unsafe.Add(ref gradients, at);
            if (count > 0)
                GradientSum.Add(ref sums, ref Unsafe.Add(ref others, at), count, step, length);
            Update(new ParameterSlice(
                ref Unsafe.Add(ref values, at), ref sums, ref Unsafe.Add(ref state!.Start, at), network.Definition.TrainableFloats, stateCount, length));
        }
    }
}
