using System.Globalization;
using NetGen.Tests.Data;

namespace NetGen.Tests.Training;

/// <summary>What callbacks are told and when, the library's own ones, and that whatever one does leaves the run whole.</summary>
public sealed class CallbackTests : IDisposable
{
    private static readonly DataSet Train = new([4], TrainerTests.Inputs(50), TrainerTests.Labels(50), 3), Held = Train.Take(20);

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void CallbacksAreToldInTheirOrder()
    {
        var told = new List<string>();
        using Trainer trainer = TrainerTests.Perceptron(grouped: true).CreateTrainer(new SGD(0.1), Loss.CrossEntropy, 20);
        trainer.Fit(Train, 2, Held, callbacks: [new Listener("a", told), new Listener("b", told)]);
        string[] epoch = ["OnEpochBegin", "OnStepEnd", "OnStepEnd", "OnStepEnd", "OnValidationBegin", "OnValidationEnd", "OnEpochEnd"];
        string[] expected = ["OnTrainBegin 0.0", .. Events(1), .. Events(2), "OnTrainEnd 2.3"];
        told.Where(line => line[0] == 'a').Select(line => line[2..]).ShouldBe(expected);
        told.Where(line => line[0] == 'b').Select(line => line[2..]).ShouldBe(expected);
        told[..2].ShouldBe(["a OnTrainBegin 0.0", "b OnTrainBegin 0.0"]);
        // The last that was told of the beginning is the first to be told of the end.
        told.Where(line => line.Contains("Validation")).Take(4).Select(line => line[..^4]).ShouldBe(["a OnValidationBegin", "b OnValidationBegin", "b OnValidationEnd", "a OnValidationEnd"]);

        IEnumerable<string> Events(int number) => epoch.Select((name, i) => $"{name} {number}.{Math.Clamp(i, 0, 3)}");
    }

    public static TheoryData<string> EventNames =>
        ["OnTrainBegin", "OnEpochBegin", "OnStepEnd", "OnValidationBegin", "OnValidationEnd", "OnEpochEnd", "OnTrainEnd", "SaveState"];

    /// <summary>Whatever throws, the network is that of whole steps, the average is out of it again, and the run goes on to the same bits.</summary>
    [Theory]
    [MemberData(nameof(EventNames))]
    public void WhatACallbackThrowsEndsTheRunAndHarmsNothing(string name)
    {
        (float[] expected, History whole) = Run(folder["undisturbed"]);
        for (var times = 1; times <= 2; times++)
        {
            TimeoutException thrown = Should.Throw<TimeoutException>(() => Run(folder["disturbed"], new Thrower(name, times)));
            thrown.Message.ShouldBe(name);
        }
        (float[] values, History history) = Run(folder["disturbed"]);
        values.ShouldBe(expected);
        history.Select(epoch => epoch with { Duration = default }).ShouldBe(whole.Select(epoch => epoch with { Duration = default }));
    }

    [Fact]
    public void ACallbackMayUseTheTrainerAndTakeItsTime()
    {
        TestNetwork net = TrainerTests.Perceptron(grouped: true), alone = TrainerTests.Perceptron(grouped: true);
        using Trainer trainer = net.CreateTrainer(new SGD(0.1), Loss.CrossEntropy, 20, 2), other = alone.CreateTrainer(new SGD(0.1), Loss.CrossEntropy, 20, 2);
        var losses = new List<double>();
        // Measuring, resting and looking change nothing.
        trainer.Fit(Train, 2, Held, callbacks: [new Doing(run =>
        {
            losses.Add(run.Trainer.Evaluate(Held).Loss);
            net.Predict(new float[4]);
            Thread.Sleep(20);
        })]);
        other.Fit(Train, 2, Held);
        net.AllValues().ShouldBe(alone.AllValues());
        losses.Count.ShouldBe(6);

        // Steps and runs within a run are taken, the batches of the run stay its own, and its number of batches is fixed.
        var nested = 0;
        History history = trainer.Fit(Train, 2, callbacks: [new Doing(run =>
        {
            if (nested++ > 0)
                return;
            run.Trainer.Step(TrainerTests.Inputs(20), TrainerTests.Labels(20));
            run.Trainer.Fit(Train, 1).Count.ShouldBe(1);
            Should.Throw<InvalidOperationException>(() => run.Trainer.AccumulationSteps = 2).Message.ShouldContain("set AccumulationSteps before Fit");
        })]);
        history.Count.ShouldBe(2);
        trainer.StepCount.ShouldBe(6 + 6 + 1 + 3);
        net.AllValues().ShouldAllBe(value => float.IsFinite(value));
        Should.Throw<ObjectDisposedException>(() => trainer.Fit(Train, 2, callbacks: [new Doing(run => run.Trainer.Dispose())]));
    }

