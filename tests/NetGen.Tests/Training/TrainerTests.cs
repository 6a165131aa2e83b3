using NetGen.Engine;
using NetGen.Tests.Numerics;
using NetGen.Tests.Reference;
using NetGen.Tests.Reference.Layers;

namespace NetGen.Tests.Training;

/// <summary>Steps of both engines against whole training steps of the double-precision reference.</summary>
public sealed class TrainerTests
{
    private const int Batch = 37, InputSize = 7, Classes = 3;

    private static NetworkCase Net { get; } = new(
        [InputSize], [new LinearLayer(InputSize, 6), new TanhLayer(), new LinearLayer(6, Classes)], Batch, 5);

    /// <summary>Grouped or not, and threads.</summary>
    public static TheoryData<bool, int> Engines => new() { { true, 1 }, { true, 2 }, { true, 3 }, { true, 5 }, { false, 1 }, { false, 2 }, { false, 3 } };

    [Theory]
    [MemberData(nameof(Engines))]
    public void StepsOnClassesAreThoseOfTheReference(bool grouped, int threads)
    {
        ReferenceNetwork reference = Net.CreateReference(3);
        TestNetwork net = Load(reference, grouped);
        using Trainer trainer = net.CreateTrainer(new SGD(0.1f, 0.9f, 1e-2f), Loss.CrossEntropy, Batch, threads);
        var optimizer = new ReferenceSgd(0.1, 0.9, weightDecay: 1e-2);
        // A full batch, a partial one, a single sample, one group exactly, and so on.
        foreach (int count in new[] { Batch, 5, 1, 16, 17, 32, Batch })
        {
            double[] inputs = Filler.Values((uint)count, count * InputSize);
            int[] labels = Filler.Labels((uint)count, count, Classes);
            double expected = reference.Step(inputs, new Reference.CrossEntropyLoss(labels), optimizer);
            float loss = count == 5
                ? trainer.Step(Floats(inputs), labels.Select(label => (byte)label).ToArray())
                : trainer.Step(Floats(inputs), labels);
            ((double)loss).ShouldBe(expected, 1e-5, $"{count} samples");
            Compare(net, reference);
        }
        trainer.StepCount.ShouldBe(7);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void StepsOnValuesAreThoseOfTheReference(bool grouped, int threads)
    {
        ReferenceNetwork reference = Net.CreateReference(3);
        TestNetwork net = Load(reference, grouped);
        using Trainer trainer = net.CreateTrainer(new AdamW(0.01f), Loss.MeanSquaredError, Batch, threads);
        var optimizer = new ReferenceAdam(0.01, weightDecay: 1e-2, decoupled: true);
        foreach (int count in new[] { Batch, 3, 20 })
        {
            double[] inputs = Filler.Values(1, count * InputSize), targets = Filler.Values(2, count * Classes);
            double expected = reference.Step(inputs, new Reference.MeanSquaredErrorLoss(targets), optimizer);
            ((double)trainer.Step(Floats(inputs), Floats(targets))).ShouldBe(expected, 1e-5);
        }
        Compare(net, reference);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void TheSameSeedAndThreadsGiveTheSameBits(bool grouped)
    {
        foreach (int threads in new[] { 1, 2, 3 })
        {
            float[][] runs = [.. Enumerable.Range(0, 3).Select(_ =>
            {
                TestNetwork net = Perceptron(grouped);
                using Trainer trainer = net.CreateTrainer(new Adam(0.01f), Loss.CrossEntropy, 50, threads);
                for (var step = 0; step < 20; step++)
                    trainer.Step(Inputs(50), Labels(50));
                return net.AllValues();
            })];
            runs[1].ShouldBe(runs[0]);
            runs[2].ShouldBe(runs[0]);
        }
    }

    [Fact]
    public void TheGradientOfTheStepCanBeReadAfterIt()
    {
        foreach (int threads in new[] { 1, 3 })
        {
            ReferenceNetwork reference = Net.CreateReference(3);
            TestNetwork net = Load(reference, grouped: true);
            using Trainer trainer = net.CreateTrainer(new SGD(0, weightDecay: 1), Loss.CrossEntropy, Batch, threads);
            double[] inputs = Filler.Values(1, Batch * InputSize);
            int[] labels = Filler.Labels(1, Batch, Classes);
            double[] outputs = reference.Forward(inputs, training: true);
            reference.Backward(new Reference.CrossEntropyLoss(labels).Evaluate(outputs, Batch).Gradient);
            trainer.Step(Floats(inputs), labels);
            foreach (ReferenceParameter parameter in reference.Parameters)
                net.Parameters[parameter.Name].Gradient.ToArray().ShouldHaveGradients(parameter.Gradient, 0.1, parameter.Name);
        }
    }

    [Fact]
    public void BadBatchesAreRefusedAndNothingChanges()
    {
        TestNetwork net = Perceptron(grouped: true);
        using Trainer trainer = net.CreateTrainer(new SGD(0.1f), Loss.CrossEntropy, 4);
        float[] before = net.AllValues();
        void Refuses(Func<float> step, string message) => Should.Throw<ArgumentException>(() => step()).Message.ShouldContain(message);

        Refuses(() => trainer.Step(new float[12], new[] { 0, 3, 1 }), "label 1 is 3; with 3 outputs it must lie in [0, 3)");
        Refuses(() => trainer.Step(new float[12], new[] { 0, 1, -1 }), "label 2 is -1");
        Refuses(() => trainer.Step(new float[12], new byte[] { 0, 200, 1 }), "label 1 is 200");
        Refuses(() => trainer.Step(new float[11], new[] { 0, 1, 1 }), "3 labels need inputs of 12 values (3 × [4]), and 11 are given");
        Refuses(() => trainer.Step([], Array.Empty<int>()), "1 to 4 samples, the batch it was made for, and 0 are given");
        Refuses(() => trainer.Step(new float[20], new int[5]), "and 5 are given");
        Refuses(() => trainer.Step(new float[20], new byte[5]), "and 5 are given");
        Should.Throw<InvalidOperationException>(() => trainer.Step(new float[4], new float[3])).Message.ShouldContain("class labels");
        net.AllValues().ShouldBe(before);
        trainer.StepCount.ShouldBe(0);

        using Trainer ofValues = net.CreateTrainer(new SGD(0.1f), Loss.MeanSquaredError, 4);
        Refuses(() => ofValues.Step(new float[4], new float[4]), "multiple of 3 values");
        Refuses(() => ofValues.Step(new float[3], new float[3]), "1 targets need inputs of 4 values");
        Refuses(() => ofValues.Step(new float[4], new int[1]), "compares with values: a multiple of 3 values");
        net.AllValues().ShouldBe(before);
        Should.Throw<ArgumentOutOfRangeException>(() => net.CreateTrainer(new SGD(), Loss.CrossEntropy, 0));
        Should.Throw<ArgumentOutOfRangeException>(() => net.CreateTrainer(new SGD(), Loss.CrossEntropy, 1, -1));
    }

    [Fact]
    public void RefusalsNameTheArgument()
    {
        TestNetwork net = Perceptron(grouped: true);
        using Trainer trainer = net.CreateTrainer(new SGD(), Loss.CrossEntropy, 4), ofValues = net.CreateTrainer(new SGD(), Loss.MeanSquaredError, 4);
        DataSet good = new(new Shape(4), new float[8], new int[2], 3), wide = new(new Shape(5), new float[10], new int[2], 3);
        string? Argument(Func<object?> call) => Should.Throw<ArgumentException>(() => call()).ParamName;

        Argument(() => trainer.Step(new float[20], new int[5])).ShouldBe("labels");
        Argument(() => trainer.Step(new float[20], new byte[5])).ShouldBe("labels");
        Argument(() => trainer.Step(new float[20], new[] { 0, 7 })).ShouldBe("inputs");
        Argument(() => trainer.Step(new float[8], new[] { 0, 7 })).ShouldBe("labels");
        Argument(() => ofValues.Step(new float[20], new float[15])).ShouldBe("targets");
        Argument(() => ofValues.Step(new float[4], new float[4])).ShouldBe("targets");
        Argument(() => trainer.Evaluate(wide)).ShouldBe("data");
        Argument(() => trainer.Evaluate(good.Take(0))).ShouldBe("data");
        Argument(() => trainer.Fit(wide, 1)).ShouldBe("train");
        Argument(() => trainer.Fit(good, 1, validation: wide)).ShouldBe("validation");
        Argument(() => trainer.Fit(good, 0)).ShouldBe("epochs");
        Should.Throw<ArgumentNullException>(() => trainer.Fit(null!, 1)).ParamName.ShouldBe("train");
        Should.Throw<ArgumentNullException>(() => ofValues.Evaluate(null!)).ParamName.ShouldBe("data");
    }

    [Fact]
    public void ADisposedTrainerSaysSoInEveryCall()
    {
        Trainer trainer = Perceptron(grouped: true).CreateTrainer(new SGD(), Loss.CrossEntropy, 4);
        trainer.Dispose();
        Should.Throw<ObjectDisposedException>(() => trainer.Step(Inputs(1), Labels(1)));
        Should.Throw<ObjectDisposedException>(() => trainer.Step(Inputs(1), new byte[1]));
        Should.Throw<ObjectDisposedException>(() => trainer.Step(Inputs(1), new float[3]));
        Should.Throw<ObjectDisposedException>(() => trainer.Fit(null!, 1)).ObjectName.ShouldContain("Trainer");
        Should.Throw<ObjectDisposedException>(() => trainer.Evaluate(null!));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AWorkersFailureComesOutAndTheTrainerGoesOn(bool grouped)
    {
        var fails = true;
        var program = new PerceptronProgram(4, 3, grouped)
        {
            // The second worker's first call.
            OnForward = (worker, first) =>
            {
                if (fails && (grouped ? first == 32 : worker == 1))
                    throw new InvalidDataException("kernel");
            },
        };
        using Trainer trainer = new TestNetwork(program).CreateTrainer(new SGD(0.1f), Loss.CrossEntropy, 50, 2);
        Should.Throw<InvalidDataException>(() => trainer.Step(Inputs(50), Labels(50)));
        fails = false;
        float.IsFinite(trainer.Step(Inputs(50), Labels(50))).ShouldBeTrue();
    }

    [Fact]
    public void ASecondThreadIsRefusedWhileOneIsInAStep()
    {
        Exception? refusal = null;
        Trainer? trainer = null;
        var program = new PerceptronProgram(4, 3, grouped: true)
        {
            OnForward = (_, _) => refusal ??= Record.Exception(() => trainer!.Step(Inputs(1), Labels(1))),
        };
        trainer = new TestNetwork(program).CreateTrainer(new SGD(), Loss.CrossEntropy, 4);
        trainer.Step(Inputs(2), Labels(2));
        refusal.ShouldBeOfType<InvalidOperationException>().Message.ShouldContain("already in a step");
        trainer.Dispose();
        Should.Throw<ObjectDisposedException>(() => trainer.Step(Inputs(1), Labels(1)));
    }

    [Fact]
    public void ARefusedStepDoesNotTouchTheLabelsOfTheOneUnderWay()
    {
        byte[] labels = [.. Labels(4).Select(label => (byte)label)];
        TestNetwork undisturbed = Perceptron(grouped: true);
        using Trainer alone = undisturbed.CreateTrainer(new SGD(0.1f), Loss.CrossEntropy, 4);
        float expected = alone.Step(Inputs(4), labels);

        var refusals = new List<Exception?>();
        Trainer? trainer = null;
        var program = new PerceptronProgram(4, 3, grouped: true)
        {
            // The losses of this step's labels are still to come: other classes, then such as lie past the outputs.
            OnForward = (_, _) =>
            {
                refusals.Add(Record.Exception(() => trainer!.Step(Inputs(4), labels.Select(label => (byte)((label + 1) % 3)).ToArray())));
                refusals.Add(Record.Exception(() => trainer!.Step(Inputs(4), [200, 200, 200, 200])));
            },
        };
        var net = new TestNetwork(program);
        using (trainer = net.CreateTrainer(new SGD(0.1f), Loss.CrossEntropy, 4))
            trainer.Step(Inputs(4), labels).ShouldBe(expected);
        refusals.ShouldAllBe(refusal => refusal is InvalidOperationException);
        refusals.Count.ShouldBe(2);
        trainer.StepCount.ShouldBe(1);
        net.AllValues().ShouldBe(undisturbed.AllValues());
    }

    [Fact]
    public void ARefusedFitLeavesTheRateOfTheStepUnderWay()
    {
        Exception? refusal = null;
        Trainer? trainer = null;
        var data = new DataSet(new Shape(4), Inputs(2), Labels(2), 3);
        var program = new PerceptronProgram(4, 3, grouped: true)
        {
            OnForward = (_, _) => refusal ??= Record.Exception(() => trainer!.Fit(data, 1, schedule: LearningRate.Constant(9))),
        };
        using (trainer = new TestNetwork(program).CreateTrainer(new SGD(0.25f), Loss.CrossEntropy, 4))
            trainer.Step(Inputs(2), Labels(2));
        refusal.ShouldBeOfType<InvalidOperationException>();
        trainer.Optimizer.LearningRate.ShouldBe(0.25f);
    }

    [Fact]
    public void AFractionOfAGroupLeavesTheOtherWorkersIdle()
    {
        // One group, four workers: gradients of idle workers must not be added.
        TestNetwork alone = Perceptron(grouped: true), crowd = Perceptron(grouped: true);
        using Trainer one = alone.CreateTrainer(new SGD(0.1f), Loss.CrossEntropy, 64), four = crowd.CreateTrainer(new SGD(0.1f), Loss.CrossEntropy, 64, 4);
        four.Step(Inputs(64), Labels(64));
        one.Step(Inputs(64), Labels(64));
        one.Step(Inputs(9), Labels(9));
        four.Step(Inputs(9), Labels(9));
        float[] values = crowd.AllValues(), expected = alone.AllValues();
        for (var i = 0; i < values.Length; i++)
            values[i].ShouldBe(expected[i], 1e-6);
    }

    internal static TestNetwork Perceptron(bool grouped, int inputs = 4, int outputs = 3) => new(new PerceptronProgram(inputs, outputs, grouped));

    internal static float[] Inputs(int count) => Floats(Filler.Values(1, count * 4));

    internal static int[] Labels(int count) => Filler.Labels(2, count, 3);

    internal static float[] Floats(double[] values) => [.. values.Select(value => (float)value)];

    private static TestNetwork Load(ReferenceNetwork reference, bool grouped) => Load(Net, reference, grouped);

    internal static TestNetwork Load(NetworkCase network, ReferenceNetwork reference, bool grouped)
    {
        var net = new TestNetwork(new PlainProgram(network, grouped, PlainProgram.Fault.None));
        foreach (ReferenceParameter parameter in reference.Parameters)
            net.Parameters[parameter.Name].Values.Assign(Floats(parameter.Values));
        return net;
    }

    private static void Compare(TestNetwork net, ReferenceNetwork reference)
    {
        foreach (ReferenceParameter parameter in reference.Parameters)
        {
            float[] values = net.Parameters[parameter.Name].Values.ToArray();
            for (var i = 0; i < values.Length; i++)
                ((double)values[i]).ShouldBe(parameter.Values[i], 2e-5, $"{parameter.Name}[{i}]");
        }
    }
}
