using System.Runtime.ExceptionServices;
using NetGen.Engine;

namespace NetGen;

/// <summary>The threads of a pool and what they wait for.</summary>
internal sealed class WorkerThreads
{
    private readonly SpinEvent[] starts;
    private readonly SpinEvent finish;
    private readonly Exception?[] failures;
    private IWorkerJob? job;
    private int unfinished;
    private bool dismissed;

    /// <summary>Starts the threads; where the system refuses one, those already started end again.</summary>
    /// <param name="helpers">How many.</param>
    /// <param name="start">Starts a thread.</param>
    /// <exception cref="InsufficientMemoryException">The system starts no more threads.</exception>
    public WorkerThreads(int helpers, Action<Thread> start)
    {
        Barrier = new SpinBarrier(helpers + 1);
        failures = new Exception?[helpers + 1];
        // Where there are more threads than processors, the one waited for needs the processor of one who spins.
        (int spins, TimeSpan patience) = helpers < Environment.ProcessorCount ? (300, TimeSpan.FromMicroseconds(50)) : (10, TimeSpan.Zero);
        finish = new SpinEvent(spins, patience);
        Postpone(finish.PrepareSleeper());
        starts = new SpinEvent[helpers];
        for (var i = 0; i < helpers; i++)
            starts[i] = new SpinEvent(spins, patience);
        for (var i = 0; i < helpers; i++)
        {
            int worker = i + 1;
            try
            {
                start(new Thread(() => Work(worker)) { IsBackground = true, Name = $"NetGen worker {worker}" });
            }
            catch (Exception refusal)
            {
                Dismiss();
                if (refusal is OutOfMemoryException or ThreadStartException)
                {
                    throw new InsufficientMemoryException(
                        $"{helpers + 1} threads are asked for, the caller's among them; the system has started {i} others and refuses the next. Ask for fewer, or raise the limit of processes or memory.",
                        refusal);
                }
                throw;
            }
        }
    }

    /// <summary>Where the workers of a job wait for one another. Broken when one of them fails, and whole again for the next job.</summary>
    public SpinBarrier Barrier { get; }

    /// <summary>Runs a job on the caller and the first of the threads, and returns when all are done, whatever happens to the caller meanwhile.</summary>
    /// <param name="next">The job.</param>
    /// <param name="workers">Workers that take part, the caller included; at least 1.</param>
    /// <returns>What disturbed the caller's wait, if anything: <see cref="Thread.Interrupt"/> or the like. The job is done all the same.</returns>
    public Exception? Run(IWorkerJob next, int workers)
    {
        Barrier.Reset(workers);
        if (workers == 1)
        {
            next.Run(0);
            return null;
        }
        int before = finish.Count;
        job = next;
        unfinished = workers - 1;
        for (var i = 0; i < workers - 1; i++)
            starts[i].Set();
        RunPart(next, 0);
        Exception? disturbance = finish.WaitForOtherThan(before) ?? Barrier.Disturbance;
        job = null;
        if (TakeFailure() is not { } failure)
            return disturbance;
        Postpone(disturbance);
        ExceptionDispatchInfo.Throw(failure);
        return null;
    }

    /// <summary>Ends the threads. No job may be running.</summary>
    public void Dismiss()
    {
        Volatile.Write(ref dismissed, true);
        foreach (SpinEvent start in starts)
            start.Set();
    }

    /// <summary>Lets an interrupted thread be interrupted where it waits next.</summary>
    private static void Postpone(Exception? disturbance)
    {
        if (disturbance is ThreadInterruptedException)
            Thread.CurrentThread.Interrupt();
    }

    private void Work(int worker)
    {
        SpinEvent start = starts[worker - 1];
        // Interrupts of these threads, which a job's code can reach, mean nothing between jobs.
        start.PrepareSleeper();
        for (var known = 0; ; known++)
        {
            start.WaitForOtherThan(known);
            if (Volatile.Read(ref dismissed))
                return;
            RunPart(job!, worker);
            if (Interlocked.Decrement(ref unfinished) == 0)
                finish.Set();
        }
    }

    private void RunPart(IWorkerJob current, int worker)
    {
        try
        {
            current.Run(worker);
        }
        catch (Exception failure)
        {
            failures[worker] = failure;
            Barrier.Break();
        }
    }

    /// <summary>The failure of the lowest worker, a cause before its consequences; all are forgotten.</summary>
    private Exception? TakeFailure()
    {
        Exception? first = null;
        foreach (Exception? failure in failures)
        {
            if (failure is not null && (first is null || (first is BrokenBarrierException && failure is not BrokenBarrierException)))
                first = failure;
        }
        if (first is not null)
            Array.Clear(failures);
        return first;
    }
}
