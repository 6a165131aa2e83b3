using NetGen.Tests.Data;
using static NetGen.Tests.Topology.TopologyNetworks;

namespace NetGen.Tests.Topology;

/// <summary>Shared parameters as their user meets them.</summary>
public sealed class SharedTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void ParametersAreThereOnce()
    {
        INetwork network = Create("Tied");
        string[] names = ["step.weight", "step.bias", "bn.weight", "bn.bias", "bn.running_mean", "bn.running_var", "linear3.weight", "linear3.bias"];
        network.Parameters.Select(one => one.Name).ShouldBe(names);
        network.Save(folder["net"]);
        using SafeTensorsFile file = SafeTensorsFile.Open(folder["net"]);
        file.Tensors.Select(tensor => tensor.Name).ShouldBe([.. names, "bn.num_batches_tracked"], ignoreOrder: true);
    }

    /// <summary>Parameters once, multiply-adds as often as they are done.</summary>
    [Fact]
    public void CostsAreCounted()
    {
        Type network = Create("Tied").GetType();
        network.GetField("ParameterCount")!.GetRawConstantValue().ShouldBe((6 * 6) + 6 + 12 + (6 * 2) + 2);
        network.GetField("MultiplyAdds")!.GetRawConstantValue().ShouldBe((2L * 6 * 6) + (6 * 2));
        ((string)network.GetField("Summary")!.GetRawConstantValue()!).ShouldContain("Linear 6 → 6, weights of step");
    }

    [Fact]
    public void TheSameParametersTrainInBothPlaces()
    {
        INetwork network = Create("Tied");
        using Trainer trainer = network.CreateTrainer(new Adam(0.02), Loss.CrossEntropy, batch: 32, threads: 2);
        float[] inputs = Values(3, 32 * 6);
        int[] labels = [.. Enumerable.Range(0, 32).Select(i => inputs[i * 6] > inputs[(i * 6) + 1] ? 1 : 0)];
        float first = trainer.Step(inputs, labels), last = first;
        for (var step = 0; step < 60; step++)
            last = trainer.Step(inputs, labels);
        last.ShouldBeLessThan(0.5f * first);
    }
}
