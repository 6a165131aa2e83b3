using static NetGen.Tests.Topology.TopologyNetworks;

namespace NetGen.Tests.Topology;

/// <summary>Further outputs as their user meets them.</summary>
public class OutputTests
{
    private const int Batch = 20;

    private static float[] Inputs => Values(3, Batch * 6);

    private static float[] Targets => Values(4, Batch * 3);

    private static double MeanSquaredError(ReadOnlySpan<float> outputs)
    {
        var sum = 0.0;
        for (var i = 0; i < outputs.Length; i++)
            sum += Math.Pow(outputs[i] - Targets[i], 2);
        return sum / outputs.Length;
    }

    [Fact]
    public void SizesAndShapesAreMembersOfTheClass()
    {
        Type network = Create("Headed").GetType();
        network.GetField("Aux1Size")!.GetRawConstantValue().ShouldBe(3);
        network.GetField("ExtraSize")!.GetRawConstantValue().ShouldBe(5);
        network.GetProperty("ExtraShape")!.GetValue(null).ShouldBe(new Shape(5));
        network.GetNestedType("Pass")!.GetProperty("Aux1Output")!.PropertyType.ShouldBe(typeof(PassOutput));
        ((string)network.GetField("Summary")!.GetRawConstantValue()!).ShouldContain("Linear 8 → 3 → aux1");
    }

    [Fact]
    public void APassGivesAllOutputsByNameAndInOrder()
    {
        INetwork network = Create("Headed");
        using NetworkPass pass = network.CreatePass(Batch, threads: 1);
        pass.Outputs.Select(output => (output.Name, output.Shape)).ShouldBe([("head", new Shape(3)), ("aux1", new Shape(3)), ("extra", new Shape(5))]);
        Should.Throw<InvalidOperationException>(() => pass.Outputs["aux1"].Values.Length);
        pass.Forward(Inputs);
        pass.Outputs["aux1"].Values.ToArray().ShouldBe(pass.Activations["fc1"].ToArray());
        pass.Outputs[0].Values.ToArray().ShouldBe(pass.Output.ToArray());
        pass.Outputs["aux1"].Gradient.ToArray().ShouldAllBe(value => value == 0);
        Should.Throw<ArgumentException>(() => pass.Outputs["aux2"]).Message.ShouldStartWith("Headed has no output 'aux2'. It has head, aux1, extra.");
    }

    [Fact]
    public void APredictionGivesTheMainOutput()
    {
        INetwork network = Create("Headed");
        using NetworkPass pass = network.CreatePass(Batch, threads: 1);
        pass.Forward(Inputs);
        var outputs = new float[Batch * 3];
        network.Predict(Inputs, outputs);
        outputs.ShouldBe(pass.Output.ToArray(), 1e-6);
    }

    [Fact]
    public void TheLossIsTheWeightedSumAndEachOutputThatHasOneIsTrained()
    {
        foreach (int threads in new[] { 1, 2 })
        {
            INetwork network = Create("Headed");
            using NetworkPass pass = network.CreatePass(Batch, threads: 1);
            pass.Forward(Inputs);
            double expected = MeanSquaredError(pass.Output) + (0.3 * MeanSquaredError(pass.Outputs["aux1"].Values));
            Dictionary<string, float[]> before = network.Parameters.ToDictionary(one => one.Name, one => one.Values.ToArray());
            using Trainer trainer = network.CreateTrainer(new SGD(0.1), Loss.MeanSquaredError, Batch, threads, [new("aux1", Loss.MeanSquaredError, 0.3)]);

            trainer.Evaluate(new DataSet([6], Inputs, Targets)).Loss.ShouldBe(expected, 1e-5);
            ((double)trainer.Step(Inputs, Targets)).ShouldBe(expected, 1e-5);

            trainer.Outputs.ShouldHaveSingleItem().Output.ShouldBe("aux1");
            INetwork inParts = Create("Headed");
            foreach (Parameter parameter in inParts.Parameters)
                parameter.Values.Assign(before[parameter.Name]);
            using var several = new Trainer(inParts.State, new SGD(0.1), Loss.MeanSquaredError, 8, threads, [new("aux1", Loss.MeanSquaredError, 0.3)]) { AccumulationSteps = 3 };
            ((double)several.Step(Inputs, Targets)).ShouldBe(expected, 1e-5);
            foreach (Parameter parameter in network.Parameters)
                inParts.Parameters[parameter.Name].Values.ToArray().ShouldBe(parameter.Values.ToArray(), 1e-6, $"{parameter.Name} in parts");
            foreach (Parameter parameter in network.Parameters)
                parameter.Values.ToArray().SequenceEqual(before[parameter.Name]).ShouldBe(parameter.Name.StartsWith("linear3", StringComparison.Ordinal), parameter.Name);
        }
    }

