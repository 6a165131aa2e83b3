using System.Text.Json;

namespace NetGen.Tests.Training;

/// <summary>Schedules, alone and one after the other, against the rates that PyTorch's have (<c>Reference/pytorch_schedules.py</c>).</summary>
public sealed class ScheduleTests
{
    private const int Epochs = 12, Steps = 3;

    private static readonly double[] Losses = [5, 4, 3.9999, 3.99995, 4.1, 3.5, 3.6, 3.4999, 3.7, 3.7, 3.7, 3.3];

    private static readonly Dictionary<string, LearningRate> Schedules = new()
    {
        ["StepDecay"] = LearningRate.StepDecay(0.5, 5, 0.3),
        ["MultiStepDecay"] = LearningRate.MultiStepDecay(0.5, [2, 3, 9], 0.5),
        ["ExponentialDecay"] = LearningRate.ExponentialDecay(0.5, 0.8),
        ["CosineAnnealing"] = LearningRate.CosineAnnealing(0.1, 0.01),
        ["WarmRestarts"] = LearningRate.CosineAnnealingWarmRestarts(0.1, 3, min: 0.01),
        ["WarmRestarts, longer"] = LearningRate.CosineAnnealingWarmRestarts(0.1, 2, multiplier: 2),
        ["Linear"] = LearningRate.Linear(0.05, 0.5),
        ["Polynomial"] = LearningRate.Polynomial(0.5, 2.5),
        ["OneCycle"] = LearningRate.OneCycle(0.5, 0.25),
        ["Warmup, CosineAnnealing"] = LearningRate.Warmup(0.2, epochs: 4, from: 0.01).Then(LearningRate.CosineAnnealing(0.2)),
        ["Warmup"] = LearningRate.Warmup(0.2, epochs: 4, from: 0.01),
        ["Linear, Polynomial, StepDecay"] =
            LearningRate.Linear(0.1, 0.2).For(2).Then(LearningRate.Polynomial(0.2).For(3)).Then(LearningRate.StepDecay(0.2, 2, 0.5)),
        ["ReduceOnPlateau"] = LearningRate.ReduceOnPlateau(0.1, 0.5, patience: 0),
        ["ReduceOnPlateau, patience"] = LearningRate.ReduceOnPlateau(0.1, 0.5, patience: 1, threshold: 1e-2),
        ["ReduceOnPlateau, all else"] = LearningRate.ReduceOnPlateau(0.1, 0.1, 0, 0.01, cooldown: 1, min: 0.002),
        ["ReduceOnPlateau, rising"] = LearningRate.ReduceOnPlateau(0.1, 0.5, 1, 0.05, measure: epoch => -epoch.ValidationLoss!.Value),
    };

