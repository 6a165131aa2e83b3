using System.Numerics.Tensors;
using NetGen.Engine;
using Turn = NetGen.Turns.Turn;

namespace NetGen;

/// <summary>
/// Trains a network, step by step or for whole epochs. One thread at a time may use it, and the network must not be used otherwise meanwhile.
/// The same seed, data and number of threads give the same bits.
/// </summary>
public sealed partial class Trainer : IDisposable
{
    private const ulong MaskStream = ulong.MaxValue - 1;
    private readonly NetworkState network;
    private readonly Executor executor;
    private readonly TrainerChecks checks;
    private readonly Turns turns;
    private AnswerBuffer answers;
    private ulong seed;
    private NumericsGuard? guard;

    /// <summary>A trainer for a network; <c>CreateTrainer</c> of a generated class makes one.</summary>
    /// <param name="network">The network's state.</param>
    /// <param name="optimizer">A new optimizer, or one that already trains this network.</param>
    /// <param name="loss">What to make small.</param>
    /// <param name="batch">Most samples of a step, at least 1.</param>
    /// <param name="threads">Workers, the caller included; 0: one for each processor.</param>
    /// <param name="outputs">Losses of further outputs (<see cref="OutputAttribute"/>): what is made small is their weighted sum with <paramref name="loss"/>. Left out, only the main output counts.</param>
    /// <exception cref="ArgumentException">
    /// The loss does not go with the network's last layer, or has weights for another number of outputs; the message says what goes together. The same of a further output,
    /// or there is none of that name, it has two losses, or another number of values than the main one, whose labels or targets train it.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The batch is below 1, or so large that no array holds what is computed for it, or the number of threads is negative or above
    /// <see cref="WorkerPool.MaxThreads"/>.
    /// </exception>
    /// <exception cref="InvalidOperationException">All parameters are frozen, or the optimizer has the state of another network.</exception>
    /// <exception cref="InsufficientMemoryException">The system starts no more threads.</exception>
    public Trainer(NetworkState network, Optimizer optimizer, Loss loss, int batch, int threads = WorkerPool.DefaultThreads, IReadOnlyList<OutputLoss>? outputs = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(optimizer);
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        WorkerPool.CheckThreads(threads);
        if (network.Definition.TrainableFloats == 0 && network.Definition.Parameters.Any(parameter => parameter.IsFrozen))
            throw new InvalidOperationException($"{network.Definition.Name} has nothing to train: all its layers with parameters are frozen. Leave one of them without Frozen.");
        new DataChecks($"{network.Definition.Name}'s trainer", network.Definition, loss).GoTogether(nameof(loss));
        FurtherLosses further = outputs is null or [] ? FurtherLosses.None : new($"{network.Definition.Name}'s trainer", network.Definition, loss, outputs);
        BatchMemory.CheckTrainer(network.Definition, batch);
        optimizer.CheckFree(network);
        this.network = network;
        Optimizer = optimizer;
        Loss = loss;
        BatchSize = batch;
        checks = new TrainerChecks(network, loss, batch, further);
        Outputs = outputs is null ? [] : [.. outputs];
        seed = network.Seed;
        answers = new AnswerBuffer(loss, batch, checks.TargetSize);
        var cpu = new CpuExecutor(network, batch, threads, keepsActivations: false, further);
        executor = cpu;
        Threads = cpu.Threads;
        turns = new Turns(this, () => $"{Name} is already in a step, on another thread or further up on this one; one at a time.", executor.Dispose);
        try
        {
            // Last, so that a trainer that cannot be made leaves the optimizer to other networks.
            optimizer.Bind(network);
        }
        catch
        {
            executor.Dispose();
            throw;
        }
    }

    /// <summary>What changes the parameters.</summary>
    public Optimizer Optimizer { get; }

    /// <summary>What is made small, of the main output.</summary>
    public Loss Loss { get; }

    /// <summary>What is made small of further outputs. All losses that the trainer tells are the weighted sum; accuracies are the main output's.</summary>
    public IReadOnlyList<OutputLoss> Outputs { get; }

    /// <summary>Most samples of a step that are computed at a time.</summary>
    public int BatchSize { get; }

    /// <summary>
    /// How many batches a step takes, at least 1: it then takes up to <see cref="BatchSize"/> times as many samples, computes <see cref="BatchSize"/> of them at a
    /// time, in the memory for as many, and updates once by the gradient of their common mean, weights of samples and classes included: what is known as
    /// gradient accumulation. Batch normalisation uses the statistics of each part. <see cref="Fit"/> draws batches of as many.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is below 1, or as many samples are too many for an array.</exception>
    /// <exception cref="InvalidOperationException">A step or a run is under way.</exception>
    /// <exception cref="ObjectDisposedException">The trainer is disposed.</exception>
    public int AccumulationSteps
    {
        get => checks.Steps;
        set
        {
            BatchMemory.CheckSteps(network.Definition, BatchSize, value);
            using Turn turn = TakeTurn();
            if (runs > 0)
                throw new InvalidOperationException($"{Name} is in a run, whose batches have been made; set {nameof(AccumulationSteps)} before Fit.");
            answers = new AnswerBuffer(Loss, BatchSize * value, checks.TargetSize);
            checks.Steps = value;
        }
    }

