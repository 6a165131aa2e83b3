using System.Globalization;

namespace NetGen;

/// <summary>What a confusion matrix tells of a class, or in the mean of all.</summary>
internal sealed class ClassMetric(string name, int? ofClass, Func<ConfusionMatrix, int, double> measure) : Metric(NameOf(name, ofClass))
{
    private readonly ConfusionMatrix matrix = new();

    public override double Result
    {
        get
        {
            if (ofClass is { } one)
                return one < matrix.Classes ? measure(matrix, one) : double.NaN;
            int[] there = [.. Enumerable.Range(0, matrix.Classes).Where(matrix.Has)];
            return there.Length == 0 ? double.NaN : there.Average(c => measure(matrix, c));
        }
    }

    protected internal override void Reset() => matrix.Reset();

    protected internal override void Add(in MetricSample sample) => matrix.Add(sample);

    private static string NameOf(string name, int? ofClass) => ofClass is not { } one ? name
        : one >= 0 ? string.Create(CultureInfo.InvariantCulture, $"{name} of {one}")
        : throw new ArgumentOutOfRangeException(nameof(ofClass), ofClass, "A class is at least 0.");
}
