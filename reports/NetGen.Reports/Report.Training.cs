namespace NetGen.Reports;

/// <content>How training went.</content>
public sealed partial class Report
{
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
}
