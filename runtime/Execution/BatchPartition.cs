using NetGen.Engine;

namespace NetGen;

/// <summary>
/// How a batch is divided among workers: into groups of samples, each computed by one worker alone, which adds to gradients of its own; or not at all,
/// so that all workers compute the whole batch together. Who does what depends on the numbers of samples and workers alone, so the same seed and the
/// same number of threads give the same bits.
/// </summary>
/// <param name="groupSize">Samples of a group; 0: the batch is computed as a whole.</param>
/// <param name="batch">Most samples.</param>
internal sealed class BatchPartition(int groupSize, int batch)
{
    /// <summary>Whether groups are computed by one worker each.</summary>
    public bool IsGrouped => groupSize != 0;

    /// <summary>Samples that an arena has room for.</summary>
    public int Capacity { get; } = groupSize == 0 ? (int)SampleBlock.Padded(batch) : groupSize;

    /// <summary>Parts of so many samples.</summary>
    public int Parts(int samples) => IsGrouped ? (samples + groupSize - 1) / groupSize : 1;

    /// <summary>Sets of gradients that so many workers fill: one for each that has a group of its own to compute, or one that all share.</summary>
    public int GradientSets(int samples, int workers) => Math.Min(workers, Parts(samples));

    /// <summary>The parts that a worker takes part in: [from, to).</summary>
    public void Share(int samples, int worker, int workers, out int from, out int to)
    {
        int sets = GradientSets(samples, workers);
        (from, to) = IsGrouped ? (0, 0) : (0, 1);
        if (IsGrouped && worker < sets)
            Team.Share(Parts(samples), 1, worker, sets, out from, out to);
    }

    /// <summary>The first sample of a part.</summary>
    public int First(int part) => part * groupSize;

    /// <summary>The samples of a part.</summary>
    public int Count(int part, int samples) => IsGrouped ? Math.Min(groupSize, samples - First(part)) : samples;

    /// <summary>The part that a sample is in, and its place there.</summary>
    public (int Part, int Within) Locate(int sample) => IsGrouped ? Math.DivRem(sample, groupSize) : (0, sample);
}
