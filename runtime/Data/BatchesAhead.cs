using System.Runtime.ExceptionServices;

namespace NetGen;

/// <summary>
/// One run through the batches of an epoch, which threads make ahead of who takes them. They take the numbers in turn, and a batch depends on its number
/// only, so what comes out does not depend on the threads.
/// </summary>
internal sealed class BatchesAhead
{
    private readonly object gate = new();
    private readonly BatchPlan plan;
    private readonly SampleBuffer[] buffers;

    /// <summary>For each buffer the batch that is whole in it, and what went wrong with it instead.</summary>
    private readonly int[] made;
    private readonly ExceptionDispatchInfo?[] failures;
    private readonly Thread[] threads;
    private readonly CancellationTokenSource over = new();

    /// <summary>The first batch that nobody makes yet, and the first whose buffer is not free again.</summary>
    private int next, kept;

    /// <summary>A run that has not begun.</summary>
    /// <param name="plan">The batches; it stays as it is until the run has ended.</param>
    /// <param name="buffers">Where to make them: one for the batch in use, and one for each ahead of it.</param>
    /// <param name="count">How many threads.</param>
    public BatchesAhead(BatchPlan plan, SampleBuffer[] buffers, int count)
    {
        (this.plan, this.buffers) = (plan, buffers);
        made = new int[buffers.Length];
        Array.Fill(made, -1);
        failures = new ExceptionDispatchInfo?[buffers.Length];
        threads = new Thread[count];
        for (int i = 0; i < count; i++)
            threads[i] = new Thread(MakeAll) { IsBackground = true, Name = $"NetGen batches {i}" };
    }

    /// <summary>Begins to make them.</summary>
    /// <exception cref="InsufficientMemoryException">The system starts no more threads. Those already started have ended.</exception>
    public void Begin()
    {
        int started = 0;
        try
        {
            foreach (Thread thread in threads)
            {
                thread.UnsafeStart();
                started++;
            }
        }
        catch (Exception refusal)
        {
            // Who is interrupted while a thread starts has started it.
            End();
            if (refusal is OutOfMemoryException or ThreadStartException)
            {
                throw new InsufficientMemoryException(
                    $"{threads.Length} threads are to make batches; the system has started {started} and refuses the next. Ask for fewer.", refusal);
            }
            throw;
        }
    }

    /// <summary>A batch, after the one before it, whose buffer is free from now on.</summary>
    /// <exception cref="Exception">What went wrong in the making of it.</exception>
    public Batch Take(int batch)
    {
        int buffer = batch % buffers.Length;
        bool isFree;
        lock (gate)
        {
            kept = batch;
            Monitor.PulseAll(gate);
            // Rather than wait for a thread that has not come to it.
            isFree = next == batch;
            if (isFree)
                next++;
            while (!isFree && made[buffer] != batch && !over.IsCancellationRequested)
                Monitor.Wait(gate);
            if (over.IsCancellationRequested)
                throw new InvalidOperationException("The run through these batches has ended.");
        }
        if (isFree)
            Make(batch);
        failures[buffer]?.Throw();
        return plan.Made(batch, buffers[buffer]);
    }

    /// <summary>Ends the threads and waits for them: nothing of the data set is read any more, and no one is called.</summary>
    /// <exception cref="InvalidOperationException">One of them is the caller.</exception>
    public void End()
    {
        if (threads.Contains(Thread.CurrentThread))
            throw new InvalidOperationException("What makes a batch has begun or ended the run through the batches that it belongs to.");
        Dismiss();
        foreach (Thread thread in threads.Where(thread => thread.IsAlive))
            Uninterrupted(thread.Join);
    }

    /// <summary>Lets the threads end.</summary>
    public void Dismiss()
    {
        over.Cancel();
        Uninterrupted(() =>
        {
            lock (gate)
                Monitor.PulseAll(gate);
        });
    }

    /// <summary>Waits to the end of it. Who is interrupted meanwhile is interrupted where it waits next.</summary>
    private static void Uninterrupted(Action wait)
    {
        bool isInterrupted = false;
        while (true)
        {
            try
            {
                wait();
                break;
            }
            catch (ThreadInterruptedException)
            {
                isInterrupted = true;
            }
        }
        if (isInterrupted)
            Thread.CurrentThread.Interrupt();
    }

    private void MakeAll()
    {
        while (TakeTurn() is { } batch)
            Make(batch);
    }

    private void Make(int batch)
    {
        int buffer = batch % buffers.Length;
        ExceptionDispatchInfo? failure = null;
        try
        {
            plan.Make(batch, buffers[buffer], over.Token);
        }
        catch (Exception exception)
        {
            failure = ExceptionDispatchInfo.Capture(exception);
        }
        lock (gate)
        {
            (made[buffer], failures[buffer]) = (batch, failure);
            Monitor.PulseAll(gate);
        }
    }

    /// <summary>The next batch to make, once there is room for it; null where there is none.</summary>
    private int? TakeTurn()
    {
        lock (gate)
        {
            while (!over.IsCancellationRequested && next < plan.Count && next >= kept + buffers.Length)
                Monitor.Wait(gate);
            return over.IsCancellationRequested || next >= plan.Count ? null : next++;
        }
    }
}
