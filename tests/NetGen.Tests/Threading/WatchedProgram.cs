using System.Diagnostics;
using NetGen.Engine;
using NetGen.Tests.Training;

namespace NetGen.Tests.Threading;

/// <summary>A program, a perceptron if nothing else is said, whose calls are counted, and last on every thread but one until this one sleeps in waiting for the others.</summary>
internal sealed class WatchedProgram(NetworkProgram inner) : NetworkProgram
{
    private int begun;
    private int ended;
    private int interrupts;

    public WatchedProgram(bool grouped)
        : this(new PerceptronProgram(4, 3, grouped))
    {
    }

    public override NetworkDefinition Definition => inner.Definition;

    /// <summary>The thread that is not held up.</summary>
    public Thread? Hurried { get; set; }

    /// <summary>Whether the others interrupt it, in turn before and while it sleeps.</summary>
    public bool Interrupts { get; set; }

    /// <summary>Done at the beginning of every call.</summary>
    public Action? OnCall { get; set; }

    /// <summary>Calls that have begun.</summary>
    public int Begun => Volatile.Read(ref begun);

    /// <summary>Calls that have ended, well or badly.</summary>
    public int Ended => Volatile.Read(ref ended);

    public override void Prepare(ref float parameters) => inner.Prepare(ref parameters);

    public override void Predict(ref float parameters, ref float inputs, ref float outputs, int count, ref float scratch, in Team team)
    {
        Begin();
        inner.Predict(ref parameters, ref inputs, ref outputs, count, ref scratch, in team);
        Interlocked.Increment(ref ended);
    }

    public override void Forward(in StepContext step)
    {
        Begin();
        inner.Forward(step);
        Interlocked.Increment(ref ended);
    }

    public override void Backward(in StepContext step, int fromLayer)
    {
        Begin();
        inner.Backward(step, fromLayer);
        Interlocked.Increment(ref ended);
    }

    public override void InputGradient(in StepContext step, int fromLayer)
    {
        Begin();
        inner.InputGradient(step, fromLayer);
        Interlocked.Increment(ref ended);
    }

    public override void Materialize(in StepContext step, int layer)
    {
        Begin();
        inner.Materialize(step, layer);
        Interlocked.Increment(ref ended);
    }

    private void Begin()
    {
        Interlocked.Increment(ref begun);
        OnCall?.Invoke();
        if (Hurried is not { } hurried || Thread.CurrentThread == hurried)
            return;
        bool isEarly = Interlocked.Increment(ref interrupts) % 2 == 0;
        if (Interrupts && isEarly)
            hurried.Interrupt();
        // Longer than anyone looks before going to sleep: on an idle machine no wait would end asleep otherwise.
        for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < TimeSpan.FromMilliseconds(20); Thread.Yield())
        {
            if (hurried.ThreadState.HasFlag(System.Threading.ThreadState.WaitSleepJoin))
                break;
        }
        if (Interrupts && !isEarly)
            hurried.Interrupt();
    }
}
