namespace NetGen.Tests.Training;

public sealed class LearningRateTests
{
    /// <summary>PyTorch 1.13: OneCycleLR(optimizer, max_lr=0.004, total_steps=20), scheduler.get_last_lr() before each step.</summary>
    [Fact]
    public void OneCycleRisesAndFallsAsPyTorchs()
    {
        LearningRate schedule = LearningRate.OneCycle(4e-3f);
        for (var step = 0; step < 20; step++)
            schedule.At(step, 4, 5).ShouldBe(OneCycle(step, 20, 4e-3, 0.3, 25, 1e4), 1e-9);
        schedule.At(0, 4, 5).ShouldBe(1.6e-4, 1e-10);
        schedule.At(5, 4, 5).ShouldBe(4e-3, 1e-9); // pct_start·20 − 1
        schedule.At(19, 4, 5).ShouldBe(1.6e-8, 1e-14);
        LearningRate other = LearningRate.OneCycle(1, 0.5f, 10, 100);
        for (var step = 0; step < 9; step++)
            other.At(step, 3, 3).ShouldBe(OneCycle(step, 9, 1, 0.5, 10, 100), 1e-6);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void OneCycleIsDefinedForTheShortestRuns(int steps)
    {
        for (var step = 0; step < steps; step++)
            LearningRate.OneCycle(1).At(step, steps, 1).ShouldBe(OneCycle(step, steps, 1, 0.3, 25, 1e4), 1e-6);
    }

    [Theory]
    [InlineData(0.1, 10)]
    [InlineData(0.5, 2)]
    [InlineData(0.25, 4)]
    public void ARiseOfNoStepsIsAtThePeak(double pctStart, int steps)
    {
        LearningRate schedule = LearningRate.OneCycle(0.3, pctStart);
        schedule.At(0, steps, 1).ShouldBe(0.3);
        for (var step = 1; step < steps; step++)
            schedule.At(step, steps, 1).ShouldBe(OneCycle(step, steps, 0.3, pctStart, 25, 1e4), 1e-6);
    }

    [Fact]
    public void CosineAnnealingIsPyTorchsClosedForm()
    {
        LearningRate schedule = LearningRate.CosineAnnealing(0.1f, 0.01f);
        for (var step = 0; step <= 12; step++)
            schedule.At(step, 4, 3).ShouldBe(0.01 + (0.09 * (1 + Math.Cos(Math.PI * step / 12)) / 2), 1e-8);
    }

    [Fact]
    public void StepDecayFollowsEpochs()
    {
        LearningRate schedule = LearningRate.StepDecay(1, epochs: 2, gamma: 0.5f);
        Enumerable.Range(0, 15).Select(step => schedule.At(step, 3, 5)).ShouldBe([1, 1, 1, 1, 1, 1, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f, 0.25f, 0.25f, 0.25f]);
    }

    [Fact]
    public void ConstantStays() => LearningRate.Constant(0.3f).At(17, 5, 9).ShouldBe(0.3f);

    [Fact]
    public void ArgumentsOutOfRangeAreRefused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => LearningRate.Constant(-1)).ParamName.ShouldBe("rate");
        Should.Throw<ArgumentOutOfRangeException>(() => LearningRate.OneCycle(float.NaN)).ParamName.ShouldBe("max");
        Should.Throw<ArgumentOutOfRangeException>(() => LearningRate.OneCycle(1, pctStart: 1)).Message.ShouldStartWith("pctStart must lie in (0, 1).");
        Should.Throw<ArgumentOutOfRangeException>(() => LearningRate.OneCycle(1, pctStart: 0));
        Should.Throw<ArgumentOutOfRangeException>(() => LearningRate.StepDecay(1, 0)).ParamName.ShouldBe("epochs");
    }

    // torch/optim/lr_scheduler.py, OneCycleLR._schedule_phases, get_lr and _annealing_cos, two phases.
    private static double OneCycle(int stepNumber, int totalSteps, double maxLr, double pctStart, double divFactor, double finalDivFactor)
    {
        double initialLr = maxLr / divFactor, minLr = initialLr / finalDivFactor, startStep = 0, computed = 0;
        (double End, double StartLr, double EndLr)[] phases = [((pctStart * totalSteps) - 1, initialLr, maxLr), (totalSteps - 1, maxLr, minLr)];
        for (var i = 0; i < phases.Length; i++)
        {
            if (stepNumber <= phases[i].End || i == phases.Length - 1)
            {
                double pct = (stepNumber - startStep) / (phases[i].End - startStep);
                double cosine = Math.Cos(Math.PI * pct) + 1;
                computed = phases[i].EndLr + ((phases[i].StartLr - phases[i].EndLr) / 2.0 * cosine);
                break;
            }
            startStep = phases[i].End;
        }
        return computed;
    }
}
