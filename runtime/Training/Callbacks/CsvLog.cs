using System.Globalization;
using System.Text;

namespace NetGen;

/// <summary>
/// Writes a line for each epoch to a CSV file (RFC 4180, UTF-8, numbers as <c>0.25</c> whatever the machine's culture): epoch, losses, accuracies, learning rate, seconds, metrics. The
/// file is replaced whole after each epoch, with all epochs of the run, also those before a checkpoint that it goes on from. Keras's <c>CSVLogger</c>.
/// </summary>
/// <param name="path">The file.</param>
/// <exception cref="ArgumentException">The path is empty.</exception>
public sealed class CsvLog(string path) : Callback
{
    private static readonly (string Name, Func<EpochResult, double?> Value)[] Columns =
    [
        ("epoch", epoch => epoch.Epoch), ("train_loss", epoch => epoch.TrainLoss), ("train_accuracy", epoch => epoch.TrainAccuracy),
        ("validation_loss", epoch => epoch.ValidationLoss), ("validation_accuracy", epoch => epoch.ValidationAccuracy),
        ("learning_rate", epoch => epoch.LearningRate), ("seconds", epoch => epoch.Duration.TotalSeconds),
    ];

    /// <summary>The file.</summary>
    public string FilePath { get; } = string.IsNullOrEmpty(path) ? throw new ArgumentException("The name of a file is expected.", nameof(path)) : path;

    /// <inheritdoc/>
    /// <exception cref="IOException">The file cannot be written; it is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written; it is as it was.</exception>
    protected internal override void OnEpochEnd(TrainingRun run, EpochResult epoch)
    {
        var text = new StringBuilder();
        string[] metrics = [.. run.History.SelectMany(one => one.Metrics.Keys).Distinct()];
        text.AppendJoin(',', Columns.Select(column => column.Name).Concat(metrics.Select(Quoted))).Append("\r\n");
        foreach (EpochResult one in run.History)
        {
            IEnumerable<double?> values = Columns.Select(column => column.Value(one)).Concat(metrics.Select(name => one.Metrics.TryGetValue(name, out double value) ? value : (double?)null));
            text.AppendJoin(',', values.Select(value => value?.ToString("R", CultureInfo.InvariantCulture))).Append("\r\n");
        }
        byte[] bytes = Encoding.UTF8.GetBytes(text.ToString());
        AtomicFile.Write(FilePath, stream => stream.Write(bytes));
    }

    private static string Quoted(string name) => name.AsSpan().IndexOfAny("\",\r\n") < 0 ? name : $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
