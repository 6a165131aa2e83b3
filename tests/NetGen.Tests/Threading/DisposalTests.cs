using NetGen.Tests.Training;

namespace NetGen.Tests.Threading;

/// <summary>Disposal while a call is under way, on this thread or another: it never fails or waits, the call ends well, and the next is refused.</summary>
[Collection(Alone.Name)]
public sealed class DisposalTests
{
    private const int Samples = 80, Races = 100;
    private static readonly float[] Inputs = TrainerTests.Inputs(Samples);
    private static readonly int[] Labels = TrainerTests.Labels(Samples);
    private static readonly DataSet Data = new(new Shape(4), Inputs, Labels, 3);

    public static TheoryData<bool, int> Ways => new() { { true, 1 }, { true, 3 }, { false, 1 }, { false, 3 } };

    [Theory]
    [MemberData(nameof(Ways))]
    public void OfATrainerInItsOwnStep(bool grouped, int threads)
    {
        var program = new WatchedProgram(grouped);
        using Trainer trainer = new TestNetwork(program).CreateTrainer(new SGD(0.1f), Loss.CrossEntropy, Samples, threads);
        program.OnCall = trainer.Dispose;
        float.IsFinite(trainer.Step(Inputs, Labels)).ShouldBeTrue();
        trainer.StepCount.ShouldBe(1);
        Should.Throw<ObjectDisposedException>(() => trainer.Step(Inputs, Labels)).ObjectName.ShouldContain("Trainer");
        Should.Throw<ObjectDisposedException>(() => trainer.Fit(Data, 1));
        Should.Throw<ObjectDisposedException>(() => trainer.Evaluate(Data));
        trainer.Dispose();
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void OfATrainerThatFits(bool grouped, int threads)
    {
        var program = new WatchedProgram(grouped);
        using Trainer trainer = new TestNetwork(program).CreateTrainer(new SGD(0.1f), Loss.CrossEntropy, 16, threads);
        program.OnCall = () =>
        {
            if (trainer.StepCount == 2)
                trainer.Dispose();
        };
        Should.Throw<ObjectDisposedException>(() => trainer.Fit(Data, 1));
        trainer.StepCount.ShouldBe(3, "the step under way goes on to its end");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void OfATrainerInItsProgress(int threads)
    {
        using Trainer trainer = TrainerTests.Perceptron(grouped: true).CreateTrainer(new SGD(0.1f), Loss.CrossEntropy, 16, threads);
        var disposing = new Callback(_ => trainer.Dispose());
        Should.Throw<ObjectDisposedException>(() => trainer.Fit(Data, 3, progress: disposing));
        trainer.StepCount.ShouldBeLessThanOrEqualTo(5);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void OfATrainerOnAnotherThread(bool grouped, int threads)
    {
        var random = new Random(1);
        for (var race = 0; race < Races; race++)
        {
            var program = new WatchedProgram(grouped);
            TestNetwork net = new(program);
            Trainer trainer = net.CreateTrainer(new SGD(0.1f), Loss.CrossEntropy, 16, threads);
            Exception? outcome = null;
            var fitting = new Thread(() => outcome = Record.Exception(() => trainer.Fit(Data, int.MaxValue)));
            fitting.Start();
            Thread.SpinWait(random.Next(20_000));
            trainer.Dispose();
            fitting.Join(TimeSpan.FromMinutes(1)).ShouldBeTrue();
            outcome.ShouldBeOfType<ObjectDisposedException>();
            program.Ended.ShouldBe(program.Begun);
            trainer.StepCount.ShouldBe(trainer.Optimizer.StepCount);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void OfAPassOnAnotherThread(int threads)
    {
        var random = new Random(1);
        for (var race = 0; race < Races; race++)
        {
            var program = new WatchedProgram(grouped: false);
            NetworkPass pass = new TestNetwork(program).CreatePass(Samples, threads);
            Exception? outcome = null;
            var passing = new Thread(() =>
            {
                while (outcome is null)
                {
                    outcome = Record.Exception(() =>
                    {
                        pass.Forward(Inputs);
                        pass.Backward();
                        _ = pass.InputGradient;
                    });
                }
            });
            passing.Start();
            Thread.SpinWait(random.Next(20_000));
            pass.Dispose();
            passing.Join(TimeSpan.FromMinutes(1)).ShouldBeTrue();
            outcome.ShouldBeOfType<ObjectDisposedException>();
            program.Ended.ShouldBe(program.Begun);
        }
    }

    [Fact]
    public void OfAPassInItsOwnCall()
    {
        var program = new WatchedProgram(grouped: false);
        NetworkPass pass = new TestNetwork(program).CreatePass(Samples, 2);
        program.OnCall = pass.Dispose;
        pass.Forward(Inputs);
        Should.Throw<ObjectDisposedException>(() => pass.Output.Length);
    }

    [Fact]
    public void OfAPredictorThatManyThreadsUse()
    {
        var random = new Random(1);
        TestNetwork net = TrainerTests.Perceptron(grouped: false);
        var expected = new float[Samples * 3];
        net.Predict(Inputs, expected);
        for (var race = 0; race < Races; race++)
        {
            var predictor = new Predictor(net.State, 2);
            var wrong = 0;
            var refusals = new Exception?[3];
            Thread[] callers = [.. Enumerable.Range(0, refusals.Length).Select(caller => new Thread(() =>
            {
                var outputs = new float[Samples * 3];
                while (refusals[caller] is null)
                {
                    refusals[caller] = Record.Exception(() => predictor.Predict(Inputs, outputs));
                    if (refusals[caller] is null && !outputs.AsSpan().SequenceEqual(expected))
                        Interlocked.Increment(ref wrong);
                }
            }))];
            Array.ForEach(callers, caller => caller.Start());
            Thread.SpinWait(random.Next(20_000));
            predictor.Dispose();
            callers.ShouldAllBe(caller => caller.Join(TimeSpan.FromMinutes(1)));
            refusals.ShouldAllBe(refusal => refusal is ObjectDisposedException);
            wrong.ShouldBe(0);
        }
    }

    [Fact]
    public void OfAPoolInItsJob()
    {
        var pool = new WorkerPool(3);
        var done = 0;
        pool.Run(new Job(_ =>
        {
            pool.Dispose();
            Interlocked.Increment(ref done);
        }));
        done.ShouldBe(3);
        Should.Throw<ObjectDisposedException>(() => pool.Run(new Job(_ => { })));
    }

    private sealed class Callback(Action<TrainingProgress> report) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => report(value);
    }
}
