using NetGen.Engine;

namespace NetGen;

/// <summary>A training run under way, as <see cref="Callback">callbacks</see> see it.</summary>
public sealed class TrainingRun
{
    private Measure sum;

    internal TrainingRun(Trainer trainer, int epochs, int stepsPerEpoch, History history)
    {
        Trainer = trainer;
        Epochs = epochs;
        StepsPerEpoch = stepsPerEpoch;
        History = history;
    }

    /// <summary>The trainer, which may be used: no step is under way.</summary>
    public Trainer Trainer { get; }

    /// <summary>Epochs of the run.</summary>
    public int Epochs { get; }

    /// <summary>Steps of an epoch.</summary>
    public int StepsPerEpoch { get; }

    /// <summary>Number of the epoch, from 1; 0 before the first.</summary>
    public int Epoch { get; internal set; }

    /// <summary>Steps of this epoch done.</summary>
    public int Step { get; internal set; }

    /// <summary>Steps of the run done.</summary>
    public long TotalSteps { get; internal set; }

    /// <summary>The epochs that have ended.</summary>
    public History History { get; }

    /// <summary>The mean loss of the last step's samples, before its update; 0 before the first of an epoch.</summary>
    public double Loss => sum.Last;

    /// <summary>How the steps of this epoch have done so far.</summary>
    public Evaluation SoFar => sum.Result;

    /// <summary>The rate of the last step.</summary>
    public double LearningRate => Trainer.Optimizer.LearningRate;

    /// <summary>Whether the run is to end, be it that a callback has said so.</summary>
    public bool IsStopping { get; private set; }

    /// <summary>Has the run end when the epoch under way has ended, or at once where none is.</summary>
    public void Stop() => IsStopping = true;

    /// <summary>The network that is trained.</summary>
    internal NetworkState Network => Trainer.Network;

    /// <summary>What the steps of this epoch have come to.</summary>
    internal ref Measure Sum => ref sum;
}
