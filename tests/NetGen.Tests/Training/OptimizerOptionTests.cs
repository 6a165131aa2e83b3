using NetGen.Tests.Numerics;
using NetGen.Tests.Reference.Layers;

namespace NetGen.Tests.Training;

/// <summary>Groups, clipping, accumulation and averages: what goes with any optimizer.</summary>
public sealed class OptimizerOptionTests
{
    private static readonly Dictionary<string, Func<Optimizer>> Optimizers = new()
    {
        ["SGD"] = () => new SGD(0.01, 0.9) { ClipNorm = 0.01 },
        ["Adam"] = () => new Adam(0.01) { ClipNorm = 1e-3, ClipValue = 1e-4 },
        ["AdamW"] = () => new AdamW(0.01) { Groups = [ParameterGroup.NoDecay] },
        ["RMSprop"] = () => new RMSprop(0.01, momentum: 0.5, centered: true) { ClipNorm = 0.01 },
        ["Adagrad"] = () => new Adagrad(0.01) { ClipValue = 1e-4 },
        ["Lion"] = () => new Lion(0.01),
        ["Muon"] = () => new Muon(0.01) { ClipNorm = 0.01, Groups = [new("*.bias") { LearningRateFactor = 2 }] },
    };

    public static TheoryData<string> Names => [.. Optimizers.Keys];

    /// <summary>The gradients of this network do not depend on the number of threads, and neither does what is made of them.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void AnyNumberOfThreadsGivesTheSameBits(string name)
    {
        float[][] runs = [.. ((int[])[1, 2, 3, 5]).Select(threads =>
        {
            TestNetwork net = TrainerTests.Perceptron(grouped: false, 100, 37);
            using Trainer trainer = net.CreateTrainer(Optimizers[name](), Loss.CrossEntropy, 20, threads);
            float[] inputs = TrainerTests.Floats(Reference.Filler.Values(1, 20 * 100));
            for (var step = 0; step < 5; step++)
                trainer.Step(inputs, Reference.Filler.Labels((uint)step, 20, 37));
            return net.AllValues();
        })];
        runs[0].ShouldAllBe(value => float.IsFinite(value));
        foreach (float[] run in runs[1..])
            run.ShouldBe(runs[0]);
    }

    [Fact]
    public void TheNormIsThatBeforeClippingAndGradientsAreClipped()
    {
        var net = new TestNetwork(new PerceptronProgram(3, 2, grouped: true));
        var optimizer = new SGD(1) { ClipNorm = 5 };
        optimizer.GradientNorm.ShouldBeNull();
        float[] before = net.AllValues();
        net.Parameters[0].Gradient.Assign([6, 0, 0, 0, 0, 0]);
        net.Parameters[1].Gradient.Assign([0, 8]);
        optimizer.Step(net);
        optimizer.GradientNorm!.Value.ShouldBe(10, 1e-6);
        net.Parameters[0].Gradient[0].ShouldBe(3, 1e-5);
        (before[0] - net.Parameters[0].Values[0]).ShouldBe(3, 1e-5);
        (before[7] - net.Parameters[1].Values[1]).ShouldBe(4, 1e-5);
        optimizer.Step(net); // Short enough now, and so left alone.
        net.Parameters[0].Gradient[0].ShouldBe(3, 1e-5);

        // As in PyTorch, what is not finite makes everything so.
        net.Parameters[0].Gradient[1] = float.NaN;
        optimizer.Step(net);
        optimizer.GradientNorm.ShouldBe(double.NaN);
        net.AllValues()[..8].ShouldAllBe(value => float.IsNaN(value));
    }

    [Fact]
    public void GroupsAddUp()
    {
        var net = new TestNetwork(new PerceptronProgram(1, 1, grouped: true));
        net.Parameters[0].Values.Fill(1);
        net.Parameters[1].Values.Fill(1);
        var optimizer = new SGD(0.5, weightDecay: 8)
        {
            Groups = [new("*") { LearningRateFactor = 0.5, WeightDecay = 4 }, new("linear1.weight") { LearningRateFactor = 0.5 }, ParameterGroup.NoDecay, new(one => one.Name == "none") { WeightDecay = 1 }],
        };
        optimizer.Step(net);
        net.Parameters["linear1.weight"].Values[0].ShouldBe(1 - (0.125f * 4));
        net.Parameters["linear1.bias"].Values[0].ShouldBe(1);
        net.Parameters["seen"].Values[0].ShouldBe(1);
    }

