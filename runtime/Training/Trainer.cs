using System.Collections.Immutable;
using System.Diagnostics;
using System.Numerics.Tensors;
using NetGen.Engine;

namespace NetGen;

/// <summary>
/// Trains a network, step by step or for whole epochs. One thread at a time may use it, and the network must not be used otherwise meanwhile.
/// The same seed, data and number of threads give the same bits.
/// </summary>
public sealed class Trainer : IDisposable
{
    private const long ReportMilliseconds = 50;
    private readonly NetworkState network;
    private readonly WorkerPool pool;
    private readonly TrainingEngine engine;
    private readonly TrainerChecks checks;
    private readonly CounterRandom masks;
    private readonly int[] byteLabels;
    private int epochsOrdered;
    private bool disposed;
    private int running;

    /// <summary>A trainer for a network; <c>CreateTrainer</c> of a generated class makes one.</summary>
    /// <param name="network">The network's state.</param>
    /// <param name="optimizer">A new optimizer, or one that already trains this network.</param>
    /// <param name="loss">What to make small.</param>
    /// <param name="batch">Most samples of a step, at least 1.</param>
    /// <param name="threads">Workers, the caller included; 0: one for each processor.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The batch is below 1, or so large that no array holds what is computed for it, or the number of threads is negative.
    /// </exception>
    /// <exception cref="InvalidOperationException">The optimizer has the state of another network.</exception>
    public Trainer(NetworkState network, Optimizer optimizer, Loss loss, int batch, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(optimizer);
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        BatchMemory.CheckTrainer(network.Definition, batch);
        optimizer.Bind(network);
        this.network = network;
        Optimizer = optimizer;
        Loss = loss;
        BatchSize = batch;
        pool = new WorkerPool(threads);
        engine = TrainingEngine.Create(network, optimizer, loss, batch, pool);
        checks = new TrainerChecks(network, loss, batch);
        masks = new CounterRandom(network.Seed, ulong.MaxValue - 1);
        byteLabels = new int[batch];
    }

    /// <summary>What changes the parameters.</summary>
    public Optimizer Optimizer { get; }

    /// <summary>What is made small.</summary>
    public Loss Loss { get; }

    /// <summary>Most samples of a step.</summary>
    public int BatchSize { get; }

    /// <summary>Workers, the caller included.</summary>
    public int Threads => pool.Threads;

    /// <summary>Steps this trainer has taken.</summary>
    public int StepCount { get; private set; }

    /// <summary>Trains on one batch of classes. Allocates nothing.</summary>
    /// <param name="inputs">[n, input shape], contiguous; 1 ≤ n ≤ <see cref="BatchSize"/>.</param>
    /// <param name="labels">n classes, each below the network's number of outputs.</param>
    /// <returns>The mean loss of the n samples before the update.</returns>
    /// <exception cref="ArgumentException">
    /// A span has another length, a label is no class, or there is one sample and a batch normalisation that gets a single value per channel of
    /// it. Nothing has changed.
    /// </exception>
    /// <exception cref="InvalidOperationException">The loss compares with values, or another thread is in a step.</exception>
    /// <exception cref="ObjectDisposedException">The trainer is disposed.</exception>
    public float Step(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels)
    {
        using Turn turn = TakeTurn();
        return Mean(Train(inputs, labels), labels.Length);
    }

    /// <inheritdoc cref="Step(ReadOnlySpan{float}, ReadOnlySpan{int})"/>
    public float Step(ReadOnlySpan<float> inputs, ReadOnlySpan<byte> labels)
    {
        using Turn turn = TakeTurn();
        checks.Count(labels.Length, nameof(labels));
        Span<int> converted = byteLabels.AsSpan(0, labels.Length);
        TensorPrimitives.ConvertChecked(labels, converted);
        return Mean(Train(inputs, converted), labels.Length);
    }

    /// <summary>Trains on one batch of a data set. Allocates nothing.</summary>
    /// <inheritdoc cref="Step(ReadOnlySpan{float}, ReadOnlySpan{int})"/>
    public float Step(in Batch batch) => Step(batch.Inputs, batch.Labels);

