namespace NetGen;

/// <summary>
/// Saves the network's parameters after epochs: those of the best one as <c>best.safetensors</c>, those of the last as <c>last.safetensors</c>, for <c>Load</c> of the network's class.
/// To go on with a run take a <see cref="TrainingCheckpoint"/>. Keras's <c>ModelCheckpoint</c>.
/// </summary>
/// <param name="folder">The folder, which is made where there is none.</param>
/// <param name="measure">What should become small; null: the validation loss, or without a validation set the training loss.</param>
/// <exception cref="ArgumentException">The path is empty.</exception>
public sealed class ModelCheckpoint(string folder, Func<EpochResult, double>? measure = null) : Callback
{
    private readonly BestEpoch best = new(0, measure);

    /// <summary>The folder.</summary>
    public string Folder { get; } = string.IsNullOrEmpty(folder) ? throw new ArgumentException("The name of a folder is expected.", nameof(folder)) : folder;

    /// <summary>Whether the last epoch's parameters are saved too.</summary>
    public bool SaveLast { get; init; } = true;

    /// <summary>An average of which the parameters are saved in place of the network's; null: its own.</summary>
    public ExponentialMovingAverage? Average { get; init; }

    /// <summary>The best epoch's number, from 1; 0 before the first.</summary>
    public int Best => best.Epoch;

    /// <summary>The file of the best parameters.</summary>
    public string BestPath => Path.Combine(Folder, "best.safetensors");

    /// <summary>The file of the last parameters.</summary>
    public string LastPath => Path.Combine(Folder, "last.safetensors");

    /// <inheritdoc/>
    /// <exception cref="IOException">The folder cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    protected internal override void OnTrainBegin(TrainingRun run)
    {
        best.Begin();
        Directory.CreateDirectory(Folder);
    }

    /// <inheritdoc/>
    /// <exception cref="WeightsException">A parameter is not finite. The file is as it was.</exception>
    /// <exception cref="IOException">A file cannot be written; it is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be written; it is as it was.</exception>
    protected internal override void OnEpochEnd(TrainingRun run, EpochResult epoch)
    {
        bool isBest = best.Take(epoch);
        if (!isBest && !SaveLast)
            return;
        using IDisposable? swapped = Average is { UpdateCount: > 0 } ? Average.Swap() : null;
        if (SaveLast)
            run.Network.Save(LastPath);
        if (isBest)
            run.Network.Save(BestPath);
    }

    /// <inheritdoc/>
    protected internal override void SaveState(TrainingRun run, CallbackState state) => best.Save(state);

    /// <inheritdoc/>
    protected internal override void LoadState(TrainingRun run, CallbackState state) => best.Load(state);
}
