using System.ComponentModel;

namespace NetGen.Engine;

/// <summary>
/// Where a fixed number of threads wait for one another, again and again: a sense-reversing barrier that spins shortly and then
/// yields the processor, so that a step with a dozen meetings costs microseconds and an oversubscribed machine still moves on.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class Rendezvous(int participants)
{
    private int missing = participants;
    private volatile int phase;

    /// <summary>Threads that meet here.</summary>
    public int Participants => participants;

    /// <summary>Returns when all participants have called it; what each wrote before is visible to all after.</summary>
    public void Meet()
    {
        if (participants == 1)
            return;
        int arrivedIn = phase;
        if (Interlocked.Decrement(ref missing) == 0)
        {
            missing = participants;
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
