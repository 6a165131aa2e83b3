namespace NetGen;

/// <summary>
/// Where one thread at a time sleeps until another wakes it. The sleeper lies down, looks once more for what it waits for, and sleeps or gets
/// up; the other first does what is waited for, with a full fence, and then wakes. So at least one of the two sees the other.
/// </summary>
/// <remarks>
/// No exception comes out of a sleep, because others may still be at work on memory that its caller would let go of: neither that of
/// <see cref="Thread.Interrupt"/> nor one of a <see cref="SynchronizationContext"/> that runs other code while a thread waits. What disturbed a
/// sleep is returned, for when they are done. A sleeper may also wake for nothing.
/// </remarks>
internal sealed class Bed
{
    private readonly AutoResetEvent bell = new(false);
    private int taken;

    /// <summary>A thread's first sleep allocates what the runtime keeps for sleepers; done beforehand, no later one does.</summary>
    public Exception? Prepare() => Listen(0);

    /// <summary>Announces the sleep. A full fence: what is read afterwards was not written before the waker looked here.</summary>
    public void LieDown() => Interlocked.Exchange(ref taken, 1);

    /// <summary>Sleeps until woken or disturbed.</summary>
    public Exception? Sleep() => Listen(Timeout.Infinite);

    /// <summary>Takes the announcement back, and waits for the wake-up that is on its way if somebody has seen it.</summary>
    // One who is disturbed here leaves the wake-up behind for the next, who wakes for nothing.
    public Exception? GetUp() => Interlocked.Exchange(ref taken, 0) == 0 ? Sleep() : null;

    /// <summary>Wakes who has lain down. Called after a full fence.</summary>
    public void Wake()
    {
        if (Volatile.Read(ref taken) == 1 && Interlocked.Exchange(ref taken, 0) == 1)
            bell.Set();
    }

    private Exception? Listen(int milliseconds)
    {
        try
        {
            bell.WaitOne(milliseconds);
            return null;
        }
        catch (Exception disturbance)
        {
            return disturbance;
        }
    }
}
