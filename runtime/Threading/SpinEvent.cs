using System.Diagnostics;

namespace NetGen;

/// <summary>
/// A count on which one thread waits and which another raises: the waiter looks again and again for some tens of microseconds, which costs the
/// other nothing but an addition, and then sleeps until woken. Nothing else ends a wait.
/// </summary>
/// <param name="spins">How many times to look before other threads are let run, some 37 ns each: what <c>Thread.SpinWait(1)</c> is calibrated to.</param>
/// <param name="patience">How long to go on looking, letting others run in between, before sleeping.</param>
internal sealed class SpinEvent(int spins, TimeSpan patience)
{
    private readonly Bed bed = new();
    private int count;

    /// <summary>The count, which comes back to the same number after 2³² times.</summary>
    public int Count => Volatile.Read(ref count);

    /// <inheritdoc cref="Bed.Prepare"/>
    public Exception? PrepareSleeper() => bed.Prepare();

    /// <summary>Raises the count and lets the waiter go.</summary>
    public void Set()
    {
        Interlocked.Increment(ref count);
        bed.Wake();
    }

    /// <summary>Waits until the count is another than <paramref name="known"/>.</summary>
    /// <returns>What disturbed the wait, if anything: <see cref="Thread.Interrupt"/> or the like.</returns>
    public Exception? WaitForOtherThan(int known)
    {
        for (var spin = 0; spin < spins; spin++)
        {
            if (Count != known)
                return null;
            Thread.SpinWait(1);
        }
        for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < patience; Thread.Yield())
        {
            if (Count != known)
                return null;
        }
        Exception? disturbance = null;
        while (true)
        {
            bed.LieDown();
            if (Count != known)
                return bed.GetUp() ?? disturbance;
            disturbance = bed.Sleep() ?? disturbance;
        }
    }
}
