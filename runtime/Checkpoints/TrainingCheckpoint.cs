namespace NetGen;

/// <summary>
/// Where a training run is written down as it goes, so that it can be killed at any moment and go on from there:
/// <c>trainer.Fit(train, epochs: 30, checkpoint: new("runs/first"))</c>, and the same again.
/// </summary>
/// <remarks>
/// The folder holds one file, <see cref="FileName"/>, which is replaced whole or not at all: a safetensors file with the network's parameters under their own names, the state of
/// optimizer and callbacks, the place reached in the order of the data, the numbers of steps, and the history. Its folder is locked while a run uses it. State of optimizers and
/// callbacks of the user's own is what they keep in slices and in <see cref="Callback.SaveState"/>; schedules have none. Where a run goes on, callbacks are told again what
/// happened after the last checkpoint.
/// </remarks>
public sealed class TrainingCheckpoint
{
    /// <summary>The name of the file.</summary>
    public const string FileName = "checkpoint.safetensors";

    private readonly int everyEpochs = 1;
    private readonly int everySteps;

    /// <summary>Checkpoints in a folder, which is made where there is none.</summary>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    public TrainingCheckpoint(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        Folder = folder;
    }

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>Epochs from one checkpoint to the next, at least 1. The last epoch is always written.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is below 1.</exception>
    public int EveryEpochs
    {
        get => everyEpochs;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(EveryEpochs));
            everyEpochs = value;
        }
    }

    /// <summary>Steps of an epoch from one checkpoint to the next within it; 0, unless said otherwise: only epochs are written.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public int EverySteps
    {
        get => everySteps;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value, nameof(EverySteps));
            everySteps = value;
        }
    }

    /// <summary>Whether there is a checkpoint to go on from.</summary>
    public bool Exists => File.Exists(FilePath);

    /// <summary>The file.</summary>
    internal string FilePath => Path.Combine(Folder, FileName);
}
