using NetGen.Tests.Data;
using static NetGen.Tests.Topology.TopologyNetworks;

namespace NetGen.Tests.Topology;

/// <summary>Frozen layers as their user meets them.</summary>
public sealed class FrozenTests : IDisposable
{
    private const int Pixels = 3 * 8 * 8;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void TrainingLeavesFrozenLayersAsTheyAre()
    {
        INetwork network = Create("Tuned");
        network.Parameters["features.bn.running_mean"].Values.Assign(Values(3, 8));
        Dictionary<string, float[]> before = network.Parameters.ToDictionary(one => one.Name, one => one.Values.ToArray());
        using Trainer trainer = network.CreateTrainer(new AdamW(0.01, weightDecay: 0.5), Loss.CrossEntropy, batch: 33, threads: 2);

        for (uint step = 0; step < 5; step++)
            trainer.Step(Values(step, 33 * Pixels), [.. Enumerable.Range(0, 33).Select(i => i % 5)]);

        network.Parameters.Where(one => !one.IsFrozen).Select(one => one.Name).ShouldBe(["head.weight", "head.bias"]);
        foreach (Parameter parameter in network.Parameters)
            parameter.Values.ToArray().SequenceEqual(before[parameter.Name]).ShouldBe(parameter.IsFrozen, parameter.Name);
    }

    /// <summary>As in PyTorch after <c>.eval()</c>: a batch is not counted that moves nothing.</summary>
    [Fact]
    public void CountersOfFrozenLayersStay()
    {
        INetwork network = Create("Tuned");
        using (Trainer trainer = network.CreateTrainer(new SGD(0.1), Loss.CrossEntropy, batch: 4, threads: 1))
            trainer.Step(Values(1, 4 * Pixels), [0, 1, 2, 3]);
        network.Save(folder["net"]);
        using SafeTensorsFile file = SafeTensorsFile.Open(folder["net"]);
        foreach (string name in new[] { "features.bn.num_batches_tracked", "norm.num_batches_tracked" })
            file.Read(file.Find(name)!)[0].ShouldBe(0);
    }

    /// <summary>Batch normalisation by running statistics, dropout off: in training what it is in evaluation.</summary>
    [Fact]
    public void AFrozenBlockIsAFixedFunction()
    {
        INetwork network = Create("Tuned");
        using NetworkPass pass = network.CreatePass(20, threads: 1);
        float[] inputs = Values(7, 20 * Pixels);
        pass.Forward(inputs);
        float[] expected = pass.Activations["features.inner.dropout1"].ToArray();
        pass.Training = true;
        pass.Forward(inputs);
        pass.Activations["features.inner.dropout1"].ToArray().ShouldBe(expected);
    }

    [Fact]
    public void AFrozenNormalisationTakesASingleSample()
    {
        INetwork network = Create("Tuned");
        using Trainer trainer = network.CreateTrainer(new SGD(0.1), Loss.CrossEntropy, batch: 1, threads: 1);
        trainer.Step(Values(1, Pixels), [2]).ShouldBeGreaterThan(0);
    }

    [Fact]
    public void FrozenParametersAreSavedLoadedAndSetByName()
    {
        INetwork network = Create("Tuned", seed: 1), other = Create("Tuned", seed: 2);
        network.Save(folder["net"]);
        other.LoadWeights(folder["net"]);
        other.Parameters["features.conv1.weight"].Values.ToArray().ShouldBe(network.Parameters["features.conv1.weight"].Values.ToArray());
        float[] inputs = Values(5, Pixels), before = new float[5], after = new float[5];
        other.Predict(inputs, before);
        other.Parameters["features.conv1.weight"].Values.Assign(Values(8, 8 * 3 * 9));
        other.Predict(inputs, after);
        after.ShouldNotBe(before);
    }

    [Fact]
    public void AFrozenParameterHasNoGradient() => Should.Throw<InvalidOperationException>(() => Create("Tuned").Parameters["features.conv1.weight"].Gradient)
        .Message.ShouldBe("features.conv1.weight is frozen in Tuned, and has no gradient.");

    [Fact]
    public void WhereAllIsFrozenThereIsNothingToTrain()
    {
        INetwork network = Create("Fixed");
        Should.Throw<InvalidOperationException>(() => network.CreateTrainer(new SGD(0.1), Loss.MeanSquaredError, batch: 2, threads: 1))
            .Message.ShouldBe("Fixed has nothing to train: all its layers with parameters are frozen. Leave one of them without Frozen.");
        using NetworkPass pass = network.CreatePass(1, threads: 1);
        pass.Forward([1, 2, 3, 4]);
        pass.OutputGradient.Fill(1);
        pass.Backward();
        float[] weights = network.Parameters["linear1.weight"].Values.ToArray();
        for (var i = 0; i < 4; i++)
            pass.InputGradient[i].ShouldBe((weights[i] + weights[i + 4] + weights[i + 8]) / MathF.Sqrt(1 + 1e-5f), 1e-5);
    }
}
