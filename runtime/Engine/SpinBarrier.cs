using System.ComponentModel;
using System.Runtime.InteropServices;

namespace NetGen.Engine;

/// <summary>
/// Where a fixed number of threads wait for one another, again and again: a sense-reversing barrier that spins shortly and then
/// yields the processor, so that a step with a dozen waits costs microseconds and an oversubscribed machine still moves on.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class SpinBarrier
{
    // Thread.SpinWait(1) is calibrated to about 37 ns: short enough not to be late, and 2,000 of them shorter than a time slice.
    // Where there are more threads than processors, the one waited for needs the processor of one who spins.
    private readonly int spins;
    private State state;

    /// <summary>A barrier for that many threads, at least 1.</summary>
    public SpinBarrier(int participants)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(participants, 1);
        Participants = participants;
        spins = participants <= Environment.ProcessorCount ? 2000 : 0;
        state.Missing = participants;
    }

    /// <summary>Threads that wait for one another.</summary>
    public int Participants { get; }

    /// <summary>Returns when all participants have called it; what each wrote before is visible to all after.</summary>
    /// <exception cref="InvalidOperationException">A participant has failed and will not come.</exception>
    public void Wait()
    {
        if (Participants == 1)
            return;
        int arrivedIn = Volatile.Read(ref state.Phase);
        if (Interlocked.Decrement(ref state.Missing) == 0)
        {
            state.Missing = Participants;
            Volatile.Write(ref state.Phase, arrivedIn + 1);
            return;
        }
        var spin = 0;
        while (Volatile.Read(ref state.Phase) == arrivedIn)
        {
            if (Volatile.Read(ref state.Broken))
                throw new BrokenBarrierException();
            if (++spin < spins)
                Thread.SpinWait(1);
            else
                Thread.Yield();
        }
    }

    /// <summary>Lets all who wait, or come to wait, go with an exception: called by a participant that cannot come.</summary>
    public void Break() => Volatile.Write(ref state.Broken, true);

    /// <summary>Makes a broken barrier usable again. Nobody may be waiting.</summary>
    public void Reset()
    {
        state.Missing = Participants;
        Volatile.Write(ref state.Broken, false);
    }

    // Arrivals must not disturb those who watch the phase: a cache line for each, and the neighbour that processors fetch along.
    [StructLayout(LayoutKind.Explicit, Size = 384)]
    private struct State
    {
        [FieldOffset(128)]
        public int Missing;

        [FieldOffset(256)]
        public int Phase;

        [FieldOffset(260)]
        public bool Broken;
    }
}
