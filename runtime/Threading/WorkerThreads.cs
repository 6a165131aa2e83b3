using System.Runtime.ExceptionServices;
using NetGen.Engine;

namespace NetGen;

/// <summary>The threads of a pool and what they wait for.</summary>
internal sealed class WorkerThreads
{
    private const int Dismissed = -1;
    private readonly SpinEvent[] starts;
    private readonly SpinEvent finish;
    private readonly Exception?[] failures;
    private IWorkerJob? job;
    private int unfinished;
    private int run;

    public WorkerThreads(int helpers)
    {
        failures = new Exception?[helpers + 1];
        // Where there are more threads than processors, the one waited for needs the processor of one who spins.
        int spins = helpers < Environment.ProcessorCount ? 1500 : 10;
        finish = new SpinEvent(spins);
        finish.PrepareSleeper();
        starts = new SpinEvent[helpers];
        for (var i = 0; i < helpers; i++)
            starts[i] = new SpinEvent(spins);
        for (var i = 0; i < helpers; i++)
        {
            int worker = i + 1;
            new Thread(() => Work(worker)) { IsBackground = true, Name = $"NetGen worker {worker}" }.Start();
        }
    }

    public void Run(IWorkerJob next)
    {
        if (starts.Length == 0)
        {
            next.Run(0);
            return;
        }
        int before = run;
        run = (before + 1) & int.MaxValue;
        job = next;
        unfinished = starts.Length;
        foreach (SpinEvent start in starts)
            start.Set(run);
        RunPart(next, 0);
        finish.WaitForOtherThan(before);
        job = null;
        Rethrow();
    }

    public void Dismiss()
    {
        foreach (SpinEvent start in starts)
            start.Set(Dismissed);
    }

    private void Work(int worker)
    {
        SpinEvent start = starts[worker - 1];
        start.PrepareSleeper();
        for (var known = 0; ;)
        {
            known = start.WaitForOtherThan(known);
            if (known == Dismissed)
                return;
            RunPart(job!, worker);
            if (Interlocked.Decrement(ref unfinished) == 0)
                finish.Set(known);
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
        }
    }

    private void Rethrow()
    {
        Exception? first = null;
        foreach (Exception? failure in failures)
        {
            if (failure is not null && (first is null || (first is BrokenBarrierException && failure is not BrokenBarrierException)))
                first = failure;
        }
        if (first is null)
            return;
        Array.Clear(failures);
        ExceptionDispatchInfo.Throw(first);
    }
}
