namespace NetGen;

/// <summary>
/// Where one thread waits for numbers that count up, set by another: it spins for some tens of microseconds, which costs the setter
/// nothing but a store, and then sleeps until woken.
/// </summary>
/// <param name="spins">How many times to look before sleeping, some 37 ns each: what <c>Thread.SpinWait(1)</c> is calibrated to.</param>
internal sealed class SpinEvent(int spins)
{
    private readonly AutoResetEvent bed = new(false);
    private int number;
    private int asleep;

    /// <summary>A thread's first sleep allocates what the runtime keeps for sleepers; done beforehand, no later one does.</summary>
    public void PrepareSleeper() => bed.WaitOne(0);

    /// <summary>Sets the number and lets the waiter go.</summary>
    public void Set(int value)
    {
        Interlocked.Exchange(ref number, value);
        // The waiter announces its sleep and then looks at the number once more; this side stores and then looks for the announcement. Both
        // are full fences, so at least one of the two sees the other.
        if (Volatile.Read(ref asleep) == 1 && Interlocked.Exchange(ref asleep, 0) == 1)
            bed.Set();
    }

    /// <summary>Waits until the number is another than <paramref name="known"/>, and returns it.</summary>
    public int WaitForOtherThan(int known)
    {
        for (var spin = 0; spin < spins; spin++)
        {
            int seen = Volatile.Read(ref number);
            if (seen != known)
                return seen;
            Thread.SpinWait(1);
        }
        while (true)
        {
            Interlocked.Exchange(ref asleep, 1);
            int seen = Volatile.Read(ref number);
            if (seen == known)
            {
                bed.WaitOne();
                continue;
            }
            // Set in between: whoever takes the announcement back decides whether there is a wake-up to be used up.
            if (Interlocked.Exchange(ref asleep, 0) == 0)
                bed.WaitOne();
            return seen;
        }
    }
}
