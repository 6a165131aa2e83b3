namespace NetGen;

/// <summary>
/// Something that is told how a training run goes, and may look into it or end it: <c>trainer.Fit(train, epochs: 30, callbacks: [new EarlyStopping(patience: 3)])</c>.
/// Derive from it for one's own.
/// </summary>
/// <remarks>
/// It is called on the thread that called <see cref="Trainer.Fit"/>, always between steps: it may take its time, read parameters, measure, and even take steps of its own.
/// What it throws ends the run and comes out of <see cref="Trainer.Fit"/>; the network is left as the last whole step made it. Callbacks are called in their order.
/// </remarks>
public abstract class Callback
{
    /// <summary>The run begins, or goes on from a checkpoint.</summary>
    protected internal virtual void OnTrainBegin(TrainingRun run)
    {
    }

    /// <summary>An epoch begins.</summary>
    protected internal virtual void OnEpochBegin(TrainingRun run)
    {
    }

    /// <summary>A step has been taken.</summary>
    protected internal virtual void OnStepEnd(TrainingRun run)
    {
    }

    /// <summary>The steps of an epoch have been taken, and the validation set, if there is one, is about to be measured.</summary>
    protected internal virtual void OnValidationBegin(TrainingRun run)
    {
    }

    /// <summary>The validation set has been measured, or could not be: called whenever <see cref="OnValidationBegin"/> has been.</summary>
    protected internal virtual void OnValidationEnd(TrainingRun run)
    {
    }

    /// <summary>An epoch has ended.</summary>
    /// <param name="run">The run.</param>
    /// <param name="epoch">What it came to; the last of the run's history.</param>
    protected internal virtual void OnEpochEnd(TrainingRun run, EpochResult epoch)
    {
    }

    /// <summary>The run has come to its end, or has been stopped. Not called where it ends with an exception.</summary>
    protected internal virtual void OnTrainEnd(TrainingRun run)
    {
    }

    /// <summary>Puts what it needs to go on later into a checkpoint; called when one is written, between steps.</summary>
    protected internal virtual void SaveState(TrainingRun run, CallbackState state)
    {
    }

    /// <summary>Takes from a checkpoint what <see cref="SaveState"/> has put there; called before <see cref="OnTrainBegin"/> of a run that goes on.</summary>
    protected internal virtual void LoadState(TrainingRun run, CallbackState state)
    {
    }
}
