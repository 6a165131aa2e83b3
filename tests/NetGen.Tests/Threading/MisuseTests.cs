using NetGen.Tests.Training;

namespace NetGen.Tests.Threading;

/// <summary>Objects for one thread at a time, used by several or by their own callbacks: the documented exception, never a hang.</summary>
[Collection(Alone.Name)]
public sealed class MisuseTests
{
    private const int Samples = 80, Calls = 400;
    private static readonly float[] Inputs = TrainerTests.Inputs(Samples);
    private static readonly int[] Labels = TrainerTests.Labels(Samples);
    private static readonly DataSet Data = new(new Shape(4), Inputs, Labels, 3);

    public static TheoryData<bool, int> Ways => new() { { true, 2 }, { true, 3 }, { false, 2 }, { false, 3 } };

    [Theory]
    [MemberData(nameof(Ways))]
    public void OnePassByThreeThreads(bool grouped, int threads)
    {
        TestNetwork net = TrainerTests.Perceptron(grouped);
        using NetworkPass pass = net.CreatePass(Samples, threads), calm = net.CreatePass(Samples, 1);
        Hammer(
            () => pass.Forward(Inputs),
            () => _ = pass.Output.Length,
            () => pass.OutputGradient.Fill(1),
            pass.Backward,
            () => pass.BackwardFrom("linear1", new float[Samples * 3]),
            () => _ = pass.InputGradient.Length,
            () => _ = pass.Activations["linear1"].Length);
        pass.Forward(Inputs);
        calm.Forward(Inputs);
        pass.Output.ToArray().ShouldBe(calm.Output.ToArray());
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void OneTrainerByThreeThreads(bool grouped, int threads)
    {
        TestNetwork net = TrainerTests.Perceptron(grouped);
        using Trainer trainer = net.CreateTrainer(new SGD(0.01f), Loss.CrossEntropy, Samples, threads);
        Hammer(
            () => trainer.Step(Inputs, Labels),
            () => trainer.Fit(Data, 2),
            () => trainer.Evaluate(Data));
        trainer.StepCount.ShouldBe(trainer.Optimizer.StepCount);
        float.IsFinite(trainer.Step(Inputs, Labels)).ShouldBeTrue();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void APassFromItsOwnCalls(int threads)
    {
        var refusals = new List<Exception?>();
        var program = new WatchedProgram(grouped: false);
        using NetworkPass pass = new TestNetwork(program).CreatePass(Samples, threads);
        program.OnCall = () =>
        {
            lock (refusals)
            {
                refusals.Add(Record.Exception(() => pass.Forward(Inputs)));
                refusals.Add(Record.Exception(pass.Backward));
                refusals.Add(Record.Exception(() => pass.Output.Length));
                refusals.Add(Record.Exception(() => pass.Activations[0].Length));
            }
        };
        pass.Forward(Inputs);
        refusals.Count.ShouldBe(threads * 4);
        refusals.ShouldAllBe(refusal => refusal is InvalidOperationException && refusal.Message.Contains("already in a call"));
    }

    [Fact]
    public void ATrainerFromItsOwnProgress()
    {
        // Between steps nothing is under way: what the callback asks for is done.
        using Trainer trainer = TrainerTests.Perceptron(grouped: true).CreateTrainer(new SGD(0.01f), Loss.CrossEntropy, 16, 2);
        var nested = 0;
        trainer.Fit(Data, 2, progress: new Progress(() =>
        {
            if (nested++ > 0)
                return;
            trainer.Evaluate(Data);
            trainer.Step(Inputs.AsSpan(0, 64), Labels.AsSpan(0, 16));
            trainer.Fit(Data, 1);
        }));
        trainer.StepCount.ShouldBe((2 * 5) + 1 + 5);
    }

    /// <summary>Three threads make these calls at once, each in its own order; all that may come out is that another call is under way.</summary>
    private static void Hammer(params Action[] calls)
    {
        var unexpected = new List<Exception>();
        Thread[] threads = [.. Enumerable.Range(0, 3).Select(seed => new Thread(() =>
        {
            var random = new Random(seed);
            for (var call = 0; call < Calls; call++)
            {
                Exception? outcome = Record.Exception(calls[random.Next(calls.Length)]);
                if (outcome is not (null or InvalidOperationException))
                {
                    lock (unexpected)
                        unexpected.Add(outcome);
                }
            }
        }))];
        Array.ForEach(threads, thread => thread.Start());
        threads.ShouldAllBe(thread => thread.Join(TimeSpan.FromMinutes(1)), "a call hangs");
        unexpected.ShouldBeEmpty();
    }

    private sealed class Progress(Action report) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => report();
    }
}
