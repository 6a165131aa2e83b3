using NetGen.Tests.Engine;
using NetGen.Tests.Reference;
using NetGen.Tests.Training;

namespace NetGen.Tests.Threading;

/// <summary>
/// <see cref="Thread.Interrupt"/> at any moment of every call that waits for workers: it comes out when all of them are done, nothing is written
/// afterwards, and the call has done all of its work.
/// </summary>
[Collection(Alone.Name)]
public sealed class InterruptTests
{
    private const int Interrupts = 1000, Samples = 80;
    private static readonly float[] Inputs = TrainerTests.Inputs(Samples);
    private static readonly int[] Labels = TrainerTests.Labels(Samples);
    private static readonly DataSet Data = new(new Shape(4), Inputs, Labels, 3);

    public static TheoryData<bool, int> Ways => new() { { true, 2 }, { true, 5 }, { false, 2 }, { false, 5 } };

    [Theory]
    [InlineData(false, 2)]
    [InlineData(false, 5)]
    [InlineData(true, 2)]
    [InlineData(true, 3)]
    public void Predict(bool shared, int threads)
    {
        WatchedProgram program = shared ? new(new SharedProgram()) : new(grouped: false);
        var net = new TestNetwork(program);
        using var predictor = new Predictor(net.State, threads);
        float[] expected = new float[Samples * 3], outputs = new float[Samples * 3];
        net.Predict(Inputs, expected);
        Interrupt(program, () => predictor.Predict(Inputs, outputs), () =>
        {
            float[] written = [.. outputs];
            outputs.AsSpan().Fill(-7);
            // Whoever were still at work would write now.
            Thread.SpinWait(1000);
            return written.AsSpan().SequenceEqual(expected) && outputs.AsSpan().IndexOfAnyExcept(-7) < 0;
        });
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Step(bool grouped, int threads)
    {
        var program = new WatchedProgram(grouped);
        var net = new TestNetwork(program);
        using Trainer trainer = net.CreateTrainer(new Adam(0.01f), Loss.CrossEntropy, Samples, threads);
        Interrupt(program, () => trainer.Step(Inputs, Labels), () => Rests(net.AllValues) && trainer.Optimizer.StepCount == trainer.StepCount);

        // Every step that was counted has been taken in full, and no other.
        TestNetwork undisturbed = new(new WatchedProgram(grouped));
        using Trainer another = undisturbed.CreateTrainer(new Adam(0.01f), Loss.CrossEntropy, Samples, threads);
        while (another.StepCount < trainer.StepCount)
            another.Step(Inputs, Labels);
        net.AllValues().ShouldBe(undisturbed.AllValues());
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Fit(bool grouped, int threads)
    {
        var program = new WatchedProgram(grouped);
        var net = new TestNetwork(program);
        using Trainer trainer = net.CreateTrainer(new SGD(0.01f), Loss.CrossEntropy, Samples, threads);
        Interrupt(program, () => trainer.Fit(Data, 100), () => Rests(net.AllValues) && trainer.Optimizer.StepCount == trainer.StepCount);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Evaluate(bool grouped, int threads)
    {
        var program = new WatchedProgram(grouped);
        var net = new TestNetwork(program);
        using Trainer trainer = net.CreateTrainer(new SGD(0.01f), Loss.CrossEntropy, 48, threads);
        Evaluation expected = trainer.Evaluate(Data);
        Interrupt(program, () => trainer.Evaluate(Data), () => true);
        trainer.Evaluate(Data).ShouldBe(expected);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Passes(bool grouped, int threads)
    {
        var program = new WatchedProgram(grouped);
        var net = new TestNetwork(program);
        using NetworkPass pass = net.CreatePass(Samples, threads), calm = net.CreatePass(Samples);
        float[] gradient = TrainerTests.Floats(Filler.Values(3, Samples * 3));
        calm.Forward(Inputs);
        float[] output = calm.Output.ToArray();
        gradient.CopyTo(calm.OutputGradient);
        calm.Backward();
        float[] towards = calm.InputGradient.ToArray(), hidden = calm.Activations["linear1"].ToArray();

        Interrupt(program, () => pass.Forward(Inputs), () => pass.Output.SequenceEqual(output));
        pass.Forward(Inputs);
        gradient.CopyTo(pass.OutputGradient);
        Interrupt(program, pass.Backward, () => Rests(() => net.Parameters[0].Gradient.ToArray()));
        // Asked for again where the first was interrupted: it has been computed.
        Interrupt(program, () =>
        {
            pass.Forward(Inputs);
            gradient.CopyTo(pass.OutputGradient);
            pass.Backward();
            _ = pass.InputGradient;
            _ = pass.Activations["linear1"];
        }, () => true);
        pass.Forward(Inputs);
        gradient.CopyTo(pass.OutputGradient);
        pass.Backward();
        pass.InputGradient.ToArray().ShouldBe(towards);
        pass.Activations["linear1"].ToArray().ShouldBe(hidden);
    }

    [Fact]
    public void AFailureComesBeforeAnInterruptWhichIsNotLost()
    {
        using var pool = new WorkerPool(2);
        Thread caller = Thread.CurrentThread;
        var job = new Job(worker =>
        {
            if (worker == 0)
                return;
            Thread.Sleep(5);
            caller.Interrupt();
            Thread.Sleep(5);
            throw new InvalidDataException("the failure");
        });
        Should.Throw<InvalidDataException>(() => pool.Run(job));
        Should.Throw<ThreadInterruptedException>(() => Thread.Sleep(1000));
    }

    [Fact]
    public void InterruptedWorkersGoOn()
    {
        using var pool = new WorkerPool(3);
        var threads = new Thread[3];
        pool.Run(new Job(worker => threads[worker] = Thread.CurrentThread));
        var sum = 0;
        for (var round = 0; round < 200; round++)
        {
            threads[1].Interrupt();
            threads[2].Interrupt();
            if (round % 20 == 0)
                Thread.Sleep(1); // Until they have gone to sleep.
            pool.Run(new Job(worker =>
            {
                Interlocked.Add(ref sum, worker);
                pool.Barrier.Wait();
            }));
        }
        sum.ShouldBe(200 * 3);
    }

    [Fact]
    public void CodeThatRunsDuringAWaitAndFailsDoesNotEndItEither()
    {
        var program = new WatchedProgram(grouped: false) { Hurried = Thread.CurrentThread };
        var net = new TestNetwork(program);
        using var predictor = new Predictor(net.State, 3);
        var outputs = new float[Samples * 3];
        SynchronizationContext? before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(new FailingContext());
        try
        {
            for (var call = 0; call < 50; call++)
            {
                Record.Exception(() => predictor.Predict(Inputs, outputs)).ShouldBeOfType<InvalidDataException>();
                program.Ended.ShouldBe(program.Begun);
                program.Ended.ShouldBe((call + 1) * 3);
            }
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    /// <summary>Whether what is read stays the same for a while.</summary>
    private static bool Rests(Func<float[]> read)
    {
        float[] first = read();
        Thread.SpinWait(1000);
        return read().AsSpan().SequenceEqual(first);
    }

    /// <summary>Calls again and again on a thread of its own until so many interrupts have come out, each time with all workers done.</summary>
    /// <param name="program">What the workers run.</param>
    /// <param name="call">The call.</param>
    /// <param name="isSound">Whether all is well after a call.</param>
    private static void Interrupt(WatchedProgram program, Action call, Func<bool> isSound)
    {
        int caught = 0, calls = 0, atWork = 0, unsound = 0;
        Exception? other = null;
        var caller = new Thread(() =>
        {
            while (caught < Interrupts && other is null)
            {
                try
                {
                    calls++;
                    call();
                }
                catch (ThreadInterruptedException)
                {
                    caught++;
                }
                catch (Exception failure)
                {
                    other = failure;
                }
                if (program.Begun != program.Ended)
                    atWork++;
                other ??= Record.Exception(() => unsound += isSound() ? 0 : 1);
            }
        });
        program.Hurried = caller;
        program.Interrupts = true;
        caller.Start();
        bool ended = caller.Join(TimeSpan.FromMinutes(2));
        program.Hurried = null;
        other.ShouldBeNull();
        ended.ShouldBeTrue($"{caught} interrupts came out of {calls} calls");
        atWork.ShouldBe(0, "calls that ended before their workers");
        unsound.ShouldBe(0, "calls after which something was wrong");
    }

    private sealed class FailingContext : SynchronizationContext
    {
        public FailingContext() => SetWaitNotificationRequired();

        public override int Wait(IntPtr[] waitHandles, bool waitAll, int millisecondsTimeout) => throw new InvalidDataException("from a message loop");
    }
}