    [Fact]
    public void ACallbackThatChangesTheDataIsFoundOut()
    {
        int[] labels = TrainerTests.Labels(50);
        float[] inputs = TrainerTests.Inputs(50);
        TestNetwork net = TrainerTests.Perceptron(grouped: true);
        using Trainer trainer = net.CreateTrainer(new SGD(0.1), Loss.CrossEntropy, 20);
        Should.Throw<InvalidOperationException>(() => trainer.Fit(new DataSet([4], inputs, labels, 3), 3, callbacks: [new Doing(_ => Array.Fill(labels, 1_000_000))]))
            .Message.ShouldContain("The data set has changed since the run began");
        labels.AsSpan().Clear();
        Should.Throw<DivergenceException>(() => trainer.Fit(new DataSet([4], inputs, labels, 3), 3, callbacks: [new Doing(_ => Array.Fill(inputs, float.PositiveInfinity))]));
        Should.Throw<ArgumentException>(() => trainer.Fit(Train, 1, callbacks: [new CsvLog("a"), null!])).Message.ShouldContain("callback 1 is null");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void EarlyStoppingLeavesTheBestEpoch(bool isInterrupted)
    {
        // By this measure the third epoch is best, and two in a row are put up with.
        double[] values = [5, 4, 1, 2, 3];
        float[] third = [];
        History? history = null;
        TestNetwork net = TrainerTests.Perceptron(grouped: true);
        EarlyStopping stopping = Make();
        if (isInterrupted)
        {
            Should.Throw<TimeoutException>(() => Run(TrainerTests.Perceptron(grouped: true), stopping, epoch => throwAt(epoch, 5)));
            stopping = Make();
        }
        Run(net, stopping, _ => { });
        history!.Count.ShouldBe(6);
        stopping.Best.ShouldBe(3);
        net.AllValues().ShouldBe(third);
        // What has been stopped stays so.
        TestNetwork again = TrainerTests.Perceptron(grouped: true);
        Run(again, Make(), _ => { });
        again.AllValues().ShouldBe(third);
        history.Count.ShouldBe(6);

        EarlyStopping Make() => new(patience: 2, measure: epoch => epoch.Epoch > 5 ? 9 : values[epoch.Epoch - 1]);

        static void throwAt(EpochResult epoch, int number)
        {
            if (epoch.Epoch == number)
                throw new TimeoutException();
        }

        void Run(TestNetwork network, EarlyStopping callback, Action<EpochResult> then)
        {
            using Trainer trainer = network.CreateTrainer(new SGD(0.1), Loss.CrossEntropy, 20);
            history = trainer.Fit(Train, 20, callbacks: [callback, new AtEpochs(epoch =>
            {
                if (epoch.Epoch == 3)
                    third = network.AllValues();
                then(epoch);
            })], checkpoint: new(folder.Path));
        }
    }

    [Fact]
    public void EarlyStoppingBeginsAnewWithEveryRun()
    {
        var stopping = new EarlyStopping(measure: _ => double.NaN);
        using Trainer trainer = TrainerTests.Perceptron(grouped: true).CreateTrainer(new SGD(0.1), Loss.CrossEntropy, 20);
        trainer.Fit(Train, 20, callbacks: [stopping]).Count.ShouldBe(1);
        stopping.Best.ShouldBe(0);
        var other = new EarlyStopping(patience: 1, minDelta: 1e9) { RestoreBest = false };
        trainer.Fit(Train, 20, callbacks: [other]).Count.ShouldBe(3);
        trainer.Fit(Train, 20, callbacks: [other]).Count.ShouldBe(3);
        Should.Throw<ArgumentOutOfRangeException>(() => new EarlyStopping(-1)).ParamName.ShouldBe("patience");
        Should.Throw<ArgumentOutOfRangeException>(() => new EarlyStopping(minDelta: -1)).ParamName.ShouldBe("minDelta");
    }

    [Fact]
    public void TheBestAndTheLastParametersAreSaved()
    {
        var saved = new ModelCheckpoint(folder["models"], epoch => Math.Abs(epoch.Epoch - 2));
        TestNetwork net = TrainerTests.Perceptron(grouped: true);
        float[][] after = new float[4][];
        using Trainer trainer = net.CreateTrainer(new SGD(0.1), Loss.CrossEntropy, 20);
        trainer.Fit(Train, 3, callbacks: [saved, new AtEpochs(epoch => after[epoch.Epoch] = net.AllValues())]);
        saved.Best.ShouldBe(2);
        Loaded(saved.BestPath).ShouldBe(after[2]);
        Loaded(saved.LastPath).ShouldBe(after[3]);

        var average = new ExponentialMovingAverage(net, 0.5);
        var averaged = new ModelCheckpoint(folder["averages"]) { Average = average, SaveLast = false };
        trainer.Fit(Train, 1, callbacks: [average, averaged]);
        File.Exists(averaged.LastPath).ShouldBeFalse();
        using (average.Swap())
            Loaded(averaged.BestPath).ShouldBe(net.AllValues());
        Should.Throw<ArgumentException>(() => new ModelCheckpoint(""));
        Should.Throw<IOException>(() => trainer.Fit(Train, 1, callbacks: [new ModelCheckpoint(saved.BestPath)]));
        Should.Throw<InvalidOperationException>(() => trainer.Fit(Train, 1, callbacks: [new ExponentialMovingAverage(TrainerTests.Perceptron(grouped: true))]))
            .Message.ShouldContain("is of another network");

        float[] Loaded(string path)
        {
            TestNetwork loaded = TrainerTests.Perceptron(grouped: true);
            loaded.LoadWeights(path);
            return loaded.AllValues();
        }
    }

    [Fact]
    public void LogsHoldEveryStepAndEpochAlsoOfARunThatGoesOn()
    {
        LearningRateLog rates = new(), again = new();
        string path = folder["log.csv"];
        using Trainer first = TrainerTests.Perceptron(grouped: true).CreateTrainer(new SGD(0.1), Loss.CrossEntropy, 20);
        using Trainer second = TrainerTests.Perceptron(grouped: true).CreateTrainer(new SGD(0.1), Loss.CrossEntropy, 20);
        LearningRate schedule = LearningRate.CosineAnnealing(1 / 3.0);
        Should.Throw<TimeoutException>(() => first.Fit(Train, 4, Held, schedule, callbacks: [rates, new CsvLog(path), new Thrower("OnEpochEnd", 3)], checkpoint: new(folder.Path)));
        History history = second.Fit(Train, 4, Held, schedule, callbacks: [again, new CsvLog(path)], checkpoint: new(folder.Path));
        again.Rates.ShouldBe(Enumerable.Range(0, 12).Select(step => schedule.At(step, 3, 4)));
        rates.Rates.Count.ShouldBe(9);
        string[] lines = File.ReadAllLines(path);
        lines[0].ShouldBe("epoch,train_loss,train_accuracy,validation_loss,validation_accuracy,learning_rate,seconds");
        lines.Length.ShouldBe(5);
        for (var i = 0; i < 4; i++)
        {
            string[] fields = lines[i + 1].Split(',');
            double[] expected = [i + 1, history[i].TrainLoss, history[i].TrainAccuracy!.Value, history[i].ValidationLoss!.Value, history[i].ValidationAccuracy!.Value, history[i].LearningRate];
            fields[..6].Select(field => double.Parse(field, CultureInfo.InvariantCulture)).ShouldBe(expected);
        }
        second.Fit(Train, 1, callbacks: [again, new CsvLog(path)]);
        again.Rates.Count.ShouldBe(3);
        File.ReadAllLines(path)[1].ShouldContain(",,,"); // No validation, no numbers.
        Should.Throw<ArgumentException>(() => new CsvLog(""));
        Should.Throw<DirectoryNotFoundException>(() => second.Fit(Train, 1, callbacks: [new CsvLog(folder["none/log.csv"])]));
    }

    private static (float[] Values, History History) Run(string path, params Callback[] further)
    {
        TestNetwork net = TrainerTests.Perceptron(grouped: true);
        using Trainer trainer = net.CreateTrainer(new AdamW(0.01), Loss.CrossEntropy, 20, 2);
        var average = new ExponentialMovingAverage(net, 0.5) { UseForValidation = true };
        try
        {
            History history = trainer.Fit(Train, 3, Held, callbacks: [average, .. further], checkpoint: new(path) { EverySteps = 2 });
            return (net.AllValues(), history);
        }
        finally
        {
            trainer.Optimizer.StepCount.ShouldBe(trainer.StepCount);
            trainer.Step(TrainerTests.Inputs(20), TrainerTests.Labels(20)); // It is usable,
            average.Update(); // and the average is not in the network.
        }
    }

    private sealed class Listener(string name, List<string> told) : Callback
    {
        protected internal override void OnTrainBegin(TrainingRun run) => Tell(run, nameof(OnTrainBegin));

        protected internal override void OnEpochBegin(TrainingRun run) => Tell(run, nameof(OnEpochBegin));

        protected internal override void OnStepEnd(TrainingRun run)
        {
            run.TotalSteps.ShouldBe(((run.Epoch - 1) * 3) + run.Step);
            run.Loss.ShouldBeGreaterThan(0);
            run.LearningRate.ShouldBe(0.1);
            Tell(run, nameof(OnStepEnd));
        }

        protected internal override void OnValidationBegin(TrainingRun run) => Tell(run, nameof(OnValidationBegin));

        protected internal override void OnValidationEnd(TrainingRun run) => Tell(run, nameof(OnValidationEnd));

        protected internal override void OnEpochEnd(TrainingRun run, EpochResult epoch)
        {
            run.History.Last.ShouldBeSameAs(epoch);
            run.SoFar.Loss.ShouldBe(epoch.TrainLoss);
            (run.Epochs, run.StepsPerEpoch).ShouldBe((2, 3));
            Tell(run, nameof(OnEpochEnd));
        }

        protected internal override void OnTrainEnd(TrainingRun run) => Tell(run, nameof(OnTrainEnd));

        private void Tell(TrainingRun run, string what) => told.Add($"{name} {what} {run.Epoch}.{run.Step}");
    }

    /// <summary>Throws when something happens for the so-manieth time.</summary>
    private sealed class Thrower(string name, int times) : Callback
    {
        private int seen;

        protected internal override void OnTrainBegin(TrainingRun run) => Hear(nameof(OnTrainBegin));

        protected internal override void OnEpochBegin(TrainingRun run) => Hear(nameof(OnEpochBegin));

        protected internal override void OnStepEnd(TrainingRun run) => Hear(nameof(OnStepEnd));

        protected internal override void OnValidationBegin(TrainingRun run) => Hear(nameof(OnValidationBegin));

        protected internal override void OnValidationEnd(TrainingRun run) => Hear(nameof(OnValidationEnd));

        protected internal override void OnEpochEnd(TrainingRun run, EpochResult epoch) => Hear(nameof(OnEpochEnd));

        protected internal override void OnTrainEnd(TrainingRun run) => Hear(nameof(OnTrainEnd));

        protected internal override void SaveState(TrainingRun run, CallbackState state) => Hear(nameof(SaveState));

        private void Hear(string what)
        {
            if (what == name && (++seen == times || name is "OnTrainBegin" or "OnTrainEnd"))
                throw new TimeoutException(name);
        }
    }

    private sealed class Doing(Action<TrainingRun> action) : Callback
    {
        protected internal override void OnStepEnd(TrainingRun run) => action(run);
    }

    private sealed class AtEpochs(Action<EpochResult> action) : Callback
    {
        protected internal override void OnEpochEnd(TrainingRun run, EpochResult epoch) => action(epoch);
    }
}
