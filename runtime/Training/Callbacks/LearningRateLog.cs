using System.Runtime.InteropServices;

namespace NetGen;

/// <summary>Notes the learning rate of every step.</summary>
public sealed class LearningRateLog : Callback
{
    private const string Name = "rates";
    private readonly List<double> rates = [];
    private bool isLoaded;

    /// <summary>The rates of the steps of the last run.</summary>
    public IReadOnlyList<double> Rates => rates;

    /// <inheritdoc/>
    protected internal override void OnTrainBegin(TrainingRun run)
    {
        if (!isLoaded)
            rates.Clear();
        isLoaded = false;
    }

    /// <inheritdoc/>
    protected internal override void OnStepEnd(TrainingRun run) => rates.Add(run.LearningRate);

    /// <inheritdoc/>
    protected internal override void SaveState(TrainingRun run, CallbackState state)
    {
        // The bits of each, as two floats.
        if (rates.Count > 0)
            state.Set(Name, MemoryMarshal.Cast<double, float>(CollectionsMarshal.AsSpan(rates)).ToArray());
    }

    /// <inheritdoc/>
    protected internal override void LoadState(TrainingRun run, CallbackState state)
    {
        rates.Clear();
        if (state.Values(Name) is { } floats && floats.Length % 2 == 0)
            rates.AddRange(MemoryMarshal.Cast<float, double>(floats));
        isLoaded = true;
    }
}
