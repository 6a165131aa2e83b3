using NetGen.Engine;

namespace NetGen;

/// <summary>
/// How many of a pool's workers take part in one call of a network. A worker more costs those that are there a microsecond or several at every
/// barrier, and much more where threads outnumber processors: it must have something to do. Depends on nothing of the machine, so that the same
/// seed and number of threads give the same bits everywhere.
/// </summary>
internal sealed class UsefulWorkers
{
    // Some microseconds of work; and as many workers as this take part at any rate.
    private const long MultiplyAddsOfOne = 250_000;
    private const int Always = 8;
    private readonly long work;
    private readonly int threads;

    /// <summary>Workers for calls of a network by a pool of so many threads.</summary>
    public UsefulWorkers(NetworkDefinition definition, int threads)
    {
        this.threads = threads;
        // What is computed element by element takes several multiply-adds' time for each.
        work = definition.MultiplyAdds + (4L * definition.Activations.Sum(activation => (long)activation.Shape.Size));
    }

    /// <summary>Workers for a call on so many samples.</summary>
    public int For(int samples)
    {
        if (threads <= Always)
            return threads;
        double useful = Math.Ceiling((double)work * samples / MultiplyAddsOfOne);
        return (int)Math.Clamp(useful, Always, threads);
    }
}
