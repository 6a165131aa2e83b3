using System.Globalization;

namespace NetGen;

/// <summary>
/// Writes losses, accuracies and the learning rate as TensorBoard's event files: <c>tensorboard --logdir runs</c> draws them. Scalars are <c>train/loss</c>,
/// <c>train/accuracy</c>, <c>validation/loss</c>, <c>validation/accuracy</c> <c>learning_rate</c> and <c>validation/</c> with each metric's name after each epoch, and <c>step/loss</c> and <c>step/learning_rate</c> every so many steps,
/// by the number of the step. A run that goes on writes another file, before which TensorBoard forgets what came after the checkpoint.
/// </summary>
/// <param name="folder">The folder, which is made where there is none: one for each run.</param>
/// <param name="everySteps">Steps from one to the next of which the loss and the rate are written, at least 0; 0: of none.</param>
/// <exception cref="ArgumentException">The path is empty.</exception>
/// <exception cref="ArgumentOutOfRangeException"><paramref name="everySteps"/> is negative.</exception>
public sealed class TensorBoardLog(string folder, int everySteps = 0) : Callback
{
    private const int MostPending = 256;
    private readonly List<byte[]> pending = [];
    private string path = "";

    /// <summary>The folder.</summary>
    public string Folder { get; } = string.IsNullOrEmpty(folder) ? throw new ArgumentException("The name of a folder is expected.", nameof(folder)) : folder;

    /// <summary>Steps from one to the next of which the loss and the rate are written; 0: of none.</summary>
    public int EverySteps { get; } = everySteps >= 0 ? everySteps : throw new ArgumentOutOfRangeException(nameof(everySteps), everySteps, "everySteps must be at least 0.");

    /// <inheritdoc/>
    /// <exception cref="IOException">The folder or a file in it cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    protected internal override void OnTrainBegin(TrainingRun run)
    {
        Directory.CreateDirectory(Folder);
        // TensorBoard reads files by their names, which begin with the time.
        string name = string.Create(
            CultureInfo.InvariantCulture, $"events.out.tfevents.{DateTimeOffset.UtcNow.ToUnixTimeMilliseconds():D13}.{Environment.MachineName}.{Environment.ProcessId}.{Guid.NewGuid():N}");
        path = Path.Combine(Folder, name);
        pending.Clear();
        pending.Add(EventRecord.OfVersion());
        pending.Add(EventRecord.OfStart(run.TotalSteps));
        Flush();
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">The file cannot be written.</exception>
    protected internal override void OnStepEnd(TrainingRun run)
    {
        if (EverySteps == 0 || run.TotalSteps % EverySteps != 0)
            return;
        pending.Add(EventRecord.OfScalars(run.TotalSteps, [("step/loss", run.Loss), ("step/learning_rate", run.LearningRate)]));
        if (pending.Count >= MostPending)
            Flush();
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">The file cannot be written.</exception>
    protected internal override void OnEpochEnd(TrainingRun run, EpochResult epoch)
    {
        pending.Add(EventRecord.OfScalars(run.TotalSteps,
        [
            ("train/loss", epoch.TrainLoss), ("train/accuracy", epoch.TrainAccuracy), ("validation/loss", epoch.ValidationLoss),
            ("validation/accuracy", epoch.ValidationAccuracy), ("learning_rate", epoch.LearningRate),
            .. epoch.Metrics.Select(metric => ($"validation/{metric.Key}", (double?)metric.Value)),
        ]));
        Flush();
    }

    /// <summary>Nothing is held open in between: whatever ends the run leaves no file behind that is.</summary>
    private void Flush()
    {
        using var stream = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read);
        foreach (byte[] record in pending)
            stream.Write(record);
        pending.Clear();
    }
}
