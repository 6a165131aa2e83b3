using System.ComponentModel;

namespace NetGen.Engine;

/// <summary>
/// Where a fixed number of threads wait for one another, again and again: a sense-reversing barrier that spins shortly and then
/// yields the processor, so that a step with a dozen meetings costs microseconds and an oversubscribed machine still moves on.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class Rendezvous
{
    private int missing;
    private volatile int phase;

    /// <summary>A meeting place for that many threads, at least 1.</summary>
    public Rendezvous(int participants)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(participants, 1);
        Participants = missing = participants;
    }

    /// <summary>Threads that meet here.</summary>
    public int Participants { get; }

    /// <summary>Returns when all participants have called it; what each wrote before is visible to all after.</summary>
    public void Meet()
    {
        if (Participants == 1)
            return;
        int arrivedIn = phase;
        if (Interlocked.Decrement(ref missing) == 0)
        {
            missing = Participants;
            phase = arrivedIn + 1;
            return;
        }
        var spin = 0;
        while (phase == arrivedIn)
        {
            if (++spin < 2000)
                Thread.SpinWait(8);
            else
                Thread.Yield();
        }
    }
}