    /// <summary>Also where a pass has left gradients of all outputs.</summary>
    [Fact]
    public void WithoutLossesOfTheirOwnFurtherOutputsTrainNothing()
    {
        INetwork network = Create("Headed");
        using (NetworkPass pass = network.CreatePass(Batch, threads: 1))
        {
            pass.Forward(Inputs);
            foreach (PassOutput output in pass.Outputs)
                output.Gradient.Fill(1);
            pass.Backward();
            network.Parameters["fc1.bias"].Gradient.ToArray().ShouldBe([Batch, Batch, Batch], 1e-3);
        }
        Dictionary<string, float[]> before = network.Parameters.ToDictionary(one => one.Name, one => one.Values.ToArray());
        using Trainer trainer = network.CreateTrainer(new SGD(0.1), Loss.MeanSquaredError, Batch, threads: 2);
        trainer.Step(Inputs, Targets);
        foreach (Parameter parameter in network.Parameters)
            parameter.Values.ToArray().SequenceEqual(before[parameter.Name]).ShouldBe(parameter.Name is "fc1.weight" or "fc1.bias" or "linear3.weight" or "linear3.bias", parameter.Name);
    }

    public static TheoryData<string, string, string> Refusals => new()
    {
        { "Headed", "aux2", "Headed's trainer: there is no further output 'aux2': there are aux1, extra." },
        { "Headed", "head", "Headed's trainer: there is no further output 'head': there are aux1, extra." },
        { "Headed", "extra", "Headed's trainer: output 'extra' has shape [5], 5 values: it is trained by the labels or targets of the main output, which has 3." },
        { "Tied", "aux1", "Tied's trainer: there is no further output 'aux1': the network has none." },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void LossesThatDoNotGoWithTheNetworkAreRefused(string network, string output, string message) =>
        Refused(network, [new(output, Loss.CrossEntropy)]).ShouldStartWith(message);

    [Fact]
    public void LossesThatDoNotGoTogetherAreRefused()
    {
        Refused("Headed", [new("aux1", Loss.MeanSquaredError)]).ShouldStartWith("Headed's trainer: the loss of output 'aux1' compares with values, and that of the main output with class labels.");
        Refused("Headed", [new("aux1", Loss.CrossEntropy), new("aux1", Loss.CrossEntropy)]).ShouldStartWith("Headed's trainer: output 'aux1' has two losses.");
        Refused("Headed", [new("aux1", Loss.NegativeLogLikelihood)]).ShouldContain("Loss.NegativeLogLikelihood does not go with output 'aux1': it expects logarithms of");
        Should.Throw<ArgumentOutOfRangeException>(() => new OutputLoss("aux1", Loss.CrossEntropy, -1));
    }

    private static string Refused(string network, IReadOnlyList<OutputLoss> outputs) =>
        Should.Throw<ArgumentException>(() => new Trainer(Create(network).State, new SGD(0.1), Loss.CrossEntropy, Batch, threads: 1, outputs)).Message;
}
