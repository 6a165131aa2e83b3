using NetGen.Tests.Numerics;
using NetGen.Tests.Reference;
using NetGen.Tests.Reference.Layers;

namespace NetGen.Tests.Training;

public sealed class NetworkPassTests
{
    private const int Batch = 35;

    private static NetworkCase Net { get; } = new(
        [2, 4, 3],
        [
            new Conv2dLayer(2, 3, new(2), new(1), new(0)), new BatchNorm2dLayer(3), new TanhLayer(), new FlattenLayer(), new LinearLayer(18, 5),
        ],
        Batch, 7);

    public static TheoryData<bool, int> Ways => new() { { true, 1 }, { true, 3 }, { false, 1 }, { false, 3 } };

    [Theory]
    [MemberData(nameof(Ways))]
    public void EverythingInsideIsThatOfTheReference(bool grouped, int threads)
    {
        ReferenceNetwork reference = Net.CreateReference(3);
        TestNetwork net = Load(reference, grouped);
        using NetworkPass pass = net.CreatePass(Batch, threads);
        foreach (int count in new[] { Batch, 16, 1, 20 })
        {
            double[] inputs = Filler.Values((uint)count, count * 24), gradient = Filler.Values(77, count * 5);
            double[] outputs = reference.Forward(inputs, training: false);
            pass.Forward(TrainerTests.Floats(inputs));
            pass.Count.ShouldBe(count);
            pass.Output.ToArray().ShouldHaveValues(outputs, "output");
            for (var layer = 0; layer < reference.Names.Count; layer++)
            {
                pass.Activations[reference.Names[layer]].ToArray().ShouldHaveValues(reference.Activations[layer], reference.Names[layer]);
                pass.Activations[layer].ToArray().ShouldHaveValues(reference.Activations[layer], reference.Names[layer]);
            }

            double[] inputGradient = reference.Backward(gradient);
            TrainerTests.Floats(gradient).CopyTo(pass.OutputGradient);
            pass.Backward();
            CompareGradients(net, pass, reference, inputGradient);

            for (var layer = 0; layer < reference.Names.Count; layer++)
            {
                double[] there = Filler.Values((uint)layer, reference.Activations[layer].Length);
                inputGradient = reference.BackwardFrom(layer, there);
                pass.BackwardFrom(reference.Names[layer], TrainerTests.Floats(there));
                CompareGradients(net, pass, reference, inputGradient);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void AFusedActivationIsRecomputed(bool grouped, int threads)
    {
        TestNetwork net = TrainerTests.Perceptron(grouped);
        using NetworkPass pass = net.CreatePass(40, threads);
        float[] inputs = TrainerTests.Inputs(40);
        pass.Forward(inputs);
        var expected = new double[120];
        for (var i = 0; i < expected.Length; i++)
        {
            expected[i] = net.Parameters["linear1.bias"].Values[i % 3];
            for (var k = 0; k < 4; k++)
                expected[i] += (double)net.Parameters["linear1.weight"].Values[i % 3, k] * inputs[(i / 3 * 4) + k];
        }
        pass.Activations["linear1"].ToArray().ShouldHaveValues(expected, "linear1");
        pass.Activations["relu1"].ToArray().ShouldHaveValues([.. expected.Select(x => Math.Max(0, x))], "relu1");
        pass.Output.ToArray().ShouldBe(pass.Activations["relu1"].ToArray());
        pass.Activations.Names.ShouldBe(["linear1", "relu1"]);
        pass.Activations.Count.ShouldBe(2);
        pass.Activations.ShapeOf("linear1").ShouldBe(new Shape(3));

        pass.OutputGradient.Fill(1);
        pass.Backward();
        double[] bias = [.. Enumerable.Range(0, 3).Select(o => (double)Enumerable.Range(0, 40).Count(n => expected[(n * 3) + o] > 0))];
        net.Parameters["linear1.bias"].Gradient.ToArray().ShouldHaveValues(bias, "bias");
        // Read after the backward pass, and before the input's gradient: neither spoils the other.
        pass.Forward(inputs);
        pass.BackwardFrom("linear1", [.. Enumerable.Repeat(1f, 120)]);
        pass.Activations["linear1"].ToArray().ShouldHaveValues(expected, "linear1");
        double[] towards = [.. Enumerable.Range(0, 160).Select(i => Enumerable.Range(0, 3).Sum(o => (double)net.Parameters["linear1.weight"].Values[o, i % 4]))];
        pass.InputGradient.ToArray().ShouldHaveValues(towards, "input");
    }

    [Fact]
    public void EvaluationChangesNothingAndTrainingMovesTheStatistics()
    {
        ReferenceNetwork reference = Net.CreateReference(3);
        TestNetwork net = Load(reference, grouped: false);
        float[] before = net.AllValues();
        float[] inputs = TrainerTests.Floats(Filler.Values(1, Batch * 24));
        using NetworkPass pass = net.CreatePass(Batch);
        pass.Training.ShouldBeFalse();
        pass.Forward(inputs);
        net.AllValues().ShouldBe(before);

        pass.Training = true;
        pass.Forward(inputs);
        pass.Output.ToArray().ShouldHaveValues(reference.Forward([.. inputs.Select(x => (double)x)], training: true), "output");
        reference.UpdateStatistics();
        foreach (ReferenceParameter parameter in reference.Parameters)
            net.Parameters[parameter.Name].Values.ToArray().ShouldHaveValues(parameter.Values, parameter.Name);
    }

    [Fact]
    public void WhatIsComputedOnDemandIsRefusedOnceAnOptimizerHasChangedTheParameters()
    {
        TestNetwork net = TrainerTests.Perceptron(grouped: true);
        using NetworkPass pass = net.CreatePass(4);
        pass.Forward(TrainerTests.Inputs(4));
        pass.OutputGradient.Fill(1);
        pass.Backward();
        float[] output = pass.Output.ToArray();
        new SGD(0.1f).Step(net);
        pass.Output.ToArray().ShouldBe(output);
        Should.Throw<InvalidOperationException>(() => pass.InputGradient.Length).Message.ShouldContain("the parameters have been changed since the forward pass");
        Should.Throw<InvalidOperationException>(() => pass.Activations["linear1"].Length).Message.ShouldContain("the output of linear1");
        Should.Throw<InvalidOperationException>(pass.Backward);
        pass.Forward(TrainerTests.Inputs(4));
        pass.Backward();
        pass.InputGradient.Length.ShouldBe(16);
    }

    [Fact]
    public void AForwardPassMakesTheOutputsGradientZero()
    {
        TestNetwork net = TrainerTests.Perceptron(grouped: true);
        using NetworkPass pass = net.CreatePass(4);
        pass.Forward(TrainerTests.Inputs(4));
        pass.OutputGradient.Fill(1);
        pass.Backward();
        net.Parameters[0].Gradient.Norm().ShouldBeGreaterThan(0);
        pass.Forward(TrainerTests.Inputs(4));
        pass.OutputGradient.ToArray().ShouldBe(new float[12]);
        pass.Backward();
        net.Parameters[0].Gradient.Norm().ShouldBe(0);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void AnOwnLoopOverAPassIsATrainersStep(bool grouped, int threads)
    {
        TestNetwork own = TrainerTests.Perceptron(grouped), trained = TrainerTests.Perceptron(grouped);
        using NetworkPass pass = own.CreatePass(40, threads);
        using Trainer trainer = trained.CreateTrainer(new SGD(0.1f, 0.9f), Loss.MeanSquaredError, 40, threads);
        var optimizer = new SGD(0.1f, 0.9f);
        float[] inputs = TrainerTests.Inputs(40), targets = TrainerTests.Floats(Filler.Values(6, 120));
        pass.Training = true;
        for (var step = 0; step < 5; step++)
        {
            pass.Forward(inputs);
            for (var i = 0; i < 120; i++)
                pass.OutputGradient[i] = (pass.Output[i] - targets[i]) * (2f / 120);
            pass.Backward();
            optimizer.Step(own);
            trainer.Step(inputs, targets);
        }
        float[] values = own.AllValues(), expected = trained.AllValues();
        for (var i = 0; i < values.Length; i++)
            values[i].ShouldBe(expected[i], 1e-5);
    }

    [Fact]
    public void WhatCannotBeIsRefusedClearly()
    {
        TestNetwork net = TrainerTests.Perceptron(grouped: true);
        NetworkPass pass = net.CreatePass(4);
        Should.Throw<InvalidOperationException>(() => pass.Output.Length).Message.ShouldContain("call Forward first");
        Should.Throw<InvalidOperationException>(() => pass.OutputGradient.Length).Message.ShouldContain("call Forward first");
        Should.Throw<InvalidOperationException>(pass.Backward).Message.ShouldContain("call Forward first");
        Should.Throw<InvalidOperationException>(() => pass.BackwardFrom("relu1", [])).Message.ShouldContain("call Forward first");
        Should.Throw<InvalidOperationException>(() => pass.Activations["relu1"].Length).Message.ShouldContain("call Forward first");
        foreach (int length in new[] { 0, 3, 5, 20 })
            Should.Throw<ArgumentException>(() => pass.Forward(new float[length])).Message.ShouldContain($"1 to 4 samples of 4 values ([4]), and holds {length} values");

        pass.Forward(TrainerTests.Inputs(2));
        Should.Throw<InvalidOperationException>(() => pass.InputGradient.Length).Message.ShouldContain("needs a backward pass first");
        Should.Throw<ArgumentException>(() => pass.BackwardFrom("conv1", new float[6])).Message.ShouldContain("no layer 'conv1'. It has linear1, relu1");
        Should.Throw<ArgumentException>(() => pass.Activations["conv1"].Length).Message.ShouldContain("linear1, relu1");
        Should.Throw<ArgumentOutOfRangeException>(() => pass.Activations[2].Length);
        Should.Throw<ArgumentException>(() => pass.BackwardFrom("linear1", new float[5])).Message.ShouldContain("6 values (2 × [3]), and 5 are given");
        pass.Backward();
        pass.InputGradient.Length.ShouldBe(8);
        pass.Forward(TrainerTests.Inputs(2));
        Should.Throw<InvalidOperationException>(() => pass.InputGradient.Length);

        pass.Dispose();
        pass.Dispose();
        Should.Throw<ObjectDisposedException>(() => pass.Forward(TrainerTests.Inputs(2)));
        Should.Throw<ObjectDisposedException>(() => pass.Output.Length);
        Should.Throw<ArgumentOutOfRangeException>(() => net.CreatePass(0));
        Should.Throw<ArgumentOutOfRangeException>(() => net.CreatePass(1, -1));
    }

    private static TestNetwork Load(ReferenceNetwork reference, bool grouped)
    {
        var net = new TestNetwork(new PlainProgram(Net, grouped, PlainProgram.Fault.None));
        foreach (ReferenceParameter parameter in reference.Parameters)
            net.Parameters[parameter.Name].Values.Assign(TrainerTests.Floats(parameter.Values));
        return net;
    }

    private static void CompareGradients(TestNetwork net, NetworkPass pass, ReferenceNetwork reference, double[] inputGradient)
    {
        ReferenceParameter[] trainable = [.. reference.Parameters.Where(parameter => parameter.Spec.IsTrainable)];
        double largest = trainable.Max(parameter => Closeness.RootMeanSquare(parameter.Gradient));
        foreach (ReferenceParameter parameter in trainable)
            net.Parameters[parameter.Name].Gradient.ToArray().ShouldHaveGradients(parameter.Gradient, largest, parameter.Name);
        pass.InputGradient.ToArray().ShouldHaveGradients(inputGradient, largest, "input");
    }
}
