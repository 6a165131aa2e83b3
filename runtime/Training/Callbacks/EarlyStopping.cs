using NetGen.Engine;

namespace NetGen;

/// <summary>
/// Ends a run when so many epochs in a row have brought nothing better, and leaves the network as the best epoch did. Keras's <c>EarlyStopping</c> with
/// <c>restore_best_weights=True</c>.
/// </summary>
/// <param name="patience">Epochs without anything better that are put up with, at least 0.</param>
/// <param name="minDelta">By how much the next must be better, at least 0.</param>
/// <param name="measure">
/// What should become small; null: the validation loss, or without a validation set the training loss. <c>epoch => -epoch.ValidationAccuracy!.Value</c> has the accuracy rise.
/// </param>
/// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
public sealed class EarlyStopping(int patience = 0, double minDelta = 0, Func<EpochResult, double>? measure = null) : Callback
{
    private readonly BestEpoch best = new(Check.NotNegative(minDelta), measure);
    private AlignedBuffer? kept;

    /// <summary>Epochs without anything better that are put up with.</summary>
    public int Patience { get; } = patience >= 0 ? patience : throw new ArgumentOutOfRangeException(nameof(patience), patience, "patience must be at least 0.");

    /// <summary>Whether the network is left as the best epoch did, running statistics included, when the run ends, be it stopped or not; otherwise as the last one did.</summary>
    public bool RestoreBest { get; init; } = true;

    /// <summary>The best epoch's number, from 1; 0 before the first.</summary>
    public int Best => best.Epoch;

    /// <inheritdoc/>
    protected internal override void OnTrainBegin(TrainingRun run) => best.Begin();

    /// <inheritdoc/>
    protected internal override void OnEpochEnd(TrainingRun run, EpochResult epoch)
    {
        if (best.Take(epoch) && RestoreBest)
            Values(run.Network).CopyTo(Room(run.Network).Span);
        if (epoch.Epoch - Best > Patience)
            run.Stop();
    }

    /// <inheritdoc/>
    protected internal override void OnTrainEnd(TrainingRun run)
    {
        if (!RestoreBest || Best == 0)
            return;
        run.Network.MoveVersion();
        Room(run.Network).Span.CopyTo(Values(run.Network));
        run.Network.MoveVersion();
    }

    /// <inheritdoc/>
    protected internal override void SaveState(TrainingRun run, CallbackState state)
    {
        best.Save(state);
        if (RestoreBest && Best > 0)
            state.Set(run.Network, Room(run.Network));
    }

    /// <inheritdoc/>
    protected internal override void LoadState(TrainingRun run, CallbackState state)
    {
        // Without the values, as of a run that did not keep any, it begins anew.
        if (!RestoreBest || state.TryGet(run.Network, Room(run.Network)))
            best.Load(state);
    }

    private static Span<float> Values(NetworkState network) => network.Values.Span[..network.Definition.ParameterFloats];

    private AlignedBuffer Room(NetworkState network) =>
        kept?.Length == network.Definition.ParameterFloats ? kept : kept = new AlignedBuffer(network.Definition.ParameterFloats);
}
