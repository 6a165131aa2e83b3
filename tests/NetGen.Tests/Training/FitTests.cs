namespace NetGen.Tests.Training;

public sealed class FitTests
{
    private static readonly DataSet Train = Make(0, 50), Held = Make(50, 21);

    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, 1)]
    public void IsTheLoopThatOneWouldWrite(bool grouped, int threads)
    {
        TestNetwork fitted = TrainerTests.Perceptron(grouped), byHand = TrainerTests.Perceptron(grouped);
        LearningRate schedule = LearningRate.OneCycle(0.1f);
        using Trainer trainer = fitted.CreateTrainer(new SGD(1, 0.9f), Loss.CrossEntropy, 16, threads);
        History history = trainer.Fit(Train, 3, Held, schedule, shuffle: new Seed(5));

        using Trainer loop = byHand.CreateTrainer(new SGD(1, 0.9f), Loss.CrossEntropy, 16, threads);
        var step = 0;
        BatchSequence batches = Train.Batches(16, new Seed(5));
        history.Count.ShouldBe(3);
        for (var epoch = 0; epoch < 3; epoch++)
        {
            double sum = 0;
            foreach (Batch batch in batches.Epoch(epoch))
            {
                loop.Optimizer.LearningRate = schedule.At(step++, 4, 3);
                sum += loop.Step(batch) * (double)batch.Count;
            }
            history[epoch].Epoch.ShouldBe(epoch + 1);
            history[epoch].TrainLoss.ShouldBe(sum / 50, 1e-6);
            history[epoch].LearningRate.ShouldBe(loop.Optimizer.LearningRate);
            Evaluation held = loop.Evaluate(Held);
            history[epoch].ValidationLoss!.Value.ShouldBe(held.Loss, 1e-12);
            history[epoch].ValidationAccuracy.ShouldBe(held.Accuracy);
        }
        step.ShouldBe(12);
        fitted.AllValues().ShouldBe(byHand.AllValues());
        history.Last.ShouldBeSameAs(history[2]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void EvaluationIsThatOfPredictAndChangesNothing(bool grouped)
    {
        TestNetwork net = TrainerTests.Perceptron(grouped);
        float[] before = net.AllValues();
        using Trainer trainer = net.CreateTrainer(new SGD(1), Loss.CrossEntropy, 16, 2);
        Evaluation evaluation = trainer.Evaluate(Held);

        double sum = 0;
        var correct = 0;
        var outputs = new float[3];
        for (var n = 0; n < Held.Count; n++)
        {
            net.Predict(Held.Sample(n), outputs);
            int label = Held.Labels[n];
            sum += Math.Log(outputs.Sum(x => Math.Exp(x))) - outputs[label];
            correct += Array.IndexOf(outputs, outputs.Max()) == label ? 1 : 0;
        }
        evaluation.Loss.ShouldBe(sum / Held.Count, 1e-6);
        evaluation.Accuracy.ShouldBe((double)correct / Held.Count);
        net.AllValues().ShouldBe(before);
    }

    [Fact]
    public void LearnsWhatCanBeLearnt()
    {
        TestNetwork net = TrainerTests.Perceptron(grouped: true);
        net.Parameters["linear1.bias"].Values.Fill(2); // No output begins in the flat part of the ReLU.
        using Trainer trainer = net.CreateTrainer(new AdamW(0.05f), Loss.CrossEntropy, 16);
        History history = trainer.Fit(Train, 40, Held);
        history.Last.TrainLoss.ShouldBeLessThan(history[0].TrainLoss / 2);
        history.Last.TrainAccuracy!.Value.ShouldBeGreaterThan(0.9);
        history.Last.ValidationAccuracy!.Value.ShouldBeGreaterThan(0.8);
    }

    [Fact]
    public void CallsOfOneTrainerGoOnWithNewOrders()
    {
        TestNetwork whole = TrainerTests.Perceptron(grouped: true), parts = TrainerTests.Perceptron(grouped: true);
        using Trainer one = whole.CreateTrainer(new SGD(0.1f), Loss.CrossEntropy, 16), several = parts.CreateTrainer(new SGD(0.1f), Loss.CrossEntropy, 16);
        one.Fit(Train, 4);
        several.Fit(Train, 1);
        several.Fit(Train, 2);
        several.Fit(Train, 1).Last.Epoch.ShouldBe(1);
        parts.AllValues().ShouldBe(whole.AllValues());
    }

    [Fact]
    public void ASeedOfItsOwnGivesEveryCallTheSameOrders()
    {
        TestNetwork net = TrainerTests.Perceptron(grouped: true);
        using Trainer trainer = net.CreateTrainer(new SGD(0.1f), Loss.CrossEntropy, 16);
        float[] before = net.AllValues();
        trainer.Fit(Train, 2, shuffle: new Seed(9));
        float[] first = net.AllValues();
        foreach (Parameter parameter in net.Parameters)
            parameter.Values.Assign(before.AsSpan(Start(parameter), parameter.Shape.Size));
        trainer.Fit(Train, 2, shuffle: new Seed(9));
        net.AllValues().ShouldBe(first);

        int Start(Parameter parameter) => net.Parameters.TakeWhile(other => other.Name != parameter.Name).Sum(other => other.Shape.Size);
    }

    [Fact]
    public void WithoutAScheduleTheRateStaysAndWithoutValidationThereIsNone()
    {
        using Trainer trainer = TrainerTests.Perceptron(grouped: true).CreateTrainer(new SGD(0.25f), Loss.CrossEntropy, 16);
        EpochResult result = trainer.Fit(Train, 1).ShouldHaveSingleItem();
        result.LearningRate.ShouldBe(0.25f);
        result.ValidationLoss.ShouldBeNull();
        result.ValidationAccuracy.ShouldBeNull();
    }

    [Fact]
    public void ProgressEndsEveryEpochWithItsResult()
    {
        var reports = new List<TrainingProgress>();
        using Trainer trainer = TrainerTests.Perceptron(grouped: true).CreateTrainer(new SGD(0.25f), Loss.CrossEntropy, 16);
        History history = trainer.Fit(Train, 3, progress: new Progress(reports.Add));
        reports.Where(report => report.Completed is not null).Select(report => report.Completed).ShouldBe(history);
        TrainingProgress last = reports[^1];
        (last.Epoch, last.Epochs, last.Step, last.Steps).ShouldBe((3, 3, 4, 4));
        last.Loss.ShouldBe(history.Last.TrainLoss);
        last.Accuracy.ShouldBe(history.Last.TrainAccuracy);
    }

    [Fact]
    public void CancellingLeavesTheNetworkAsTheLastWholeStepMadeIt()
    {
        using var source = new CancellationTokenSource();
        var calls = 0;
        var program = new PerceptronProgram(4, 3, grouped: true)
        {
            OnForward = (_, _) =>
            {
                if (++calls == 6)
                    source.Cancel();
            },
        };
        var net = new TestNetwork(program);
        using Trainer trainer = net.CreateTrainer(new SGD(0.25f), Loss.CrossEntropy, 16);
        Should.Throw<OperationCanceledException>(() => trainer.Fit(Train, 100, shuffle: new Seed(5), cancellation: source.Token));
        trainer.StepCount.ShouldBe(6);

        TestNetwork byHand = TrainerTests.Perceptron(grouped: true);
        using Trainer loop = byHand.CreateTrainer(new SGD(0.25f), Loss.CrossEntropy, 16);
        BatchSequence batches = Train.Batches(16, new Seed(5));
        for (var epoch = 0; epoch < 2; epoch++)
        {
            foreach (Batch batch in batches.Epoch(epoch))
            {
                if (loop.StepCount < 6)
                    loop.Step(batch);
            }
        }
        net.AllValues().ShouldBe(byHand.AllValues());
    }

    [Fact]
    public void AShortLastBatchIsLeftOutWhenAsked()
    {
        TestNetwork fitted = TrainerTests.Perceptron(grouped: true), byHand = TrainerTests.Perceptron(grouped: true);
        using Trainer trainer = fitted.CreateTrainer(new SGD(0.1f), Loss.CrossEntropy, 16), loop = byHand.CreateTrainer(new SGD(0.1f), Loss.CrossEntropy, 16);
        History history = trainer.Fit(Train, 2, shuffle: new Seed(5), dropLast: true);
        BatchSequence batches = Train.Batches(16, new Seed(5), dropLast: true);
        for (var epoch = 0; epoch < 2; epoch++)
        {
            double sum = 0;
            foreach (Batch batch in batches.Epoch(epoch))
                sum += loop.Step(batch) * (double)batch.Count;
            history[epoch].TrainLoss.ShouldBe(sum / 48, 1e-6);
        }
        trainer.StepCount.ShouldBe(6);
        fitted.AllValues().ShouldBe(byHand.AllValues());

        ArgumentException refusal = Should.Throw<ArgumentException>(() => trainer.Fit(Train.Take(15), 1, dropLast: true));
        refusal.ParamName.ShouldBe("train");
        refusal.Message.ShouldContain("a full batch of 16 samples is expected, and it has 15");
        trainer.Fit(Train.Take(16), 1, dropLast: true);
        trainer.StepCount.ShouldBe(7);
    }

    [Fact]
    public void AnyNumberOfEpochsRunsUntilCancelled()
    {
        using var source = new CancellationTokenSource();
        using Trainer trainer = TrainerTests.Perceptron(grouped: true).CreateTrainer(new SGD(0.25f), Loss.CrossEntropy, 16);
        var progress = new Progress(report =>
        {
            if (report is { Completed: not null, Epoch: 3 })
                source.Cancel();
        });
        Should.Throw<OperationCanceledException>(() => trainer.Fit(Train, int.MaxValue, progress: progress, cancellation: source.Token));
        trainer.StepCount.ShouldBe(12);
    }

    [Fact]
    public void MoreStepsThanAScheduleCanNumberAreRefused()
    {
        using Trainer trainer = TrainerTests.Perceptron(grouped: true).CreateTrainer(new SGD(0.25f), Loss.CrossEntropy, 16);
        ArgumentOutOfRangeException refusal = Should.Throw<ArgumentOutOfRangeException>(() => trainer.Fit(Train, 600_000_000, schedule: LearningRate.OneCycle(1)));
        refusal.ParamName.ShouldBe("epochs");
        refusal.Message.ShouldContain("600000000 epochs of 4 steps are more");
        trainer.StepCount.ShouldBe(0);
    }

    [Fact]
    public void BadDataIsRefusedBeforeAnythingChanges()
    {
        TestNetwork net = TrainerTests.Perceptron(grouped: true);
        float[] before = net.AllValues();
        using Trainer trainer = net.CreateTrainer(new SGD(0.25f), Loss.CrossEntropy, 16);
        var wide = new DataSet(new Shape(5), new float[10], new int[2], 3);
        var manyClasses = new DataSet(new Shape(4), new float[8], new[] { 0, 4 }, 5);
        Should.Throw<ArgumentException>(() => trainer.Fit(wide, 1)).Message.ShouldContain("samples have shape [5], 5 values, and the network takes [4], 4");
        Should.Throw<ArgumentException>(() => trainer.Fit(Train, 1, validation: manyClasses)).Message.ShouldContain("label 1 is 4");
        Should.Throw<ArgumentException>(() => trainer.Fit(Train.Take(0), 1)).Message.ShouldContain("empty");
        Should.Throw<ArgumentException>(() => trainer.Evaluate(Train.Take(0))).Message.ShouldContain("empty");
        Should.Throw<ArgumentOutOfRangeException>(() => trainer.Fit(Train, 0)).ParamName.ShouldBe("epochs");
        using Trainer ofValues = net.CreateTrainer(new SGD(), Loss.MeanSquaredError, 16);
        Should.Throw<InvalidOperationException>(() => ofValues.Fit(Train, 1)).Message.ShouldContain("compares each of 3 outputs with a value");
        Should.Throw<InvalidOperationException>(() => ofValues.Evaluate(Train)).Message.ShouldContain("a DataSet with targets");
        net.AllValues().ShouldBe(before);
    }

    /// <summary>Points whose class is where their first three values are largest.</summary>
    private static DataSet Make(int first, int count)
    {
        float[] inputs = TrainerTests.Floats(Reference.Filler.Values(8, count * 4, first: first * 4));
        int[] labels = [.. Enumerable.Range(0, count).Select(n => Array.IndexOf(inputs, inputs[(n * 4)..((n * 4) + 3)].Max(), n * 4) - (n * 4))];
        return new DataSet(new Shape(4), inputs, labels, 3);
    }

    private sealed class Progress(Action<TrainingProgress> report) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => report(value);
    }
}