    /// <summary>Workers, the caller included.</summary>
    public int Threads { get; }

    /// <summary>
    /// Whether a step whose loss, gradients or parameters are not all finite ends with a <see cref="NumericsException"/>, which names the layer or the parameter where the first such
    /// number has appeared: PyTorch's <c>set_detect_anomaly</c>. Off at first, when it costs nothing; on, steps come to the same bits, take longer, and the one that fails much longer.
    /// </summary>
    /// <exception cref="InvalidOperationException">A step is under way.</exception>
    /// <exception cref="ObjectDisposedException">The trainer is disposed.</exception>
    public bool DetectAnomaly
    {
        get => guard is not null;
        set
        {
            using Turn turn = TakeTurn();
            guard = value ? new NumericsGuard(network, Name, BatchSize, Threads) : null;
        }
    }

    /// <summary>Steps this trainer has taken.</summary>
    public int StepCount { get; private set; }

    /// <summary>The epochs of the last <see cref="Fit"/>, also of one that was cancelled or is still under way; empty before the first.</summary>
    public History History { get; private set; } = new();

    /// <summary>Trains on one batch of classes, or of whole numbers as values where the loss compares with values. Allocates nothing.</summary>
    /// <param name="inputs">[n, input shape], contiguous; 1 ≤ n ≤ <see cref="BatchSize"/> times <see cref="AccumulationSteps"/>.</param>
    /// <param name="labels">
    /// n classes, each below the network's number of outputs; or, for a loss over values, [n, output shape], so that <c>Step(x, [1, 2])</c> means
    /// what it says whatever the loss.
    /// </param>
    /// <param name="weights">How much each of the n samples counts (<see cref="DataSet.WithWeights"/>); empty: all alike.</param>
    /// <returns>The mean loss of the n samples before the update; 0 where they count nothing together, and nothing is learnt.</returns>
    /// <exception cref="ArgumentException">
    /// A span has another length, a label is no class or a target that the loss does not take, a weight is negative or not finite, or there is one
    /// sample and a batch normalisation that gets a single value per channel of it. Nothing has changed.
    /// </exception>
    /// <exception cref="InvalidOperationException">Another thread is in a step.</exception>
    /// <exception cref="ObjectDisposedException">The trainer is disposed.</exception>
    public float Step(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels, ReadOnlySpan<float> weights = default)
    {
        using Turn turn = TakeTurn();
        int count = Loss.TakesLabels ? labels.Length : checks.CountOfTargets(labels.Length, nameof(labels));
        return TrainStep(new Batch(inputs, labels, [], weights, count), nameof(labels));
    }

    /// <inheritdoc cref="Step(ReadOnlySpan{float}, ReadOnlySpan{int}, ReadOnlySpan{float})"/>
    public float Step(ReadOnlySpan<float> inputs, ReadOnlySpan<byte> labels, ReadOnlySpan<float> weights = default)
    {
        using Turn turn = TakeTurn();
        int count = Loss.TakesLabels ? labels.Length : checks.CountOfTargets(labels.Length, nameof(labels));
        checks.Count(count, nameof(labels));
        if (!Loss.TakesLabels)
        {
            Span<float> values = answers.Targets(labels.Length);
            TensorPrimitives.ConvertChecked(labels, values);
            return TrainStep(new Batch(inputs, [], values, weights, count), nameof(labels));
        }
        Span<int> widened = answers.Labels(count);
        TensorPrimitives.ConvertChecked(labels, widened);
        return TrainStep(new Batch(inputs, widened, [], weights, count), nameof(labels));
    }

    /// <summary>Trains on one batch of a data set. Allocates nothing.</summary>
    /// <inheritdoc cref="Step(ReadOnlySpan{float}, ReadOnlySpan{int}, ReadOnlySpan{float})"/>
    public float Step(in Batch batch)
    {
        using Turn turn = TakeTurn();
        if (batch.Labels.IsEmpty)
            checks.TakesValues();
        return TrainStep(batch, nameof(batch));
    }

