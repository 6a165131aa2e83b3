namespace NetGen;

/// <summary>
/// A number that tells how good predictions are, measured over a whole set beside the loss: <c>net.Evaluate(test, metrics: [Metric.F1(), Metric.TopK(5)])</c>, or by
/// <see cref="Trainer.Fit"/> on the validation set after each epoch. Derive from it for one's own.
/// </summary>
/// <remarks>It adds up what it is given sample by sample, in the order of the set and on the calling thread, and serves one measurement at a time.</remarks>
public abstract class Metric
{
    /// <summary>A metric.</summary>
    /// <param name="name">What results call it, unlike all others beside it.</param>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    protected Metric(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
    }

    /// <summary>What results call it.</summary>
    public string Name { get; }

    /// <summary>The number for all samples since <see cref="Reset"/>; not-a-number where they have none.</summary>
    public abstract double Result { get; }

    /// <summary>The part of the samples whose label is among the k largest outputs, the first ones of equal outputs.</summary>
    /// <param name="k">At least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="k"/> is below 1.</exception>
    public static Metric TopK(int k) => new TopKMetric(k);

    /// <summary>Of what is said to be of a class, the part that is.</summary>
    /// <param name="ofClass">The class; null: the mean over all classes that there are or that are said to be, each counted alike.</param>
    /// <exception cref="ArgumentOutOfRangeException">The class is negative.</exception>
    public static Metric Precision(int? ofClass = null) => new ClassMetric("precision", ofClass, (matrix, c) => matrix.Precision(c));

    /// <summary>Of what is of a class, the part that is said to be: the sensitivity.</summary>
    /// <inheritdoc cref="Precision"/>
    public static Metric Recall(int? ofClass = null) => new ClassMetric("recall", ofClass, (matrix, c) => matrix.Recall(c));

    /// <summary>The harmonic mean of precision and recall.</summary>
    /// <inheritdoc cref="Precision"/>
    public static Metric F1(int? ofClass = null) => new ClassMetric("F1", ofClass, (matrix, c) => matrix.F1(c));

    /// <summary>Of what is of a class or said to be, the part that is both (Jaccard's index): of pixels, the overlap of areas.</summary>
    /// <inheritdoc cref="Precision"/>
    public static Metric IntersectionOverUnion(int? ofClass = null) => new ClassMetric("IoU", ofClass, (matrix, c) => matrix.IntersectionOverUnion(c));

    /// <summary>
    /// The area under the receiver operating characteristic: the probability that a sample of the class has a higher probability of it than one of another, ½ where they are
    /// equal. Of yes or no at each output, over all outputs.
    /// </summary>
    /// <param name="ofClass">The class, against all others; of a single output 1, a yes.</param>
    /// <exception cref="ArgumentOutOfRangeException">The class is negative.</exception>
    public static Metric Auc(int ofClass = 1) => new AucMetric(ofClass);

    /// <summary>Forgets all samples.</summary>
    protected internal abstract void Reset();

    /// <summary>Takes a sample in.</summary>
    protected internal abstract void Add(in MetricSample sample);
}
