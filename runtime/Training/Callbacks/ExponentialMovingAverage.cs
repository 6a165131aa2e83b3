using System.Globalization;
using System.Runtime.CompilerServices;
using NetGen.Engine;

namespace NetGen;

/// <summary>
/// The exponential moving average of a network's parameters and running statistics, which often predicts better than the last ones: after each step
/// <c>average ← average + (1 − decay)·(value − average)</c>, the first time the values themselves. PyTorch's <c>AveragedModel</c> with
/// <c>get_ema_avg_fn(decay)</c>, running statistics included. One thread at a time may use it, and the network must not train meanwhile.
/// </summary>
/// <remarks>
/// As a callback it follows a run by itself, and checkpoints have it: <c>trainer.Fit(train, epochs: 30, callbacks: [average])</c>, then
/// <c>using (average.Swap()) net.Save(path);</c>
/// </remarks>
public sealed class ExponentialMovingAverage : Callback
{
    private const string Updates = "updates";
    private readonly NetworkState network;
    private readonly AlignedBuffer average;
    private IDisposable? validating;
    private bool isSwapped;

    /// <summary>An average of nothing yet.</summary>
    /// <param name="net">The network.</param>
    /// <param name="decay">How slowly it forgets, in [0, 1).</param>
    /// <exception cref="ArgumentNullException"><paramref name="net"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The decay lies outside [0, 1).</exception>
    public ExponentialMovingAverage(INetwork net, double decay = 0.999)
    {
        network = NetworkExtensions.State(net);
        Decay = Check.Fraction(decay);
        average = new AlignedBuffer(network.Definition.ParameterFloats);
    }

    /// <summary>How slowly it forgets.</summary>
    public double Decay { get; }

    /// <summary>Whether the validation set of a run is measured with the average in place of the last parameters.</summary>
    public bool UseForValidation { get; init; }

    /// <summary>How often <see cref="Update"/> has been called.</summary>
    public int UpdateCount { get; private set; }

    /// <summary>Takes in the parameters as they are now: to be called after each step. Allocates nothing.</summary>
    /// <exception cref="InvalidOperationException">The network has the average at present (<see cref="Swap"/>).</exception>
    public void Update()
    {
        if (isSwapped)
            throw new InvalidOperationException($"{network.Definition.Name} has its average at present, of which no average is taken; dispose of what Swap gave first.");
        var job = new Job
        {
            Averages = ref average.Start,
            Values = ref network.Values.Start,
            Length = average.Length,
            Fresh = UpdateCount == 0 ? 1 : (float)(1 - Decay),
        };
        LaneJob.RunWidest(ref job);
        UpdateCount++;
    }

    /// <summary>Exchanges the network's parameters for the average until the result is disposed, for predicting, measuring or saving in between.</summary>
    /// <exception cref="InvalidOperationException">There is no average yet, or it has been exchanged already.</exception>
    public IDisposable Swap()
    {
        if (isSwapped || UpdateCount == 0)
            throw new InvalidOperationException($"{network.Definition.Name}: {(isSwapped ? "the average is in the network already" : "there is no average before the first Update")}.");
        Exchange();
        return new Swapped(this);
    }

    /// <summary>Writes the average to another network of the same class, or to this one for good.</summary>
    /// <exception cref="ArgumentException">The other network is of another class.</exception>
    /// <exception cref="InvalidOperationException">There is no average yet, or the network has it at present.</exception>
    public void CopyTo(INetwork other)
    {
        NetworkState target = NetworkExtensions.State(other);
        if (target.Program.GetType() != network.Program.GetType() || target.Definition.ParameterBytes != network.Definition.ParameterBytes)
            throw new ArgumentException($"The average is of {network.Definition.Name}, and a {target.Definition.Name} is given.", nameof(other));
        if (isSwapped || UpdateCount == 0)
            throw new InvalidOperationException($"{network.Definition.Name}: {(isSwapped ? "the average is in the network at present" : "there is no average before the first Update")}.");
        target.MoveVersion();
        average.Span.CopyTo(target.Values.Span);
        target.MoveVersion();
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The average is of another network than the one that is trained.</exception>
    protected internal override void OnTrainBegin(TrainingRun run)
    {
        if (run.Network != network)
            throw new InvalidOperationException($"{nameof(ExponentialMovingAverage)} is of another network than the {run.Network.Definition.Name} that is trained.");
    }

    /// <inheritdoc/>
    protected internal override void OnStepEnd(TrainingRun run) => Update();

    /// <inheritdoc/>
    protected internal override void OnValidationBegin(TrainingRun run)
    {
        if (UseForValidation && UpdateCount > 0)
            validating = Swap();
    }

    /// <inheritdoc/>
    protected internal override void OnValidationEnd(TrainingRun run)
    {
        validating?.Dispose();
        validating = null;
    }

    /// <inheritdoc/>
    protected internal override void SaveState(TrainingRun run, CallbackState state)
    {
        if (UpdateCount == 0)
            return;
        state.Set(Updates, UpdateCount.ToString(CultureInfo.InvariantCulture));
        state.Set(network, average);
    }

    /// <inheritdoc/>
    protected internal override void LoadState(TrainingRun run, CallbackState state)
    {
        if (int.TryParse(state.Text(Updates), CultureInfo.InvariantCulture, out int updates) && state.TryGet(network, average))
            UpdateCount = updates;
    }

    private void Exchange()
    {
        network.MoveVersion();
        Span<float> values = network.Values.Span[..average.Length], averages = average.Span;
        for (var i = 0; i < averages.Length; i++)
            (values[i], averages[i]) = (averages[i], values[i]);
        network.MoveVersion();
        isSwapped = !isSwapped;
    }

    private sealed class Swapped(ExponentialMovingAverage owner) : IDisposable
    {
        private bool isDisposed;

        public void Dispose()
        {
            if (!isDisposed)
                owner.Exchange();
            isDisposed = true;
        }
    }

    private ref struct Job : ILaneJob
    {
        public ref float Averages;
        public ref float Values;
        public int Length;
        public float Fresh;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run<T>() where T : struct, ILanes<T>
        {
            T fresh = T.All(Fresh);
            nint whole = Length / T.Count * T.Count;
            for (nint i = 0; i < whole; i += T.Count)
            {
                T old = T.Load(ref Averages, i);
                T.MultiplyAdd(fresh, T.Load(ref Values, i) - old, old).Store(ref Averages, i);
            }
            for (nint i = whole; i < Length; i++)
                Unsafe.Add(ref Averages, i) += Fresh * (Unsafe.Add(ref Values, i) - Unsafe.Add(ref Averages, i));
        }
    }
}
