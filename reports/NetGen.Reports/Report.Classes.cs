using System.Collections.Immutable;

namespace NetGen.Reports;

/// <content>What a network makes of classes.</content>
public sealed partial class Report
{
    /// <summary>How often each class was taken for another, and for each class precision, recall and F1.</summary>
    /// <param name="counts">[class, answer].</param>
    /// <param name="names">Of the classes; empty: their numbers.</param>
    /// <exception cref="ArgumentException">The counts are no square, one is negative, or there are not as many names.</exception>
    public Report ConfusionMatrix(int[,] counts, ImmutableArray<string> names = default)
    {
        ArgumentNullException.ThrowIfNull(counts);
        int classes = counts.GetLength(0);
        ImmutableArray<string> called = names.IsDefaultOrEmpty ? [.. Enumerable.Range(0, classes).Select(label => $"{label}")] : names;
        if (counts.GetLength(1) != classes || called.Length != classes || called.Contains(null!) || counts.Cast<int>().Any(count => count < 0))
            throw new ArgumentException($"As many answers as classes are expected, each with a name, and counts of at least 0; {classes}×{counts.GetLength(1)} counts and {called.Length} names are given.", nameof(counts));
        var copied = (int[,])counts.Clone();
        Add(new ConfusionPart(copied, called));
        return Table("For each class: the share of its answers that are right (precision), of its samples that are found (recall), and their harmonic mean.",
            ["class", "samples", "precision", "recall", "F1"], Enumerable.Range(0, classes).Select(Row));

        IEnumerable<string> Row(int label)
        {
            long samples = Enumerable.Range(0, classes).Sum(answer => (long)copied[label, answer]), answers = Enumerable.Range(0, classes).Sum(other => (long)copied[other, label]);
            long right = copied[label, label];
            return [called[label], HtmlWriter.Number(samples), Percent(right, answers), Percent(right, samples), Percent(2 * right, samples + answers)];
        }
    }

    /// <summary>What a network answers on a set of classes: <see cref="ConfusionMatrix"/>, and the mistakes of which it is surest, where samples are images.</summary>
    /// <param name="net">The network, with an output for each class.</param>
    /// <param name="data">The samples.</param>
    /// <param name="mistakes">Mistakes at most.</param>
    /// <exception cref="ArgumentException">The samples have no classes, or another number or size than the network takes.</exception>
    public Report Classification(INetwork net, DataSet data, int mistakes = 24)
    {
        ArgumentNullException.ThrowIfNull(net);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfNegative(mistakes);
        Predictions predictions = Predictions.Of(net, data);
        ConfusionMatrix(predictions.Counts(data.ClassCount), data.ClassNames);
        if (data.InputShape.Rank is not (2 or 3) || mistakes == 0)
            return this;
        string Called(int label) => data.ClassNames.IsEmpty ? $"{label}" : data.ClassNames[label];
        int[] wrong = [.. Enumerable.Range(0, data.Count).Where(i => predictions.Answers[i] != predictions.Labels[i])
            .OrderByDescending(i => predictions.Confidences[i]).ThenBy(i => i).Take(mistakes)];
        return Images(
            wrong.Length == 0 ? "No sample is taken for another class." : "The wrong answers that it is surest of: the class, what it was taken for, and how sure.",
            wrong.Select(i => (data.Image(i), $"{Called(predictions.Labels[i])} → {Called(predictions.Answers[i])} {Percent(predictions.Confidences[i], 1)}")),
            Zoom(data.InputShape));
    }

    private static string Percent(double part, double whole) => whole > 0 ? $"{HtmlWriter.Number(100 * part / whole, "0.0")} %" : "–";

    /// <summary>Small images are shown about as large as a thumb.</summary>
    private static int Zoom(Shape shape) => Math.Clamp(96 / Math.Max(shape[shape.Rank - 1], shape[shape.Rank - 2]), 1, 16);
}
