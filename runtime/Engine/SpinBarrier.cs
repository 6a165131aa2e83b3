using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace NetGen.Engine;

/// <summary>
/// Where a fixed number of threads wait for one another, again and again. Waiting begins with spinning, so that a step with a dozen waits
/// costs microseconds, and ends asleep, so that those who are waited for get the processors, however many threads and other programs there are.
/// </summary>
/// <remarks>
/// Who sleeps does so in a place of its own, which its order of arrival gives it. There are two rows of places, taken in turn: a row is used again
/// only after everybody has left the barrier that it was used for. A wait allocates nothing, and nothing else ends it.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class SpinBarrier
{
    // Thread.SpinWait(1) is calibrated to about 37 ns: short enough not to be late. After some 10 µs the processor is offered to others between
    // two looks, which costs little where there are none, and much less than spinning where there are: the one waited for may be among them.
    private const int Spins = 300, Yields = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(1);
    private readonly Bed[][] rows;
    private State state;
    private int spins;
    private int owner;

    /// <summary>A barrier for at most that many threads, at least 1.</summary>
    internal SpinBarrier(int participants)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(participants, 1);
        rows = [Beds(participants - 1), Beds(participants - 1)];
        Reset(participants);

        static Bed[] Beds(int count) => [.. Enumerable.Range(0, count).Select(_ => new Bed())];
    }

    /// <summary>Threads that wait for one another.</summary>
    internal int Participants { get; private set; }

    /// <summary>Returns when all participants have called it; what each wrote before is visible to all after.</summary>
    /// <exception cref="InvalidOperationException">A participant has failed and will not come.</exception>
    public void Wait()
    {
        if (Participants == 1)
            return;
        int phase = Volatile.Read(ref state.Phase), place = Interlocked.Decrement(ref state.Missing);
        if (place == 0)
        {
            state.Missing = Participants;
            // A full fence: those who sleep have said so before they looked at the phase for the last time.
            Interlocked.Exchange(ref state.Phase, phase + 1);
            if (Volatile.Read(ref state.Sleepers) != 0)
                Wake(rows[phase & 1]);
            return;
        }
        for (var spin = 0; spin < spins; spin++)
        {
            if (IsOver(phase))
                return;
            Thread.SpinWait(1);
        }
        if (!IsOverSoon(phase))
            Sleep(phase, rows[phase & 1][place - 1]);
    }

    /// <summary>Lets all who wait, or come to wait, go with an exception: called for a participant that cannot come.</summary>
    internal void Break()
    {
        Volatile.Write(ref state.Broken, true);
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref state.Sleepers) == 0)
            return;
        foreach (Bed[] row in rows)
            Wake(row);
    }

    /// <summary>Makes the barrier one for that many threads, of which the caller is one; a broken one is whole again. Nobody may be waiting.</summary>
    internal void Reset(int participants)
    {
        Participants = participants;
        // Where there are more threads than processors, the one waited for needs the processor of one who spins.
        spins = participants <= Environment.ProcessorCount ? Spins : 0;
        owner = Environment.CurrentManagedThreadId;
        Disturbance = null;
        state.Missing = participants;
        Volatile.Write(ref state.Broken, false);
    }

    /// <summary>What disturbed the sleep of the thread that reset the barrier since then, if anything. Other threads' sleep ends when it is over.</summary>
    internal Exception? Disturbance { get; private set; }

    private static void Wake(Bed[] row)
    {
        foreach (Bed bed in row)
            bed.Wake();
    }

    private bool IsOver(int phase)
    {
        if (Volatile.Read(ref state.Phase) != phase)
            return true;
        if (Volatile.Read(ref state.Broken))
            throw new BrokenBarrierException();
        return false;
    }

    /// <summary>Lets other threads of this processor run before this one is put to sleep, which takes longer to end.</summary>
    private bool IsOverSoon(int phase)
    {
        long start = Stopwatch.GetTimestamp();
        for (var yield = 0; spins > 0 ? Stopwatch.GetElapsedTime(start) < Patience : yield < Yields; yield++)
        {
            if (IsOver(phase))
                return true;
            Thread.Yield();
        }
        return IsOver(phase);
    }

    private void Sleep(int phase, Bed bed)
    {
        Exception? disturbed = null;
        Interlocked.Increment(ref state.Sleepers);
        while (true)
        {
            bed.LieDown();
            if (Volatile.Read(ref state.Phase) != phase || Volatile.Read(ref state.Broken))
                break;
            disturbed = bed.Sleep() ?? disturbed;
        }
        disturbed = bed.GetUp() ?? disturbed;
        Interlocked.Decrement(ref state.Sleepers);
        if (disturbed is not null && Environment.CurrentManagedThreadId == owner)
            Disturbance = disturbed;
        _ = IsOver(phase);
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

        [FieldOffset(264)]
        public int Sleepers;
    }
}
