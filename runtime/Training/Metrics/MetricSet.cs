using System.Collections.ObjectModel;
using NetGen.Engine;

namespace NetGen;

/// <summary>The metrics of a measurement.</summary>
internal sealed class MetricSet
{
    private readonly Metric[] metrics;
    private readonly Loss loss;
    private readonly OutputForm form;
    private readonly int size;
    private readonly int channels;

    /// <summary>Metrics of what a network gives.</summary>
    /// <exception cref="ArgumentException">One is null, or two have one name.</exception>
    public MetricSet(IReadOnlyList<Metric>? given, NetworkDefinition network, Loss loss)
    {
        metrics = [.. given ?? []];
        this.loss = loss;
        form = network.OutputForm;
        size = network.OutputShape.Size;
        channels = LossRows.ChannelsOf(network.OutputShape);
        var names = new HashSet<string>();
        foreach (Metric metric in metrics)
        {
            ArgumentNullException.ThrowIfNull(metric, "metrics");
            if (!names.Add(metric.Name))
                throw new ArgumentException($"Two metrics are called '{metric.Name}'; every one needs a name of its own.", "metrics");
        }
    }

    /// <summary>Whether there are none.</summary>
    public bool IsEmpty => metrics.Length == 0;

    /// <summary>What they have come to.</summary>
    public IReadOnlyDictionary<string, double> Results =>
        IsEmpty ? ReadOnlyDictionary<string, double>.Empty : new Dictionary<string, double>(metrics.Select(metric => KeyValuePair.Create(metric.Name, metric.Result))).AsReadOnly();

    /// <summary>Begins.</summary>
    public void Reset()
    {
        foreach (Metric metric in metrics)
            metric.Reset();
    }

    /// <summary>Takes in what the network gave for a batch.</summary>
    public void Add(in Batch batch, ReadOnlySpan<float> outputs)
    {
        int targets = batch.Targets.Length / batch.Count;
        foreach (Metric metric in metrics)
        {
            for (var n = 0; n < batch.Count; n++)
            {
                metric.Add(new MetricSample(
                    outputs.Slice(n * size, size), batch.Labels.IsEmpty ? null : batch.Labels[n], batch.Targets.Slice(n * targets, targets), form, channels, loss.IgnoreIndex));
            }
        }
    }
}
