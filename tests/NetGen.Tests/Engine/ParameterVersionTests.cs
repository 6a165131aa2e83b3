using NetGen.Engine;
using NetGen.Tests.Training;

namespace NetGen.Tests.Engine;

/// <summary>Every way to write to a parameter moves the network's version, and reading moves nothing.</summary>
public sealed class ParameterVersionTests
{
    private static readonly float[] Inputs = TrainerTests.Inputs(16);
    private static readonly int[] Labels = TrainerTests.Labels(16);

    private static readonly Dictionary<string, Action<TestNetwork>> Writes = new()
    {
        ["a value by its place"] = net => net.Parameters[0].Values[1] = 2,
        ["a value by its coordinates"] = net => net.Parameters[0].Values[1, 2] = 2,
        ["all values"] = net => net.Parameters[0].Values.Assign(new float[12]),
        ["one for all"] = net => net.Parameters[1].Values.Fill(1),
        ["a running statistic"] = net => net.Parameters["seen"].Values[0] = 1,
        ["an optimizer"] = net => new SGD(0.1).Step(net),
        ["a trainer"] = net =>
        {
            using Trainer trainer = net.CreateTrainer(new SGD(0.1), Loss.CrossEntropy, 16);
            trainer.Step(Inputs, Labels);
        },
        ["a file"] = net =>
        {
            var bytes = new MemoryStream();
            net.State.Save(bytes);
            bytes.Position = 0;
            net.LoadWeights(bytes);
        },
        ["a training pass"] = net =>
        {
            using NetworkPass pass = net.CreatePass(16);
            pass.Training = true;
            pass.Forward(Inputs);
        },
    };

    public static TheoryData<string> Ways => [.. Writes.Keys];

    [Theory]
    [MemberData(nameof(Ways))]
    public void WritesMoveIt(string way)
    {
        var net = new TestNetwork(new PerceptronProgram(4, 3, grouped: true));
        ParameterVersion before = net.State.Version;
        Writes[way](net);
        net.State.Version.ShouldNotBe(before);
    }

    [Fact]
    public void ReadingGradientsAndRefusedWritesDoNot()
    {
        var net = new TestNetwork(new PerceptronProgram(4, 3, grouped: true));
        ParameterVersion before = net.State.Version;
        _ = net.Parameters[0].Values[0] + net.Parameters[0].Values[1, 1] + net.Parameters[0].Values.Norm();
        net.Parameters[0].Gradient.Fill(1);
        net.Parameters[0].Gradient[0] = 2;
        net.Predict(Inputs);
        using (NetworkPass pass = net.CreatePass(16))
        {
            pass.Forward(Inputs);
            pass.Backward();
        }
        Should.Throw<ArgumentException>(() => net.Parameters[0].Values.Assign([1]));
        Should.Throw<ArgumentOutOfRangeException>(() => net.Parameters[0].Values[99] = 1);
        Should.Throw<WeightsException>(() => net.LoadWeights(new MemoryStream([1, 2, 3])));
        net.State.Version.ShouldBe(before);
    }

    [Fact]
    public void WhatAPassHasNotComputedYetIsRefusedAfterAWrite()
    {
        var net = new TestNetwork(new PerceptronProgram(4, 3, grouped: true));
        using NetworkPass pass = net.CreatePass(16), another = net.CreatePass(16);
        another.Training = true;
        pass.Forward(Inputs);
        // Running statistics are no reason: two passes may go through one network.
        another.Forward(Inputs);
        pass.Backward();
        net.Parameters[1].Values[0] = 3;
        Should.Throw<InvalidOperationException>(() => pass.InputGradient.Length).Message.ShouldContain("the parameters have been changed since the forward pass, to which the gradient of the input would not belong");
        pass.Forward(Inputs);
        pass.Backward();
        pass.InputGradient.Length.ShouldBe(Inputs.Length);
    }
}