    /// <summary>Trains on one batch of values. Allocates nothing.</summary>
    /// <param name="inputs">[n, input shape], contiguous; 1 ≤ n ≤ <see cref="BatchSize"/>.</param>
    /// <param name="targets">[n, output shape], contiguous: what the outputs should be.</param>
    /// <returns>The mean loss of the n samples before the update.</returns>
    /// <exception cref="ArgumentException">
    /// A span has another length, or there is one sample and a batch normalisation that gets a single value per channel of it. Nothing has changed.
    /// </exception>
    /// <exception cref="InvalidOperationException">The loss compares with classes, or another thread is in a step.</exception>
    /// <exception cref="ObjectDisposedException">The trainer is disposed.</exception>
    public float Step(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets)
    {
        using Turn turn = TakeTurn();
        checks.TakesValues();
        int count = checks.CountOfTargets(targets);
        checks.Count(count, nameof(targets));
        checks.Inputs(inputs, count, nameof(targets));
        return Mean(RunStep(inputs, [], targets, count), count);
    }

    /// <summary>Measures the network on a data set of class labels, in evaluation mode.</summary>
    /// <param name="data">The samples, at least one.</param>
    /// <param name="cancellation">Looked at between batches.</param>
    /// <exception cref="ArgumentNullException"><paramref name="data"/> is null.</exception>
    /// <exception cref="ArgumentException">The set is empty, its samples have another size, or a label is no class.</exception>
    /// <exception cref="InvalidOperationException">The loss compares with values, or another thread is in a step.</exception>
    /// <exception cref="ObjectDisposedException">The trainer is disposed.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public Evaluation Evaluate(DataSet data, CancellationToken cancellation = default)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        checks.Data(data, nameof(data));
        return Measure(data.Batches(BatchSize), cancellation);
    }

    /// <summary>
    /// Trains on a data set of class labels for some epochs, each in a new random order, and measures on another after each. Steps of less than
    /// a full batch, at the end of an epoch, count their own samples.
    /// </summary>
    /// <remarks>
    /// Calls without <paramref name="shuffle"/> go on where the trainer's last one ended: two of one epoch take the orders that one of two epochs
    /// takes. An epoch that was cancelled has used up its order. Epochs of <see cref="History"/> and schedules are numbered within a call.
    /// </remarks>
    /// <param name="train">The samples to learn from, at least one.</param>
    /// <param name="epochs">How many times to go through them, at least 1; <see cref="int.MaxValue"/> is until cancelled.</param>
    /// <param name="validation">The samples to measure on after each epoch.</param>
    /// <param name="schedule">The rate of each step; null leaves the optimizer's. The last rate stays in the optimizer.</param>
    /// <param name="shuffle">The seed of the orders, of which every call takes the first ones; null: the network's seed.</param>
    /// <param name="progress">Told some 20 times a second, and at the end of every epoch.</param>
    /// <param name="cancellation">Looked at between steps: the network is left as the last whole step made it.</param>
    /// <param name="dropLast">Leaves out a shorter last batch of each epoch: PyTorch's <c>drop_last</c>. Another order leaves out others.</param>
    /// <returns>What each epoch came to.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="train"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// A set is empty, its samples have another size, a label is no class, <paramref name="dropLast"/> leaves no batch, or the last batch has one
    /// sample and a batch normalisation gets a single value per channel of it. Nothing has changed.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="epochs"/> is below 1, or there is a schedule and they come to more than <see cref="int.MaxValue"/> steps. Nothing has changed.
    /// </exception>
    /// <exception cref="InvalidOperationException">The loss compares with values, or another thread is in a step.</exception>
    /// <exception cref="ObjectDisposedException">The trainer is disposed.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public History Fit(
        DataSet train, int epochs, DataSet? validation = null, LearningRate? schedule = null, Seed? shuffle = null,
        IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default, bool dropLast = false)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        ArgumentOutOfRangeException.ThrowIfLessThan(epochs, 1);
        checks.Data(train, nameof(train));
        if (validation is not null)
            checks.Data(validation, nameof(validation));
        if (dropLast)
            checks.HasFullBatch(train, nameof(train));
        if (!dropLast || BatchSize == 1)
            checks.LastBatch(train, nameof(train));
        BatchSequence batches = train.Batches(BatchSize, shuffle ?? new Seed(network.Seed), dropLast);
        BatchSequence? held = validation?.Batches(BatchSize);
        if (schedule is not null && (long)epochs * batches.Count > int.MaxValue)
        {
            throw new ArgumentOutOfRangeException(
                nameof(epochs), epochs, $"{Name}: a schedule numbers at most {int.MaxValue} steps, and {epochs} epochs of {batches.Count} steps are more.");
        }
        // Grows: a run until cancelled may be given any number of epochs.
        ImmutableArray<EpochResult>.Builder results = ImmutableArray.CreateBuilder<EpochResult>();
        for (var epoch = 0; epoch < epochs; epoch++)
        {
            long start = Stopwatch.GetTimestamp(), nextReport = Environment.TickCount64 + ReportMilliseconds;
            LossTally tally = default;
            int samples = 0, steps = 0;
            foreach (Batch batch in batches.Epoch(shuffle is null ? NextOrder() : epoch))
            {
                cancellation.ThrowIfCancellationRequested();
                using (TakeTurn())
                {
                    if (schedule is not null)
                        Optimizer.LearningRate = schedule.At((epoch * batches.Count) + steps, batches.Count, epochs);
                    tally += Train(batch.Inputs, batch.Labels);
                }
                samples += batch.Count;
                steps++;
                if (progress is not null && Environment.TickCount64 >= nextReport && steps < batches.Count)
                {
                    Report(completed: null);
                    nextReport = Environment.TickCount64 + ReportMilliseconds;
                }
            }
            Evaluation? measured = held is null ? null : Measure(held, cancellation);
            results.Add(new EpochResult(
                epoch + 1, tally.Sum / samples, (double)tally.Correct / samples, measured?.Loss, measured?.Accuracy, Optimizer.LearningRate,
                Stopwatch.GetElapsedTime(start)));
            Report(results[^1]);

            void Report(EpochResult? completed) => progress?.Report(new TrainingProgress(
                epoch + 1, epochs, steps, batches.Count, tally.Sum / samples, (double)tally.Correct / samples, Optimizer.LearningRate, completed));
        }
        return new History(results.DrainToImmutable());
    }

    /// <summary>Ends the threads; the trainer cannot be used any more. Without it they end when the trainer is collected.</summary>
    /// <exception cref="InvalidOperationException">A step is under way. The trainer goes on.</exception>
    public void Dispose()
    {
        if (disposed)
            return;
        using Turn turn = TakeTurn();
        pool.Dispose();
        disposed = true;
    }

    private string Name => $"{network.Definition.Name}'s trainer";

    private static float Mean(LossTally tally, int count) => (float)(tally.Sum / count);

    private Evaluation Measure(BatchSequence batches, CancellationToken cancellation)
    {
        LossTally tally = default;
        foreach (Batch batch in batches)
        {
            cancellation.ThrowIfCancellationRequested();
            using Turn turn = TakeTurn();
            tally += engine.Run(batch.Inputs, batch.Labels, [], batch.Count, 0, training: false);
        }
        return new Evaluation(tally.Sum / batches.SampleCount, (double)tally.Correct / batches.SampleCount);
    }

    /// <summary>The number of the next order from the network's seed. After 2³¹ epochs the orders come again.</summary>
    private int NextOrder()
    {
        int order = epochsOrdered;
        epochsOrdered = (order + 1) & int.MaxValue;
        return order;
    }

    /// <summary>Checks and trains. The caller has the turn.</summary>
    private LossTally Train(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels)
    {
        checks.TakesLabels();
        checks.Count(labels.Length, nameof(labels));
        checks.Inputs(inputs, labels.Length, nameof(labels));
        checks.Labels(labels);
        return RunStep(inputs, labels, [], labels.Length);
    }

    private LossTally RunStep(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels, ReadOnlySpan<float> targets, int count)
    {
        LossTally tally = engine.Run(inputs, labels, targets, count, (uint)masks.Bits((ulong)StepCount), training: true);
        network.CountBatch();
        StepCount++;
        return tally;
    }

    /// <summary>The right to run a step, until disposed. Taken before anything of the trainer's is written, so that a refused call changes nothing.</summary>
    private Turn TakeTurn()
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        if (Interlocked.Exchange(ref running, 1) != 0)
            throw new InvalidOperationException($"{Name} is already in a step on another thread; one at a time.");
        return new Turn(this);
    }

    private readonly ref struct Turn(Trainer trainer)
    {
        public void Dispose() => Volatile.Write(ref trainer.running, 0);
    }
}
