namespace NetGen;

/// <summary>
/// A fixed set of threads that do one job after another together with the caller, who is worker 0. Between jobs they spin for some tens of
/// microseconds, so that a job started soon costs well under a microsecond, and then sleep. A run allocates nothing.
/// </summary>
public sealed class WorkerPool : IDisposable
{
    private readonly WorkerThreads threads;
    private int running;
    private bool disposed;

    /// <summary>Starts the threads.</summary>
    /// <param name="threads">Workers, the caller included; 0: one for each processor.</param>
    /// <exception cref="ArgumentOutOfRangeException">A negative number.</exception>
    public WorkerPool(int threads = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        Threads = threads == 0 ? Environment.ProcessorCount : threads;
        this.threads = new WorkerThreads(Threads - 1);
    }

    /// <summary>Lets the threads end when a pool is forgotten instead of disposed: they do not know the pool. No threads: the constructor threw.</summary>
    ~WorkerPool() => threads?.Dismiss();

    /// <summary>Workers, the caller included.</summary>
    public int Threads { get; }

    /// <summary>Runs every worker's part and returns when all are done; what they wrote is visible then.</summary>
    /// <remarks>One job at a time. Where several workers throw, the exception of the lowest one is rethrown, once all have ended.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="job"/> is null.</exception>
    /// <exception cref="InvalidOperationException">A job is already running, perhaps the one that calls this.</exception>
    /// <exception cref="ObjectDisposedException">The pool is disposed.</exception>
    public void Run(IWorkerJob job)
    {
        ArgumentNullException.ThrowIfNull(job);
        ObjectDisposedException.ThrowIf(disposed, this);
        if (Interlocked.Exchange(ref running, 1) != 0)
            throw new InvalidOperationException("WorkerPool.Run: a job is already running; a pool does one at a time.");
        try
        {
            threads.Run(job);
        }
        finally
        {
            Volatile.Write(ref running, 0);
        }
    }

    /// <summary>Ends the threads. Not while a job runs.</summary>
    /// <exception cref="InvalidOperationException">A job is running.</exception>
    public void Dispose()
    {
        if (disposed)
            return;
        if (Interlocked.Exchange(ref running, 1) != 0)
            throw new InvalidOperationException("WorkerPool.Dispose: a job is running.");
        disposed = true;
        threads.Dismiss();
        GC.SuppressFinalize(this);
    }
}
