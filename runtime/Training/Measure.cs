namespace NetGen;

/// <summary>Adds up what batches came to.</summary>
/// <param name="decisions">Right or wrong answers of a sample; 0 where there is no such thing.</param>
internal struct Measure(int decisions)
{
    private LossTally tally;
    private double weight;
    private long samples;

    /// <summary>The mean loss of the last batch; 0 where its samples count nothing.</summary>
    public double Last { get; private set; }

    /// <summary>The mean over all batches, in which each counts what its samples do.</summary>
    public readonly Evaluation Result => new(
        weight > 0 ? tally.Sum / weight : 0, decisions == 0 ? null : (double)tally.Correct / (samples * decisions));

    public void Add(LossTally batch, double batchWeight, int count)
    {
        Last = batchWeight > 0 ? batch.Sum / batchWeight : 0;
        tally += batch;
        weight += batchWeight;
        samples += count;
    }
}
