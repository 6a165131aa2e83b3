using System.Globalization;

namespace NetGen.Tests.Training;

/// <summary>Runs in which something goes wrong on the way: data that changes, losses that are no numbers, cancellation.</summary>
public sealed class RunawayTests
{
    private const int Samples = 50;
    private readonly float[] inputs = TrainerTests.Inputs(Samples);
    private readonly int[] labels = TrainerTests.Labels(Samples);

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(int.MinValue)]
    [InlineData(-1)]
    [InlineData(3)]
    public void ALabelThatChangesInMidRunEndsItWithTheSamplesNumber(int label)
    {
        foreach (bool grouped in new[] { true, false })
        {
            int[] own = [.. labels];
            TestNetwork net = TrainerTests.Perceptron(grouped);
            float[] after = [];
            using Trainer trainer = net.CreateTrainer(new SGD(0.1), Loss.CrossEntropy, 16, 2);
            var progress = new Reports(report =>
            {
                if (report is not { Completed: not null, Epoch: 2 })
                    return;
                after = net.AllValues();
                Array.Fill(own, label, 33, 17);
            });
            InvalidOperationException thrown = Should.Throw<InvalidOperationException>(
                () => trainer.Fit(new DataSet([4], inputs, own, 3), 5, shuffle: 1, progress: progress));
            thrown.Message.ShouldContain("The data set has changed since the run began.");
            string wrong = thrown.Message[(thrown.Message.IndexOf("label ", StringComparison.Ordinal) + 6)..];
            int.Parse(wrong[..wrong.IndexOf(' ')], CultureInfo.InvariantCulture).ShouldBeInRange(33, 49);
            thrown.Message.ShouldContain($" is {label}; with 3 outputs it must lie in [0, 3)");
            trainer.History.Count.ShouldBe(2);
            // The steps of batches that came before the first changed sample are all that has happened.
            if (trainer.StepCount == 8)
                net.AllValues().ShouldBe(after);
        }
    }

    /// <summary>Another thread writes nonsense over the labels all the time: refusals are all that comes of it.</summary>
    [Fact]
    public void LabelsThatChangeAllTheTimeAreNeverReadBesideTheRow()
    {
        int[] own = [.. labels];
        var data = new DataSet([4], inputs, own, 3);
        TestNetwork net = TrainerTests.Perceptron(grouped: true);
        using Trainer trainer = net.CreateTrainer(new SGD(0.01), Loss.CrossEntropy, 10, 2);
        using var end = new CancellationTokenSource();
        var vandal = new Thread(() =>
        {
            for (uint i = 0; !end.IsCancellationRequested; i++)
                Volatile.Write(ref own[i % Samples], i % 3 == 0 ? (int)(i * 2654435761u) : (int)(i % 3));
        });
        vandal.Start();
        var refusals = 0;
        try
        {
            for (var i = 0; i < 2000; i++)
            {
                switch (i % 4)
                {
                    case 0: Try(() => trainer.Step(inputs.AsSpan(0, 40), own.AsSpan(0, 10))); break;
                    case 1: Try(() => trainer.Fit(data, 1)); break;
                    case 2: Try(() => trainer.Evaluate(data)); break;
                    default: Try(() => net.Evaluate(data, threads: 1)); break;
                }
            }
        }
        finally
        {
            end.Cancel();
            vandal.Join();
        }
        refusals.ShouldBeGreaterThan(0);
        net.AllValues().ShouldAllBe(value => float.IsFinite(value));

        void Try(Action call)
        {
            try
            {
                call();
            }
            catch (Exception refusal) when (refusal is ArgumentException or InvalidOperationException)
            {
                refusals++;
            }
        }
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void ADivergingRunEndsAtItsFirstBadLoss(float poison)
    {
        TestNetwork net = TrainerTests.Perceptron(grouped: true);
        using Trainer trainer = net.CreateTrainer(new SGD(0.125), Loss.MeanSquaredError, 16);
        float[] targets = new float[Samples * 3];
        var progress = new Reports(report =>
        {
            if (report is { Completed: not null, Epoch: 2 })
                targets[40 * 3] = poison; // In the third batch of four: without a shuffle the order would say so.
        });
        DivergenceException thrown = Should.Throw<DivergenceException>(() => trainer.Fit(new DataSet([4], inputs, targets, [3]), 9, progress: progress));
        thrown.Epoch.ShouldBe(3);
        thrown.Step.ShouldBe(trainer.StepCount - 8);
        thrown.LearningRate.ShouldBe(0.125);
        double.IsFinite(thrown.Loss).ShouldBeFalse();
        thrown.IsValidation.ShouldBeFalse();
        thrown.Message.ShouldContain($"the loss of step {thrown.Step} in epoch 3 is ");
        thrown.Message.ShouldContain(", by Loss.MeanSquaredError and SGD at a learning rate of 0.125");
        trainer.History.Count.ShouldBe(2);
    }

    [Fact]
    public void AHugeRateDivergesAndMayGoOn()
    {
        var data = new DataSet([4], inputs, new float[Samples * 3]);
        using Trainer trainer = new TestNetwork(new LinearProgram(4, 3)).CreateTrainer(new SGD(1e30), Loss.MeanSquaredError, 16);
        DivergenceException thrown = Should.Throw<DivergenceException>(() => trainer.Fit(data, 5));
        (thrown.Epoch, thrown.Step, thrown.LearningRate).ShouldBe((1, 2, 1e30));
        History history = trainer.Fit(data, 3, onDivergence: OnDivergence.Continue);
        history.Count.ShouldBe(3);
        double.IsFinite(history.Last.TrainLoss).ShouldBeFalse();
    }

    [Fact]
    public void AValidationLossThatIsNoNumberEndsTheRunToo()
    {
        var data = new DataSet([4], inputs, new float[Samples * 3], [3]);
        float[] far = [.. inputs];
        far[0] = float.PositiveInfinity;
        using Trainer trainer = TrainerTests.Perceptron(grouped: true).CreateTrainer(new SGD(0.1), Loss.MeanSquaredError, 16);
        DivergenceException thrown = Should.Throw<DivergenceException>(() => trainer.Fit(data, 5, validation: new DataSet([4], far, new float[Samples * 3], [3])));
        (thrown.IsValidation, thrown.Epoch, thrown.Step).ShouldBe((true, 1, 4));
        thrown.Message.ShouldContain("the validation loss after epoch 1");
        trainer.History.Count.ShouldBe(1);
    }

    [Fact]
    public void TheHistoryOfACancelledRunIsInTheTrainer()
    {
        using var source = new CancellationTokenSource();
        using Trainer trainer = TrainerTests.Perceptron(grouped: true).CreateTrainer(new SGD(0.1), Loss.CrossEntropy, 16);
        trainer.History.Count.ShouldBe(0);
        Should.Throw<InvalidOperationException>(() => trainer.History.Last).Message.ShouldContain("No epoch");
        var seen = new List<int>();
        var progress = new Reports(report =>
        {
            seen.Add(trainer.History.Count);
            if (report is { Completed: not null, Epoch: 12 })
                source.Cancel();
        });
        var data = new DataSet([4], inputs, labels, 3);
        Should.Throw<OperationCanceledException>(() => trainer.Fit(data, int.MaxValue, progress: progress, cancellation: source.Token));
        trainer.History.Select(epoch => epoch.Epoch).ShouldBe(Enumerable.Range(1, 12));
        trainer.History.Last.TrainLoss.ShouldBeGreaterThan(0);
        seen[^1].ShouldBe(12);
        Should.Throw<ArgumentOutOfRangeException>(() => trainer.History[12]);
        trainer.Fit(data, 2).ShouldBeSameAs(trainer.History);
        trainer.History.Count.ShouldBe(2);
    }

    private sealed class Reports(Action<TrainingProgress> report) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => report(value);
    }
}