    public static TheoryData<string> Names => [.. Schedules.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void RatesAreThoseOfPyTorch(string name)
    {
        double[] expected = Load().Single(one => one.Name == name).Rates;
        for (var step = 0; step < Epochs * Steps; step++)
            Schedules[name].At(step, Steps, Epochs, History(step / Steps)).ShouldBe(expected[step], 1e-6 * expected[step] + 1e-12, $"{name}, step {step}");
    }

    [Fact]
    public void EverySchedulesOfPyTorchsIsThere() => Load().Select(one => one.Name).ShouldBe(Schedules.Keys);

    /// <summary>Also far past the end, and without a history, a rate is one.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void AnyStepHasARate(string name)
    {
        foreach (int step in (int[])[0, 1, 35, 36, 37, 1000, int.MaxValue])
        {
            double rate = Schedules[name].At(step, Steps, Epochs);
            rate.ShouldBeInRange(0, 0.5);
            Schedules[name].At(step, Steps, Epochs, default).ShouldBe(rate);
        }
        Schedules[name].At(0, 1, 1).ShouldBeInRange(0, 0.5);
        Schedules[name].For(int.MaxValue).Then(Schedules[name].For(int.MaxValue)).Then(Schedules[name]).At(int.MaxValue, 1, int.MaxValue).ShouldBeInRange(0, 0.5);
    }

    /// <summary>What follows sees nothing of the epochs before it.</summary>
    [Fact]
    public void APlateauIsLookedForSinceThePhaseBegan()
    {
        LearningRate schedule = LearningRate.Warmup(0.1, epochs: 3).Then(LearningRate.ReduceOnPlateau(0.1, 0.5, patience: 0));
        schedule.At(4 * Steps, Steps, Epochs, History(4)).ShouldBe(0.1);
        schedule.At(5 * Steps, Steps, Epochs, History(5)).ShouldBe(0.05);
    }

    [Fact]
    public void FitTellsAScheduleWhatHasBeen()
    {
        using Trainer trainer = TrainerTests.Perceptron(grouped: true).CreateTrainer(new SGD(), Loss.CrossEntropy, 16);
        var data = new DataSet([4], TrainerTests.Inputs(32), TrainerTests.Labels(32), 3);
        // Nothing gets better at a rate of 0, but for the first epoch.
        History history = trainer.Fit(data, 5, schedule: LearningRate.ReduceOnPlateau(1e-9, 0.5, patience: 1, measure: epoch => epoch.Epoch == 1 ? 1 : 2, min: 0));
        history.Select(epoch => epoch.LearningRate).ShouldAllBe(rate => rate == 1e-9); // Not 1e-8 less, so that PyTorch would not count it either.
        history = trainer.Fit(data, 6, schedule: LearningRate.ReduceOnPlateau(0.5, 0.5, patience: 1, measure: epoch => epoch.Epoch == 1 ? 1 : 2));
        history.Select(epoch => epoch.LearningRate).ShouldBe([0.5, 0.5, 0.5, 0.25, 0.25, 0.125]);
    }

    [Fact]
    public void ArgumentsOutOfRangeAreRefused()
    {
        Should.Throw<ArgumentException>(() => LearningRate.MultiStepDecay(1, [2, 2])).Message.ShouldContain("number 1 is 2");
        Should.Throw<ArgumentException>(() => LearningRate.MultiStepDecay(1, [0]));
        Should.Throw<ArgumentOutOfRangeException>(() => LearningRate.ExponentialDecay(1, 0)).ParamName.ShouldBe("gamma");
        Should.Throw<ArgumentOutOfRangeException>(() => LearningRate.CosineAnnealingWarmRestarts(1, 0)).ParamName.ShouldBe("epochs");
        Should.Throw<ArgumentOutOfRangeException>(() => LearningRate.CosineAnnealingWarmRestarts(1, 1, 0)).ParamName.ShouldBe("multiplier");
        Should.Throw<ArgumentOutOfRangeException>(() => LearningRate.Linear(1, double.PositiveInfinity)).ParamName.ShouldBe("to");
        Should.Throw<ArgumentOutOfRangeException>(() => LearningRate.Polynomial(1, 0)).ParamName.ShouldBe("power");
        Should.Throw<ArgumentOutOfRangeException>(() => LearningRate.Warmup(1, 0)).ParamName.ShouldBe("epochs");
        Should.Throw<ArgumentOutOfRangeException>(() => LearningRate.Warmup(1, 1, -1)).ParamName.ShouldBe("from");
        Should.Throw<ArgumentOutOfRangeException>(() => LearningRate.ReduceOnPlateau(1, factor: 1)).ParamName.ShouldBe("factor");
        Should.Throw<ArgumentOutOfRangeException>(() => LearningRate.ReduceOnPlateau(1, patience: -1)).ParamName.ShouldBe("patience");
        Should.Throw<ArgumentOutOfRangeException>(() => LearningRate.Constant(1).For(0)).ParamName.ShouldBe("epochs");
        Should.Throw<ArgumentNullException>(() => LearningRate.Constant(1).For(1).Then((LearningRate)null!)).ParamName.ShouldBe("next");
    }

    private static EpochResult[] History(int epochs) =>
        [.. Enumerable.Range(0, epochs).Select(epoch => new EpochResult(epoch + 1, 9, null, Losses[epoch], null, 0, TimeSpan.Zero))];

    private static PyTorchSchedule[] Load()
    {
        using Stream stream = typeof(ScheduleTests).Assembly.GetManifestResourceStream("pytorch_schedules.json")
            ?? throw new InvalidDataException("pytorch_schedules.json is not embedded in the test assembly.");
        return JsonSerializer.Deserialize<PyTorchSchedule[]>(stream, new JsonSerializerOptions(JsonSerializerDefaults.Web))!;
    }

    private sealed record PyTorchSchedule(string Name, double[] Rates);
}