    /// <summary>Trains on one batch of values. Allocates nothing.</summary>
    /// <param name="inputs">[n, input shape], contiguous; 1 ≤ n ≤ <see cref="BatchSize"/> times <see cref="AccumulationSteps"/>.</param>
    /// <param name="targets">[n, output shape], contiguous: what the outputs should be.</param>
    /// <param name="weights">How much each of the n samples counts (<see cref="DataSet.WithWeights"/>); empty: all alike.</param>
    /// <returns>The mean loss of the n samples before the update; 0 where they count nothing together, and nothing is learnt.</returns>
    /// <exception cref="ArgumentException">
    /// A span has another length, the loss does not take a target, a weight is negative or not finite, or there is one sample and a batch
    /// normalisation that gets a single value per channel of it. Nothing has changed.
    /// </exception>
    /// <exception cref="InvalidOperationException">The loss compares with classes, or another thread is in a step.</exception>
    /// <exception cref="ObjectDisposedException">The trainer is disposed.</exception>
    public float Step(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, ReadOnlySpan<float> weights = default)
    {
        using Turn turn = TakeTurn();
        checks.TakesValues();
        return TrainStep(new Batch(inputs, [], targets, weights, checks.CountOfTargets(targets.Length, nameof(targets))), nameof(targets));
    }

    /// <summary>Measures the network on a data set by this trainer's loss, in evaluation mode; of an augmented set on the samples as they are.</summary>
    /// <param name="data">The samples, at least one.</param>
    /// <param name="cancellation">Looked at between batches.</param>
    /// <param name="metrics">What else is measured.</param>
    /// <exception cref="ArgumentNullException"><paramref name="data"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// The set is empty, its samples have another size, a label is no class, the loss does not take a target, or two metrics have one name.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// The loss compares with classes and the set has targets, or the other way round (but class labels are targets of a single output), or another
    /// thread is in a step.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The trainer is disposed.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public Evaluation Evaluate(DataSet data, CancellationToken cancellation = default, IReadOnlyList<Metric>? metrics = null)
    {
        turns.ThrowIfClosed();
        checks.Data(data, nameof(data));
        return Measured(data.Unchanged.Batches(BatchSize), new MetricSet(metrics, Definition, Loss), cancellation);
    }

    /// <summary>
    /// Ends the threads; the trainer cannot be used any more. Without it they end when the trainer is collected. A step under way, on another
    /// thread or the one that this is called in, goes on to its end, which this does not wait for; <see cref="Fit"/> and <see cref="Evaluate"/>
    /// then throw <see cref="ObjectDisposedException"/>.
    /// </summary>
    public void Dispose() => turns.Close();

    internal NetworkDefinition Definition => network.Definition;

    internal NetworkState Network => network;

    internal string Name => $"{network.Definition.Name}'s trainer";

    /// <summary>Checks all and takes a step. The caller has the turn.</summary>
    /// <param name="batch">The samples.</param>
    /// <param name="parameter">The parameter that gives what they should be.</param>
    private float TrainStep(in Batch batch, string parameter)
    {
        checks.Count(batch.Count, parameter);
        checks.Inputs(batch.Inputs, batch.Count, parameter);
        checks.Weights(batch.Weights, batch.Count);
        Batch own = answers.Own(batch);
        checks.AnswerCount(own, parameter);
        checks.Answers(own, parameter);
        var sum = new Measure(0);
        RunChecked(own, training: true, ref sum);
        return (float)sum.Last;
    }

    /// <summary>Runs a batch of a data set that has been checked as a whole. The caller has the turn.</summary>
    /// <returns>The batch as it was run: with labels of the trainer's own, valid until the next.</returns>
    private Batch Run(scoped in Batch batch, bool training, scoped ref Measure sum, scoped Span<float> outputs = default)
    {
        Batch own = answers.Own(batch);
        checks.AnswersAgain(own);
        RunChecked(own, training, ref sum, outputs);
        return own;
    }

    private void RunChecked(in Batch batch, bool training, ref Measure sum, Span<float> outputs = default)
    {
        double weight = Loss.TotalWeight(batch.Labels, batch.Weights, batch.Count, batch.Targets);
        float scale = weight > 0 ? (float)(1 / weight) : 0;
        LossTally tally = training ? Train(batch, scale) : executor.Evaluate(batch, Loss, outputs);
        executor.RethrowDisturbance();
        sum.Add(tally, weight, batch.Count);
    }

    /// <summary>Takes a step, which counts unless it fails.</summary>
    private LossTally Train(in Batch batch, float scale)
    {
        LossTally tally;
        Optimizer.BeginStep();
        try
        {
            var seeds = new MaskSeeds(new CounterRandom(seed, MaskStream), StepCount);
            tally = guard is null ? executor.Train(batch, Loss, scale, seeds, Optimizer) : guard.Train(executor, batch, Loss, scale, seeds, Optimizer);
        }
        catch
        {
            Optimizer.TakeBackStep();
            throw;
        }
        finally
        {
            Optimizer.EndStep();
        }
        StepCount++;
        // As PyTorch counts them: each part of a step goes through the layers by itself.
        network.CountBatches((batch.Count + BatchSize - 1) / BatchSize);
        return tally;
    }

    /// <summary>The right to run a step, until disposed.</summary>
    private Turn TakeTurn() => turns.Take();
}
