using System.Globalization;

namespace NetGen;

/// <summary>Labels among the largest outputs.</summary>
internal sealed class TopKMetric(int k) : Metric(string.Create(CultureInfo.InvariantCulture, $"top-{(k >= 1 ? k : throw new ArgumentOutOfRangeException(nameof(k), k, "k must be at least 1."))}"))
{
    private long right;
    private long all;

    public override double Result => (double)right / all;

    protected internal override void Reset() => (right, all) = (0, 0);

    protected internal override void Add(in MetricSample sample)
    {
        if (sample.Label is not { } label || (uint)label >= (uint)sample.Outputs.Length)
            throw new InvalidOperationException($"The metric '{Name}' is of samples with a class each, among as many outputs as there are classes.");
        if (!sample.Decide(0, out _, out _))
            return;
        float own = sample.Outputs[label];
        var before = 0;
        for (var i = 0; i < sample.Outputs.Length; i++)
            before += sample.Outputs[i] > own || (i < label && sample.Outputs[i] == own) ? 1 : 0;
        all++;
        right += before < k && !float.IsNaN(own) ? 1 : 0;
    }
}
