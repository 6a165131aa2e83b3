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

    /// <summary>Its batch counters, which PyTorch saves, are no parameters of the network.</summary>
    [Fact]
    public void ANetworkWithBatchNormalizationLoads()
    {
        if (RealData.Find("models/mnist-cnn-bn.safetensors") is not { } path)
            return;
        using SafeTensorsFile file = SafeTensorsFile.Open(path);
        TensorEntry[] weights = [.. file.Tensors.Where(tensor => tensor.Type == TensorType.F32)];
        weights.Length.ShouldBe(file.Tensors.Length - 2);
        int offset = 0;
        ImmutableArray<ParameterDefinition>.Builder parameters = ImmutableArray.CreateBuilder<ParameterDefinition>();
        foreach (TensorEntry weight in weights)
        {
            var shape = new Shape([.. weight.Extents.Select(extent => (int)extent)]);
            parameters.Add(new(weight.Name, shape, offset, [new(shape.Size, 1)], Initialization.Zeros, 0, true));
            offset += shape.Size;
        }
        NetworkDefinition network = CheckpointTests.Definition("MnistNet", offset, parameters.ToImmutable());
        var flat = new float[offset];
        Checkpoint.Load(path, network, flat);
        flat.ShouldBe(weights.SelectMany(file.Read));
        Should.Throw<WeightsException>(() => Checkpoint.Load(path, CheckpointTests.Definition("Other", offset, parameters.ToImmutable().RemoveAt(0)), flat))
            .Message.ShouldBe($"mnist-cnn-bn.safetensors: tensor '{weights[0].Name}' is unknown to Other");
    }
}
