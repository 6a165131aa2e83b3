using System.Runtime.ExceptionServices;
using NetGen.Engine;

namespace NetGen;

/// <summary>
/// A fixed set of threads that do one job after another together with the caller, who is worker 0. Between jobs they spin for some tens of
/// microseconds, so that a job started soon costs well under a microsecond, and then sleep. A run allocates nothing.
/// </summary>
public sealed class WorkerPool : IDisposable
{
    /// <summary>
    /// The number of threads wherever none is given: 0, which is one for each processor. Another number is taken as it is, also where it is more
    /// than there are processors; the calling thread is one of them.
    /// </summary>
    public const int DefaultThreads = 0;

    /// <summary>Most threads of a pool.</summary>
    public const int MaxThreads = 4096;

    private readonly WorkerThreads threads;
    private readonly Turns turns;

    /// <summary>Starts the threads.</summary>
    /// <param name="threads">Workers, the caller included; 0: one for each processor.</param>
    /// <exception cref="ArgumentOutOfRangeException">A negative number, or more than <see cref="MaxThreads"/>.</exception>
    /// <exception cref="InsufficientMemoryException">The system starts no more threads. Those already started have ended.</exception>
    public WorkerPool(int threads = DefaultThreads)
        // Of the context in which a pool is made, which may hold much, its threads keep nothing alive.
        : this(threads, thread => thread.UnsafeStart())
    {
    }

    internal WorkerPool(int threads, Action<Thread> start)
    {
        CheckThreads(threads);
        Threads = threads == 0 ? Math.Min(Environment.ProcessorCount, MaxThreads) : threads;
        this.threads = new WorkerThreads(Threads - 1, start);
        turns = new Turns(this, () => "WorkerPool.Run: a job is already running; a pool does one at a time.", End);
    }

    /// <summary>Lets the threads end when a pool is forgotten instead of disposed: they do not know the pool. No threads: the constructor threw.</summary>
    ~WorkerPool() => threads?.Dismiss();

    /// <summary>Workers, the caller included.</summary>
    public int Threads { get; }

    /// <summary>Where the workers of a job wait for one another; who fails breaks it.</summary>
    internal SpinBarrier Barrier => threads.Barrier;

    /// <summary>Runs every worker's part and returns when all are done; what they wrote is visible then.</summary>
    /// <remarks>One job at a time. Where several workers throw, the exception of the lowest one is rethrown, once all have ended.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="job"/> is null.</exception>
    /// <exception cref="InvalidOperationException">A job is already running, perhaps the one that calls this.</exception>
    /// <exception cref="ObjectDisposedException">The pool is disposed.</exception>
    /// <exception cref="ThreadInterruptedException">The caller was interrupted while it waited for the others. All have ended: the job is done.</exception>
    public void Run(IWorkerJob job)
    {
        ArgumentNullException.ThrowIfNull(job);
        Rethrow(RunToEnd(job, Threads));
    }

    /// <summary>Ends the threads. A job under way, on whatever thread, is done to its end first, and this does not wait for it.</summary>
    public void Dispose() => turns.Close();

    /// <summary>Refuses numbers of threads that no pool takes.</summary>
    internal static void CheckThreads(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(threads, MaxThreads);
    }

    /// <summary>Runs the parts of the first workers, as <see cref="Run"/> does.</summary>
    /// <returns>
    /// What disturbed the caller's wait, if anything, to be given to <see cref="Rethrow"/> once it has been noted that the job is done.
    /// </returns>
    internal Exception? RunToEnd(IWorkerJob job, int workers)
    {
        using Turns.Turn turn = turns.Take();
        return threads.Run(job, workers);
    }

    /// <summary>Throws what disturbed a wait, unless nothing did.</summary>
    internal static void Rethrow(Exception? disturbance)
    {
        if (disturbance is not null)
            ExceptionDispatchInfo.Throw(disturbance);
    }

    private void End()
    {
        threads.Dismiss();
        GC.SuppressFinalize(this);
    }
}
