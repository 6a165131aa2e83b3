namespace NetGen;

/// <summary>
/// Who may use an object that serves one call at a time, and until when. Closing neither waits nor fails: a call under way goes on to its end,
/// on whatever thread it runs, and the next is refused.
/// </summary>
/// <param name="owner">The object, for the exception when it is closed.</param>
/// <param name="refusal">What a call is told while another is under way.</param>
/// <param name="end">Ends what the object holds: called once, by whoever closes it, or by the call that was under way then when it is done.</param>
internal sealed class Turns(object owner, Func<string> refusal, Action end)
{
    private const int Taken = 1, Closed = 2;
    private int state;

    /// <summary>Whether no further call is served.</summary>
    public bool IsClosed => (Volatile.Read(ref state) & Closed) != 0;

    /// <summary>A turn, until disposed. Taken before anything of the object's is written, so that a refused call changes nothing.</summary>
    /// <exception cref="InvalidOperationException">A call is under way, on another thread or further up on this one.</exception>
    /// <exception cref="ObjectDisposedException">The object is closed.</exception>
    public Turn Take()
    {
        if (TryTake())
            return new Turn(this);
        ThrowIfClosed();
        throw new InvalidOperationException(refusal());
    }

    /// <summary>Takes the turn unless a call is under way or the object is closed. <see cref="GiveBack"/> ends it.</summary>
    public bool TryTake() => Interlocked.CompareExchange(ref state, Taken, 0) == 0;

    /// <summary>Ends a turn.</summary>
    public void GiveBack()
    {
        if ((Interlocked.And(ref state, ~Taken) & Closed) != 0)
            end();
    }

    /// <summary>Serves no further call.</summary>
    public void Close()
    {
        if (Interlocked.Or(ref state, Closed) == 0)
            end();
    }

    /// <exception cref="ObjectDisposedException">The object is closed.</exception>
    public void ThrowIfClosed() => ObjectDisposedException.ThrowIf(IsClosed, owner);

    /// <summary>A turn that ends when disposed.</summary>
    public readonly ref struct Turn(Turns turns)
    {
        public void Dispose() => turns.GiveBack();
    }
}
