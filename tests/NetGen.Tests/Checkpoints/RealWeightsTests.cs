using System.Collections.Immutable;
using NetGen.Engine;
using NetGen.Tests.Data;

namespace NetGen.Tests.Checkpoints;

/// <summary>Trained networks that other software saved, where the machine has them.</summary>
public sealed class RealWeightsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("lenet-mnist", 431_080)]
    [InlineData("resnet20-cifar10", 271_098)]
    [InlineData("squeezenet_v1.0", 1_248_424)]
    public void AreReadAndWrittenBitForBit(string name, int values)
    {
        if (RealData.Find($"models/{name}.safetensors") is not { } path)
            return;
        using SafeTensorsFile file = SafeTensorsFile.Open(path);
        file.Tensors.Sum(tensor => tensor.Count).ShouldBe(values);
        SafeTensors.Write(folder["copy"], [.. file.Tensors.Select(tensor =>
            new SavedTensor(tensor.Name, new Shape([.. tensor.Extents.Select(extent => (int)extent)]), file.Read(tensor)))]);
        SafeTensorsBytes.Parts(File.ReadAllBytes(folder["copy"])).Data.ShouldBe(SafeTensorsBytes.Parts(File.ReadAllBytes(path)).Data);
    }

    /// <summary>PyTorch's strict load_state_dict takes what has the names, types and shapes that PyTorch saved.</summary>
    [Fact]
    public void ANetworkWithBatchNormalizationComesBackAsPyTorchSavedIt()
    {
        if (RealData.Find("models/mnist-cnn-bn.safetensors") is not { } path)
            return;
        using SafeTensorsFile file = SafeTensorsFile.Open(path);
        TensorEntry[] weights = [.. file.Tensors.Where(tensor => tensor.Type == TensorType.F32)];
        TensorEntry[] counts = [.. file.Tensors.Where(tensor => tensor.Type == TensorType.I64)];
        counts.Select(tensor => tensor.Name).ShouldBe(["norm1.num_batches_tracked", "norm2.num_batches_tracked"], ignoreOrder: true);
        weights.Length.ShouldBe(file.Tensors.Length - 2);
        int offset = 0;
        ImmutableArray<ParameterDefinition>.Builder parameters = ImmutableArray.CreateBuilder<ParameterDefinition>();
        foreach (TensorEntry weight in weights)
        {
            var shape = new Shape([.. weight.Extents.Select(extent => (int)extent)]);
            parameters.Add(new(weight.Name, shape, offset, [new(shape.Size, 1)], Initialization.Zeros, 0, true));
            offset += shape.Size;
        }
        NetworkDefinition network = CheckpointTests.Definition("MnistNet", offset, parameters.ToImmutable()) with { Counters = [.. counts.Select(tensor => tensor.Name)] };
        var flat = new float[offset];
        var counters = new long[2];
        Checkpoint.Load(path, network, flat, counters);
        flat.ShouldBe(weights.SelectMany(file.Read));
        counters.ShouldBe(counts.Select(tensor => (long)file.Read(tensor)[0]));
        counters.ShouldAllBe(count => count > 0);

        Checkpoint.Save(folder["copy"], network, flat, counters);
        using SafeTensorsFile copy = SafeTensorsFile.Open(folder["copy"]);
        copy.Tensors.Select(tensor => (tensor.Name, tensor.Type, tensor.ShapeText)).ShouldBe(
            file.Tensors.Select(tensor => (tensor.Name, tensor.Type, tensor.ShapeText)), ignoreOrder: true);

        NetworkDefinition other = CheckpointTests.Definition("Other", offset, parameters.ToImmutable().RemoveAt(0)) with { Counters = network.Counters };
        Should.Throw<WeightsException>(() => Checkpoint.Load(path, other, flat, counters))
            .Message.ShouldBe($"mnist-cnn-bn.safetensors: tensor '{weights[0].Name}' is unknown to Other");
    }
}