    [Fact]
    public void BiasesAndNormsAreToldFromWeights()
    {
        var deep = new NetworkCase([2, 3, 4], [new LayerNormLayer([2, 3, 4]), new FlattenLayer(), new LinearLayer(24, 5), new BatchNorm1dLayer(5), new LinearLayer(5, 3)], 8, 3);
        var net = new TestNetwork(new PlainProgram(deep, grouped: true, PlainProgram.Fault.None));
        string[] weights = [.. net.Parameters.Where(parameter => !parameter.IsBiasOrNorm).Select(parameter => parameter.Name)];
        weights.ShouldBe([.. net.Parameters.Select(parameter => parameter.Name).Where(name => name.StartsWith("linear", StringComparison.Ordinal) && name.EndsWith("weight", StringComparison.Ordinal))]);
        weights.Length.ShouldBe(2);
    }

    [Fact]
    public void MistakesAreRefused()
    {
        var net = new TestNetwork(new PerceptronProgram(3, 2, grouped: true));
        var typo = new AdamW { Groups = [new("linear2.*") { LearningRateFactor = 2 }] };
        Should.Throw<InvalidOperationException>(() => typo.Step(net)).Message.ShouldBe(
            "Perceptron has no parameter 'linear2.*', which a group of its optimizer is for. It has 'linear1.weight', 'linear1.bias'.");
        Should.Throw<InvalidOperationException>(() => net.CreateTrainer(typo, Loss.CrossEntropy, 4)).Message.ShouldContain("linear2.*");
        Should.Throw<ArgumentException>(() => new SGD { Groups = [null!] }).ParamName.ShouldBe("Groups");
        Should.Throw<ArgumentException>(() => new SGD { Groups = null! });
        Should.Throw<ArgumentException>(() => new ParameterGroup(""));
        Should.Throw<ArgumentNullException>(() => new ParameterGroup((Func<Parameter, bool>)null!));
        Should.Throw<ArgumentOutOfRangeException>(() => new ParameterGroup("*") { LearningRateFactor = -1 });
        Should.Throw<ArgumentOutOfRangeException>(() => new ParameterGroup("*") { WeightDecay = double.NaN });
        Should.Throw<ArgumentOutOfRangeException>(() => new SGD { ClipNorm = 0 }).ParamName.ShouldBe("ClipNorm");
        Should.Throw<ArgumentOutOfRangeException>(() => new SGD { ClipValue = -1 }).ParamName.ShouldBe("ClipValue");
        Should.Throw<ArgumentOutOfRangeException>(() => new RMSprop(alpha: 1)).ParamName.ShouldBe("alpha");
        Should.Throw<ArgumentOutOfRangeException>(() => new Adagrad(initialAccumulator: -1)).ParamName.ShouldBe("initialAccumulator");
        Should.Throw<ArgumentOutOfRangeException>(() => new Lion(beta2: 1)).ParamName.ShouldBe("beta2");
        Should.Throw<ArgumentOutOfRangeException>(() => new Muon(iterations: 0)).ParamName.ShouldBe("iterations");
        Should.Throw<ArgumentOutOfRangeException>(() => new Muon(momentum: 1)).ParamName.ShouldBe("momentum");
        Should.Throw<TimeoutException>(() => new Muon { Matrix = _ => throw new TimeoutException() }.Step(net));
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(true, 3)]
    [InlineData(false, 1)]
    [InlineData(false, 2)]
    public void AStepInPartsIsThatOfTheLargeBatch(bool grouped, int threads)
    {
        float[] inputs = TrainerTests.Inputs(71), weights = [.. Enumerable.Range(0, 71).Select(n => n % 5 * 0.5f)];
        int[] labels = TrainerTests.Labels(71);
        Loss loss = Loss.WeightedCrossEntropy([1, 2, 0.5]);
        TestNetwork whole = TrainerTests.Perceptron(grouped), parts = TrainerTests.Perceptron(grouped);
        using Trainer one = whole.CreateTrainer(new SGD(0.1, 0.9), loss, 80, threads), several = parts.CreateTrainer(new SGD(0.1, 0.9), loss, 20, threads);
        several.AccumulationSteps = 4;
        several.AccumulationSteps.ShouldBe(4);
        foreach (int count in (int[])[71, 20, 60, 7, 71])
        {
            float expected = one.Step(inputs.AsSpan(0, count * 4), labels.AsSpan(0, count), weights.AsSpan(0, count));
            several.Step(inputs.AsSpan(0, count * 4), labels.AsSpan(0, count), weights.AsSpan(0, count)).ShouldBe(expected, 1e-6);
            float[] values = parts.AllValues(), others = whole.AllValues();
            for (var i = 0; i < 15; i++)
                values[i].ShouldBe(others[i], 2e-6, $"{count} samples, value {i}");
        }
        several.StepCount.ShouldBe(5);
        several.Optimizer.StepCount.ShouldBe(5);

        var data = new DataSet([4], inputs, labels, 3);
        one.Fit(data, 2, shuffle: 3);
        several.Fit(data, 2, shuffle: 3);
        several.StepCount.ShouldBe(one.StepCount);
        float[] fitted = parts.AllValues(), alike = whole.AllValues();
        for (var i = 0; i < 15; i++)
            fitted[i].ShouldBe(alike[i], 5e-6);
        Should.Throw<ArgumentException>(() => several.Step(new float[81 * 4], new int[81])).Message.ShouldContain("1 to 80 samples, 4 times the batch it was made for, and 81");
        Should.Throw<ArgumentOutOfRangeException>(() => several.AccumulationSteps = 0).ParamName.ShouldBe("AccumulationSteps");
        Should.Throw<ArgumentOutOfRangeException>(() => several.AccumulationSteps = int.MaxValue);
    }

