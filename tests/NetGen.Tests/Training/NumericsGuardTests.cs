using NetGen.Tests.Numerics;
using NetGen.Tests.Reference.Layers;

namespace NetGen.Tests.Training;

/// <summary>The first number that is not finite is found where it appeared, and looking for it changes nothing.</summary>
public sealed class NumericsGuardTests
{
    private readonly float[] inputs = TrainerTests.Inputs(50);
    private readonly int[] labels = TrainerTests.Labels(50);

    public static TheoryData<bool, int> Ways => new() { { true, 1 }, { true, 3 }, { false, 1 }, { false, 2 } };

    [Theory]
    [MemberData(nameof(Ways))]
    public void StepsComeToTheSameBits(bool grouped, int threads)
    {
        foreach (int batch in (int[])[50, 20])
        {
            float[][] runs = [.. ((bool[])[false, true]).Select(guards =>
            {
                var net = new TestNetwork(new PerceptronProgram(4, 3, grouped, masks: true));
                using Trainer trainer = net.CreateTrainer(new AdamW(0.01) { ClipNorm = 0.1 }, Loss.CrossEntropy, batch, threads);
                trainer.DetectAnomaly.ShouldBeFalse();
                (trainer.DetectAnomaly, trainer.AccumulationSteps) = (guards, 50 / batch + 1);
                for (var step = 0; step < 5; step++)
                    trainer.Step(inputs, labels);
                return net.AllValues();
            })];
            runs[1].ShouldBe(runs[0]);
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void TheFirstNumberIsNamedAndTheStepUndone(bool grouped, int threads)
    {
        var net = new TestNetwork(new PerceptronProgram(4, 3, grouped, masks: false));
        using Trainer trainer = net.CreateTrainer(new SGD(0.1, momentum: 0.9), Loss.CrossEntropy, 20, threads);
        trainer.DetectAnomaly = true;
        trainer.AccumulationSteps = 3;
        trainer.Step(inputs, labels);
        float[] before = net.AllValues();

        float[] poisoned = [.. inputs];
        poisoned[(33 * 4) + 2] = float.NaN;
        Fails(poisoned, NumericsOrigin.Input, "", "in step 2, value 2 of sample 33 is NaN: the first number that is not finite.");

        Parameter weight = net.Parameters["linear1.weight"];
        float kept = weight.Values[5];
        weight.Values[5] = 3e38f; // Finite, but not what comes of it: weight [1, 1].
        float[] large = new float[200];
        large[(47 * 4) + 1] = 100;
        Fails(large, NumericsOrigin.Activation, "linear1", "output 1 of linear1 for sample 47 is Infinity", restores: false);
        weight.Values[5] = float.NegativeInfinity;
        Fails(inputs, NumericsOrigin.Parameter, "linear1.weight", "parameter 'linear1.weight' before the update is -Infinity", restores: false);
        weight.Values[5] = kept;
        trainer.Optimizer.StepCount.ShouldBe(1);
        net.AllValues().ShouldBe(before);

        trainer.Optimizer.LearningRate = 3e38;
        NumericsException update = Should.Throw<NumericsException>(() => trainer.Step([.. inputs.Select(value => value * 1e4f)], labels));
        (update.Origin, update.Step).ShouldBe((NumericsOrigin.Update, 2));
        update.Message.ShouldContain("after the update is");

        // Without it, nothing is said.
        trainer.DetectAnomaly = false;
        float.IsFinite(trainer.Step(inputs, labels)).ShouldBeFalse();

        void Fails(float[] samples, NumericsOrigin origin, string name, string message, bool restores = true)
        {
            NumericsException thrown = Should.Throw<NumericsException>(() => trainer.Step(samples, labels));
            (thrown.Origin, thrown.Name, thrown.Step).ShouldBe((origin, name, 2));
            thrown.Message.ShouldStartWith("Perceptron's trainer: ");
            thrown.Message.ShouldContain(message);
            float.IsFinite(thrown.Value).ShouldBeFalse();
            if (restores)
                net.AllValues().ShouldBe(before);
            trainer.StepCount.ShouldBe(1);
        }
    }

    [Fact]
    public void OfSeveralLayersTheFirstIsNamed()
    {
        var deep = new NetworkCase([4], [new LinearLayer(4, 5), new BatchNorm1dLayer(5), new LinearLayer(5, 3), new LinearLayer(3, 3)], 16, 3);
        TestNetwork net = TrainerTests.Load(deep, deep.CreateReference(3), grouped: false);
        using Trainer trainer = net.CreateTrainer(new SGD(0.1), Loss.CrossEntropy, 16);
        trainer.DetectAnomaly = true;
        trainer.Step(inputs.AsSpan(0, 64), labels.AsSpan(0, 16));
        net.Parameters["linear2.weight"].Values.Fill(3e38f);
        float[] before = net.AllValues();
        NumericsException thrown = Should.Throw<NumericsException>(() => trainer.Step(inputs.AsSpan(0, 64), labels.AsSpan(0, 16)));
        (thrown.Origin, thrown.Name).ShouldBe((NumericsOrigin.Activation, "linear2"));
        // Running statistics too, which looking for it has moved.
        net.AllValues().ShouldBe(before);
    }

    [Fact]
    public void LossesAndGradientsAreNamed()
    {
        var net = new TestNetwork(new LinearProgram(4, 3));
        using Trainer ofLoss = net.CreateTrainer(new SGD(), Loss.MeanSquaredError, 16), ofGradient = net.CreateTrainer(new SGD(), new Steep(), 16);
        (ofLoss.DetectAnomaly, ofGradient.DetectAnomaly) = (true, true);
        NumericsException loss = Should.Throw<NumericsException>(() => ofLoss.Step(inputs.AsSpan(0, 8), [1e30f, 0f, 0, 0, 0, 0]));
        (loss.Origin, loss.Name).ShouldBe((NumericsOrigin.Loss, ""));
        loss.Message.ShouldContain("the loss, of outputs that are all finite, is Infinity");
        NumericsException gradient = Should.Throw<NumericsException>(() => ofGradient.Fit(new DataSet([4], inputs, new float[150]), 1));
        (gradient.Origin, gradient.Name, gradient.Step).ShouldBe((NumericsOrigin.Gradient, "linear1.bias", 1));
        gradient.Message.ShouldContain("the gradient of 'linear1.bias' is Infinity");
        ofGradient.Dispose();
        Should.Throw<ObjectDisposedException>(() => ofGradient.DetectAnomaly = true);
    }

    /// <summary>A finite loss of infinite slope.</summary>
    private sealed class Steep : CustomValueLoss
    {
        protected override double Evaluate(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, Span<float> gradient)
        {
            gradient[1] = float.PositiveInfinity;
            return 0;
        }
    }
}
