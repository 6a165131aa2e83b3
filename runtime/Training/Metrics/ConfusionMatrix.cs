namespace NetGen;

/// <summary>
/// How often each class is taken for each other: <c>var matrix = new ConfusionMatrix(); net.Evaluate(test, metrics: [matrix]);</c> then <c>matrix[label, predicted]</c>. Its result is
/// the part that is right. Of pixels, and of outputs that are a yes or no each, every one counts.
/// </summary>
public sealed class ConfusionMatrix() : Metric("accuracy")
{
    private long[,] counts = new long[0, 0];

    /// <summary>Classes, 0 before the first sample.</summary>
    public int Classes => counts.GetLength(0);

    /// <summary>How many of a class have been taken for another, or for itself.</summary>
    /// <exception cref="IndexOutOfRangeException">There is no such class.</exception>
    public long this[int label, int predicted] => counts[label, predicted];

    /// <inheritdoc/>
    public override double Result
    {
        get
        {
            long right = 0, all = 0;
            for (var c = 0; c < Classes; c++)
            {
                right += counts[c, c];
                all += Labelled(c);
            }
            return (double)right / all;
        }
    }

    /// <summary>Of what is said to be of a class, the part that is; 0 where nothing is.</summary>
    public double Precision(int ofClass) => Part(counts[ofClass, ofClass], Predicted(ofClass));

    /// <summary>Of what is of a class, the part that is said to be; 0 where there is nothing.</summary>
    public double Recall(int ofClass) => Part(counts[ofClass, ofClass], Labelled(ofClass));

    /// <summary>The harmonic mean of both; 0 where there is nothing of either.</summary>
    public double F1(int ofClass) => Part(2 * counts[ofClass, ofClass], Predicted(ofClass) + Labelled(ofClass));

    /// <summary>Of what is of a class or said to be, the part that is both; 0 where there is nothing.</summary>
    public double IntersectionOverUnion(int ofClass) =>
        Part(counts[ofClass, ofClass], Predicted(ofClass) + Labelled(ofClass) - counts[ofClass, ofClass]);

    /// <summary>Whether anything is of a class, or said to be.</summary>
    internal bool Has(int ofClass) => Predicted(ofClass) + Labelled(ofClass) > 0;

    /// <inheritdoc/>
    protected internal override void Reset() => counts = new long[0, 0];

    /// <inheritdoc/>
    protected internal override void Add(in MetricSample sample)
    {
        if (counts.Length == 0)
            counts = new long[sample.Classes, sample.Classes];
        for (var i = 0; i < sample.Decisions; i++)
        {
            if (!sample.Decide(i, out int predicted, out int actual))
                continue;
            if ((uint)actual >= (uint)Classes)
                throw new InvalidOperationException($"A confusion matrix of {Classes} classes is given class {actual}.");
            counts[actual, predicted]++;
        }
    }

    private static double Part(long part, long whole) => whole == 0 ? 0 : (double)part / whole;

    private long Labelled(int c)
    {
        long sum = 0;
        for (var other = 0; other < Classes; other++)
            sum += counts[c, other];
        return sum;
    }

    private long Predicted(int c)
    {
        long sum = 0;
        for (var other = 0; other < Classes; other++)
            sum += counts[other, c];
        return sum;
    }
}
