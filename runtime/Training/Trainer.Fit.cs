using System.Collections.ObjectModel;
using System.Diagnostics;
using Turn = NetGen.Turns.Turn;

namespace NetGen;

/// <content>Runs of whole epochs.</content>
public sealed partial class Trainer
{
    private const long ReportMilliseconds = 50;
    private int epochsOrdered;
    private int runs;

    /// <summary>
    /// Trains on a data set for some epochs, each in a new random order, and measures on another after each. Steps of less than
    /// a full batch, at the end of an epoch, count their own samples.
    /// </summary>
    /// <remarks>
    /// Calls without <paramref name="shuffle"/> go on where the trainer's last one ended: two of one epoch take the orders that one of two epochs
    /// takes. An epoch that was cancelled has used up its order. Epochs of <see cref="History"/> and schedules are numbered within a call. A set of
    /// class labels goes with a loss over values where there is a single output: 0 and 1 for <see cref="Loss.BinaryCrossEntropy"/>.
    /// </remarks>
    /// <param name="train">The samples to learn from, at least one.</param>
    /// <param name="epochs">How many times to go through them, at least 1; <see cref="int.MaxValue"/> is until cancelled.</param>
    /// <param name="validation">The samples to measure on after each epoch.</param>
    /// <param name="schedule">The rate of each step; null leaves the optimizer's. The last rate stays in the optimizer.</param>
    /// <param name="shuffle">The seed of the orders, of which every call takes the first ones; null: the network's seed.</param>
    /// <param name="progress">Told some 20 times a second, and at the end of every epoch.</param>
    /// <param name="cancellation">Looked at between steps: the network is left as the last whole step made it.</param>
    /// <param name="dropLast">Leaves out a shorter last batch of each epoch: PyTorch's <c>drop_last</c>. Another order leaves out others.</param>
    /// <param name="onDivergence">What happens at the first loss, of a step or of the validation set, that is not a finite number.</param>
    /// <param name="callbacks">What is told of all that happens, in this order.</param>
    /// <param name="checkpoint">
    /// Where the run is written down as it goes. Where there is one of the same run already, it is gone on from there: a process that is killed at any moment and started
    /// again comes to the same bits as one that was not, as long as it has the same number of threads.
    /// </param>
    /// <param name="metrics">What else is measured on the validation set after each epoch.</param>
    /// <returns>What each epoch came to; <see cref="History"/> holds it too.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="train"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// A callback or a metric is null, two metrics have one name or there is no validation set for them, a set is empty, its samples have another size, a label is no class, the loss does not take a target, <paramref name="dropLast"/> leaves no batch, or the last batch has one
    /// sample and a batch normalisation gets a single value per channel of it. Nothing has changed.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="epochs"/> is below 1, or there is a schedule and they come to more than <see cref="int.MaxValue"/> steps. Nothing has changed.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// The loss compares with classes and a set has targets, or the other way round; another thread is in a step; or labels or targets of the set
    /// have changed during the run to such as cannot be used: the network is left as the last whole step made it.
    /// </exception>
    /// <exception cref="WeightsException">The checkpoint is damaged, or of another run; the message says what differs. Nothing has changed.</exception>
    /// <exception cref="IOException">The checkpoint's folder is in use by another run, or cannot be read, or written, as when the disk is full. The last checkpoint is whole.</exception>
    /// <exception cref="UnauthorizedAccessException">The checkpoint's folder may not be read or written.</exception>
    /// <exception cref="DivergenceException">A loss is not a finite number.</exception>
    /// <exception cref="ObjectDisposedException">The trainer is disposed.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public History Fit(
        DataSet train, int epochs, DataSet? validation = null, LearningRate? schedule = null, Seed? shuffle = null,
        IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default, bool dropLast = false,
        OnDivergence onDivergence = OnDivergence.Throw, IReadOnlyList<Callback>? callbacks = null, TrainingCheckpoint? checkpoint = null, IReadOnlyList<Metric>? metrics = null)
    {
        turns.ThrowIfClosed();
        ArgumentOutOfRangeException.ThrowIfLessThan(epochs, 1);
        checks.Data(train, nameof(train));
        if (validation is not null)
            checks.Data(validation, nameof(validation));
        if (dropLast)
            checks.HasFullBatch(train, nameof(train));
        if (!dropLast || BatchSize == 1)
            checks.LastBatch(train, nameof(train));
        Callback[] told = [.. callbacks ?? []];
        if (told.Contains(null!))
            throw new ArgumentException($"{Name}: callback {Array.IndexOf(told, null)} is null.", nameof(callbacks));
        var measured = new MetricSet(metrics, Definition, Loss);
        if (!measured.IsEmpty && validation is null)
            throw new ArgumentException($"{Name}: metrics are measured on a validation set, and none is given.", nameof(metrics));
        // The orders of a checkpoint are those of the network that it was begun with.
        BatchSequence Batches() => train.Batches(checks.Most, shuffle ?? new Seed(seed), dropLast);
        BatchSequence batches = Batches();
        (int steps, ulong seedBefore) = (batches.Count, seed);
        if (schedule is not null && (long)epochs * steps > int.MaxValue)
        {
            throw new ArgumentOutOfRangeException(
                nameof(epochs), epochs, $"{Name}: a schedule numbers at most {int.MaxValue} steps, and {epochs} epochs of {steps} steps are more.");
        }
        using CheckpointFolder? folder = checkpoint is null ? null : CheckpointFolder.Open(checkpoint);
        var loop = new FitLoop(this, new TrainingRun(this, epochs, steps, new History()))
        {
            Validation = validation?.Unchanged.Batches(BatchSize),
            Metrics = measured,
            Schedule = schedule,
            IsShuffledAlike = shuffle is not null,
            Progress = progress,
            Cancellation = cancellation,
            OnDivergence = onDivergence,
            Callbacks = told,
            Folder = folder,
            Identity = folder is null ? null : RunIdentity.Of(this, train, shuffle, dropLast),
        };
        loop.Resume();
        History = loop.History;
        runs++;
        try
        {
            return loop.Run(seed == seedBefore ? batches : Batches());
        }
        finally
        {
            runs--;
        }
    }

    /// <summary>A run of whole epochs under way.</summary>
    private sealed class FitLoop(Trainer trainer, TrainingRun run)
    {
        private int order;
        private int resumedSteps;
        private TimeSpan resumedTime;
        private long began;

        public BatchSequence? Validation { get; init; }

        public required MetricSet Metrics { get; init; }

        public LearningRate? Schedule { get; init; }

        /// <summary>Whether every run takes the same orders; otherwise they go on from run to run.</summary>
        public bool IsShuffledAlike { get; init; }

        public IProgress<TrainingProgress>? Progress { get; init; }

        public CancellationToken Cancellation { get; init; }

        public OnDivergence OnDivergence { get; init; }

        public Callback[] Callbacks { get; init; } = [];

        public CheckpointFolder? Folder { get; init; }

        public RunIdentity? Identity { get; init; }

        public History History => run.History;

        /// <summary>Goes to where the checkpoint is, if there is one.</summary>
        public void Resume()
        {
            if (Folder?.Read() is not { } saved)
                return;
            string path = Folder.Checkpoint.FilePath;
            RunPosition at = saved.Manifest.Position;
            if (saved.Manifest.Identity.DifferenceTo(Identity!) is { } difference)
                throw new WeightsException(path, difference);
            if (at.Step > run.StepsPerEpoch)
                throw new WeightsException(path, $"tells of {at.Step} steps in an epoch of {run.StepsPerEpoch}");
            Action assign = saved.Check(path, trainer.network, trainer.Optimizer);
            using (trainer.TakeTurn())
                assign();
            trainer.seed = at.Seed;
            trainer.StepCount = at.StepsTaken;
            trainer.epochsOrdered = at.EpochsOrdered;
            foreach (EpochResult epoch in saved.Manifest.History)
                History.Add(epoch);
            (run.Epoch, resumedSteps, resumedTime, order) = (at.Epoch, at.Step, at.Elapsed, at.Order);
            run.TotalSteps = ((long)at.Epoch * run.StepsPerEpoch) + at.Step;
            run.Sum = new Measure(trainer.Loss.Decisions(trainer.Definition.OutputShape)) { SoFar = at.Sum };
            if (at.IsStopped)
                run.Stop();
            saved.LoadInto(run, Callbacks);
        }

        public History Run(BatchSequence batches)
        {
            foreach (Callback callback in Callbacks)
                callback.OnTrainBegin(run);
            while (run.Epoch < run.Epochs && !run.IsStopping)
                RunEpoch(batches);
            foreach (Callback callback in Callbacks)
                callback.OnTrainEnd(run);
            return History;
        }

        private void RunEpoch(BatchSequence batches)
        {
            began = Stopwatch.GetTimestamp();
            run.Epoch++;
            run.Step = resumedSteps;
            if (resumedSteps == 0)
            {
                run.Sum = new Measure(trainer.Loss.Decisions(trainer.Definition.OutputShape));
                order = IsShuffledAlike ? run.Epoch - 1 : trainer.NextOrder();
                foreach (Callback callback in Callbacks)
                    callback.OnEpochBegin(run);
            }
            RunSteps(batches);
            resumedSteps = 0;
            Evaluation? measured = Validation is null ? null : MeasuredAmid(0);
            Evaluation trained = run.SoFar;
            History.Add(new EpochResult(
                run.Epoch, trained.Loss, trained.Accuracy, measured?.Loss, measured?.Accuracy, run.LearningRate, resumedTime + Stopwatch.GetElapsedTime(began))
            {
                Metrics = measured?.Metrics ?? ReadOnlyDictionary<string, double>.Empty,
            });
            resumedTime = TimeSpan.Zero;
            foreach (Callback callback in Callbacks)
                callback.OnEpochEnd(run, History.Last);
            Report(History.Last);
            if (measured is { } evaluation)
                CheckLoss(evaluation.Loss, isValidation: true);
            if (Folder is not null && (run.Epoch % Folder.Checkpoint.EveryEpochs == 0 || run.Epoch == run.Epochs || run.IsStopping))
                Save(run.Epoch, 0);
        }

        private void RunSteps(BatchSequence batches)
        {
            long nextReport = Environment.TickCount64 + ReportMilliseconds;
            int skipped = 0, everySteps = Folder?.Checkpoint.EverySteps ?? 0;
            foreach (Batch batch in batches.Epoch(order))
            {
                if (skipped < resumedSteps)
                {
                    skipped++;
                    continue;
                }
                Cancellation.ThrowIfCancellationRequested();
                using (trainer.TakeTurn())
                {
                    if (Schedule is not null)
                        trainer.Optimizer.LearningRate = Schedule.At(((run.Epoch - 1) * run.StepsPerEpoch) + run.Step, run.StepsPerEpoch, run.Epochs, History.Ended);
                    trainer.Run(batch, training: true, ref run.Sum);
                }
                run.Step++;
                run.TotalSteps++;
                CheckLoss(run.Loss, isValidation: false);
                foreach (Callback callback in Callbacks)
                    callback.OnStepEnd(run);
                if (everySteps > 0 && run.Step % everySteps == 0 && run.Step < run.StepsPerEpoch)
                    Save(run.Epoch - 1, run.Step);
                if (Progress is not null && Environment.TickCount64 >= nextReport && run.Step < run.StepsPerEpoch)
                {
                    Report(completed: null);
                    nextReport = Environment.TickCount64 + ReportMilliseconds;
                }
            }
        }

        /// <summary>Measures the validation set, when all callbacks from this one on have been told; who has been told of the beginning is told of the end.</summary>
        private Evaluation MeasuredAmid(int callback)
        {
            if (callback == Callbacks.Length)
                return trainer.Measured(Validation!, Metrics, Cancellation);
            try
            {
                Callbacks[callback].OnValidationBegin(run);
                return MeasuredAmid(callback + 1);
            }
            finally
            {
                Callbacks[callback].OnValidationEnd(run);
            }
        }

        private void Save(int epoch, int step)
        {
            var position = new RunPosition(
                trainer.seed, epoch, step, order, trainer.epochsOrdered, trainer.StepCount, trainer.Optimizer.StepCount, run.LearningRate,
                step == 0 ? default : run.Sum.SoFar, step == 0 ? TimeSpan.Zero : resumedTime + Stopwatch.GetElapsedTime(began), run.IsStopping && step == 0);
            // Others may not take a step while it is written.
            using Turn turn = trainer.TakeTurn();
            Folder!.Write(RunFile.Of(Identity!, position, run, Callbacks));
        }

        private void Report(EpochResult? completed)
        {
            Evaluation soFar = run.SoFar;
            Progress?.Report(new TrainingProgress(
                run.Epoch, run.Epochs, run.Step, run.StepsPerEpoch, soFar.Loss, soFar.Accuracy, run.LearningRate, completed));
        }

        private void CheckLoss(double loss, bool isValidation)
        {
            if (!double.IsFinite(loss) && OnDivergence == OnDivergence.Throw)
                throw new DivergenceException(trainer, loss, run.Epoch, run.Step, isValidation);
        }
    }

    private Evaluation Measured(BatchSequence batches, MetricSet metrics, CancellationToken cancellation)
    {
        var sum = new Measure(Loss.Decisions(Definition.OutputShape));
        float[] outputs = metrics.IsEmpty ? [] : new float[BatchSize * network.OutputSize];
        metrics.Reset();
        foreach (Batch batch in batches)
        {
            cancellation.ThrowIfCancellationRequested();
            Span<float> given = metrics.IsEmpty ? [] : outputs.AsSpan(0, batch.Count * network.OutputSize);
            Batch own;
            using (TakeTurn())
                own = Run(batch, training: false, ref sum, given);
            if (!metrics.IsEmpty)
                metrics.Add(own, given);
        }
        return sum.Result with { Metrics = metrics.Results };
    }

    /// <summary>The number of the next order from the network's seed. After 2³¹ epochs the orders come again.</summary>
    private int NextOrder()
    {
        int order = epochsOrdered;
        epochsOrdered = (order + 1) & int.MaxValue;
        return order;
    }
}