    [Fact]
    public void AnAverageFollowsTheParametersAndTakesTheirPlace()
    {
        TestNetwork net = TrainerTests.Perceptron(grouped: true), copy = TrainerTests.Perceptron(grouped: true);
        var average = new ExponentialMovingAverage(net, decay: 0.75);
        Should.Throw<InvalidOperationException>(average.Swap).Message.ShouldContain("no average before the first Update");
        using Trainer trainer = net.CreateTrainer(new SGD(0.1), Loss.CrossEntropy, 16);
        double[] expected = [];
        for (var step = 0; step < 10; step++)
        {
            trainer.Step(TrainerTests.Inputs(16), TrainerTests.Labels(16));
            average.Update();
            float[] values = net.AllValues();
            expected = step == 0 ? [.. values.Select(value => (double)value)] : [.. expected.Zip(values, (old, value) => (0.75 * old) + (0.25 * value))];
        }
        average.UpdateCount.ShouldBe(10);
        float[] last = net.AllValues();
        using (IDisposable swapped = average.Swap())
        {
            float[] averaged = net.AllValues();
            for (var i = 0; i < averaged.Length; i++)
                ((double)averaged[i]).ShouldBe(expected[i], 1e-6);
            net.Predict(new float[4]).ShouldNotBe(copy.Predict(new float[4]));
            Should.Throw<InvalidOperationException>(average.Update).Message.ShouldContain("dispose of what Swap gave first");
            Should.Throw<InvalidOperationException>(average.Swap).Message.ShouldContain("in the network already");
            Should.Throw<InvalidOperationException>(() => average.CopyTo(copy));
            swapped.Dispose();
            net.AllValues().ShouldBe(last);
        }
        net.AllValues().ShouldBe(last);
        average.CopyTo(copy);
        using (average.Swap())
            copy.AllValues().ShouldBe(net.AllValues());
        Should.Throw<ArgumentException>(() => average.CopyTo(TrainerTests.Perceptron(grouped: true, 5, 3))).ParamName.ShouldBe("other");
        Should.Throw<ArgumentOutOfRangeException>(() => new ExponentialMovingAverage(net, 1)).ParamName.ShouldBe("decay");
    }
}
