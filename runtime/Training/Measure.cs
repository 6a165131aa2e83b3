namespace NetGen;

/// <summary>Adds up what batches came to.</summary>
/// <param name="decisions">Right or wrong answers of a sample; 0 where there is no such thing.</param>
internal struct Measure(int decisions)
{
    private LossTally tally;
    private double weight;
    private long samples;

    /// <summary>What has been added up so far, to go on from later.</summary>
    public Measured SoFar
    {
        readonly get => new(tally.Sum, tally.Correct, tally.Ignored, weight, samples, Last);
        set => (tally, weight, samples, Last) = (new LossTally(value.Sum, value.Correct, value.Ignored), value.Weight, value.Samples, value.Last);
    }

    /// <summary>The mean loss of the last batch; 0 where its samples count nothing.</summary>
    public double Last { get; private set; }

    /// <summary>The mean over all batches, in which each counts what its samples do.</summary>
    public readonly Evaluation Result => new(
        weight > 0 ? tally.Sum / weight : 0, decisions == 0 ? null : Counted == 0 ? 0 : (double)tally.Correct / Counted);

    /// <summary>Answers that are right or wrong.</summary>
    private readonly long Counted => (samples * decisions) - tally.Ignored;

    public void Add(LossTally batch, double batchWeight, int count)
    {
        Last = batchWeight > 0 ? batch.Sum / batchWeight : 0;
        tally += batch;
        weight += batchWeight;
        samples += count;
    }
}

/// <summary>What some batches have come to.</summary>
/// <param name="Sum">Their losses, each times what its sample counts.</param>
/// <param name="Correct">Right answers.</param>
/// <param name="Ignored">Answers that do not count.</param>
/// <param name="Weight">What their samples count together.</param>
/// <param name="Samples">Samples.</param>
/// <param name="Last">The mean loss of the last one.</param>
internal readonly record struct Measured(double Sum, long Correct, long Ignored, double Weight, long Samples, double Last);
