using System.Collections.Immutable;

namespace NetGen.Reports;

/// <content>How training went.</content>
public sealed partial class Report
{
    private const int MostSteps = 400;

    /// <summary>Loss, accuracy where there is one, and learning rate over the epochs.</summary>
    /// <param name="history">What a trainer's <c>Fit</c> returned.</param>
    public Report Curves(IReadOnlyList<EpochResult> history)
    {
        ArgumentNullException.ThrowIfNull(history);
        Plot(Over("Loss", "loss", Curve("training", epoch => epoch.TrainLoss), Curve("validation", epoch => epoch.ValidationLoss)));
        if (history.Any(epoch => epoch.TrainAccuracy is not null))
            Plot(Over("Accuracy", "part of the answers that are right", Curve("training", epoch => epoch.TrainAccuracy), Curve("validation", epoch => epoch.ValidationAccuracy)));
        return Plot(Over("Learning rate", "rate of an epoch's last step", Curve("rate", epoch => epoch.LearningRate)));

        Series Curve(string name, Func<EpochResult, double?> value) =>
            new(name, [.. history.Select(epoch => (double)epoch.Epoch)], [.. history.Select(epoch => value(epoch) ?? double.NaN)]);

        static Plot Over(string title, string up, params Series[] series) =>
            new(title, [.. series.Where(each => each.Y.Any(value => !double.IsNaN(value)) || each.Y.Length == 0)]) { XLabel = "epoch", YLabel = up };
    }

    /// <summary>The rates that schedules give the steps of a run, over its epochs; of more than 400 steps as many, evenly apart, the first and the last among them.</summary>
    /// <remarks>A schedule that looks at what has been reached, such as <see cref="LearningRate.ReduceOnPlateau"/>, is drawn as for a run of which no epoch has ended.</remarks>
    /// <param name="epochs">Epochs of the run, at least 1.</param>
    /// <param name="stepsPerEpoch">Steps of each, at least 1.</param>
    /// <param name="schedules">The schedules and what they are called, at most 16.</param>
    /// <exception cref="ArgumentException">There are more than 16.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1, or the steps are more than <see cref="int.MaxValue"/>.</exception>
    public Report LearningRates(int epochs, int stepsPerEpoch, params ReadOnlySpan<(string Name, LearningRate Schedule)> schedules)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(epochs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(stepsPerEpoch, 1);
        long steps = (long)epochs * stepsPerEpoch;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(steps, int.MaxValue, nameof(epochs));
        int count = (int)Math.Min(MostSteps, steps);
        ImmutableArray<int> shown = [.. Enumerable.Range(0, count).Select(i => (int)(i * (steps - 1) / Math.Max(1, count - 1)))];
        var curves = ImmutableArray.CreateBuilder<Series>();
        foreach ((string name, LearningRate schedule) in schedules)
        {
            ArgumentNullException.ThrowIfNull(name, nameof(schedules));
            ArgumentNullException.ThrowIfNull(schedule, nameof(schedules));
            curves.Add(new(name, [.. shown.Select(step => (double)step / stepsPerEpoch)], [.. shown.Select(step => schedule.At(step, stepsPerEpoch, epochs))]));
        }
        return Plot(new Plot("Learning rate", curves.ToImmutable()) { XLabel = "epoch", YLabel = "rate" });
    }
}
