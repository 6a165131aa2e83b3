using System.Collections.Immutable;
using NetGen.Engine;
using NetGen.Tests.Data;

namespace NetGen.Tests.Checkpoints;

public sealed class CheckpointTests : IDisposable
{
    private const float Untouched = 77;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>conv2.weight [2, 1, 2, 2], its 2 output channels innermost and padded to 3 lanes, at 0; conv2.bias [2] at 13.</summary>
    private static readonly NetworkDefinition ConvNet = Definition("ConvNet", 16,
        new ParameterDefinition("conv2.weight", new Shape(2, 1, 2, 2), 0, [new(2, 1), new(1, 12), new(2, 6), new(2, 3)], Initialization.Uniform, 1, true),
        new ParameterDefinition("conv2.bias", new Shape(2), 13, [new(2, 1)], Initialization.Zeros, 0, true));

    private static readonly float[] Flat =
        [1, 5, Untouched, 2, 6, Untouched, 3, 7, Untouched, 4, 8, Untouched, Untouched, 9, 10, Untouched];

    internal static NetworkDefinition Definition(string name, int floats, params ImmutableArray<ParameterDefinition> parameters) => new()
    {
        Name = name,
        InputShape = new Shape(1),
        OutputShape = new Shape(1),
        GroupSize = 16,
        Element = ElementType.Float32,
        ParameterBytes = sizeof(float) * floats,
        TrainableBytes = sizeof(float) * floats,
        Parameters = parameters,
        Activations = [],
        Arena = default,
        Outputs = [],
        InputGradient = new ActivationDefinition("input", new Shape(1), true, default, default, 1, []),
        PredictScratchBytes = sizeof(float) * 0,
        MultiplyAdds = 0,
    };

    private string Write(string header, params float[] values) =>
        folder.Write("convnet.safetensors", SafeTensorsBytes.File(header, SafeTensorsBytes.Floats(values)));

    private string FaultOfLoading(string header, params float[] values)
    {
        string path = Write(header, values);
        float[] flat = [.. Enumerable.Repeat(Untouched, 16)];
        WeightsException exception = Should.Throw<WeightsException>(() => Checkpoint.Load(path, ConvNet, flat));
        flat.ShouldAllBe(value => value == Untouched, "nothing may change");
        exception.FilePath.ShouldBe(path);
        exception.TensorName.ShouldNotBeNull();
        return exception.Message;
    }

    [Fact]
    public void LoadsPyTorchOrderIntoTheOrderOfTheKernels()
    {
        string path = Write(
            """{"conv2.bias":{"dtype":"F32","shape":[2],"data_offsets":[32,40]},"conv2.weight":{"dtype":"F32","shape":[2,1,2,2],"data_offsets":[0,32]}}""",
            1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
        float[] flat = [.. Enumerable.Repeat(Untouched, 16)];
        Checkpoint.Load(path, ConvNet, flat);
        flat.ShouldBe(Flat);
    }

    [Fact]
    public void SavesTheOrderOfTheKernelsInPyTorchOrder()
    {
        Checkpoint.Save(folder["convnet.safetensors"], ConvNet, Flat);
        (string header, byte[] data) = SafeTensorsBytes.Parts(File.ReadAllBytes(folder["convnet.safetensors"]));
        header.TrimEnd().ShouldBe(
            """{"__metadata__":{"format":"pt"},"conv2.weight":{"dtype":"F32","shape":[2,1,2,2],"data_offsets":[0,32]},"conv2.bias":{"dtype":"F32","shape":[2],"data_offsets":[32,40]}}""");
        data.ShouldBe(SafeTensorsBytes.Floats(1, 2, 3, 4, 5, 6, 7, 8, 9, 10));
    }

    /// <summary>More than is read and written at a time, in panels of which the last is cut short.</summary>
    [Fact]
    public void LargeTensorsGoPartByPart()
    {
        const int Out = 300, In = 3001, Block = 32, Floats = (Out + Block - 1) / Block * Block * In;
        var weight = new ParameterDefinition("w", new Shape(Out, In), 0, [new Stride(Out, 1, Block, In * Block), new Stride(In, Block)], Initialization.Uniform, 1, true);
        NetworkDefinition definition = Definition("Large", Floats, weight);
        var saved = new AlignedBuffer(Floats);
        ParameterInitializer.Fill(definition, saved, 5);
        var bytes = new MemoryStream();
        Checkpoint.Save(bytes, definition, saved.Memory);
        bytes.Position = 0;
        using (var file = SafeTensorsFile.Open(folder.Write("large", bytes.ToArray())))
        {
            float[] ordered = file.Read(file.Tensors.Single());
            for (var i = 0; i < ordered.Length; i += 997)
                ordered[i].ShouldBe(saved.Span[(int)StridedLayout.Offset(weight.Layout, i)]);
        }
        foreach (bool isNew in new[] { true, false })
        {
            var loaded = new float[Floats];
            bytes.Position = 0;
            Checkpoint.Load(bytes, definition, loaded, isNew: isNew);
            loaded.AsSpan().SequenceEqual(saved.Span).ShouldBeTrue();
        }

        saved.Span[(int)StridedLayout.Offset(weight.Layout, (299 * In) + 17)] = float.NaN;
        Should.Throw<WeightsException>(() => Checkpoint.Save(bytes, definition, saved.Memory)).Message.ShouldContain($"holds NaN at index {(299 * In) + 17}; weights must be finite");
    }

    [Fact]
    public void RefusesAnotherShape() =>
        FaultOfLoading("""{"conv2.weight":{"dtype":"F32","shape":[2,1,4],"data_offsets":[0,32]},"conv2.bias":{"dtype":"F32","shape":[2],"data_offsets":[32,40]}}""", new float[10])
            .ShouldBe("convnet.safetensors: tensor 'conv2.weight' has shape [2, 1, 4], ConvNet expects [2, 1, 2, 2]");

    [Fact]
    public void RefusesAMissingName() =>
        FaultOfLoading("""{"conv2.weight":{"dtype":"F32","shape":[2,1,2,2],"data_offsets":[0,32]}}""", new float[8])
            .ShouldBe("convnet.safetensors: tensor 'conv2.bias' is missing, ConvNet expects it with shape [2]");

    [Fact]
    public void RefusesAMissingNameAndTellsWhatIsThereInstead() =>
        FaultOfLoading("""{"conv2.weight":{"dtype":"F32","shape":[2,1,2,2],"data_offsets":[0,32]},"conv2.offset":{"dtype":"F32","shape":[2],"data_offsets":[32,40]}}""", new float[10])
            .ShouldBe("convnet.safetensors: tensor 'conv2.bias' is missing, ConvNet expects it with shape [2]; the file holds 'conv2.offset', unknown to ConvNet. 'conv2.offset' alone has that shape: the names of LoadWeights can make it 'conv2.bias'");

    [Fact]
    public void RefusesAnExtraName() =>
        FaultOfLoading("""{"conv2.weight":{"dtype":"F32","shape":[2,1,2,2],"data_offsets":[0,32]},"conv2.bias":{"dtype":"F32","shape":[2],"data_offsets":[32,40]},"conv3.bias":{"dtype":"F32","shape":[1],"data_offsets":[40,44]}}""", new float[11])
            .ShouldBe("convnet.safetensors: tensor 'conv3.bias' is unknown to ConvNet");

    [Fact]
    public void RefusesAnotherType() =>
        FaultOfLoading("""{"conv2.weight":{"dtype":"F32","shape":[2,1,2,2],"data_offsets":[0,32]},"conv2.bias":{"dtype":"I64","shape":[2],"data_offsets":[32,48]}}""", new float[12])
            .ShouldBe("convnet.safetensors: tensor 'conv2.bias' has dtype I64, ConvNet expects F32 (F64, F16 and BF16 are converted)");

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void RefusesValuesThatAreNoNumbers(float value) =>
        FaultOfLoading("""{"conv2.weight":{"dtype":"F32","shape":[2,1,2,2],"data_offsets":[0,32]},"conv2.bias":{"dtype":"F32","shape":[2],"data_offsets":[32,40]}}""", 1, 2, 3, 4, 5, 6, 7, 8, 9, value)
            .ShouldBe(FormattableString.Invariant($"convnet.safetensors: tensor 'conv2.bias' holds {value} at index 1; weights must be finite"));

    /// <summary>Strict as PyTorch's load_state_dict, which counts them as unexpected keys.</summary>
    [Fact]
    public void RefusesBatchCountersThatTheNetworkDoesNotHave()
    {
        string path = Write("""{"bn.num_batches_tracked":{"dtype":"I64","shape":[],"data_offsets":[0,8]},"conv2.weight":{"dtype":"F32","shape":[2,1,2,2],"data_offsets":[8,40]},"conv2.bias":{"dtype":"F32","shape":[2],"data_offsets":[40,48]}}""",
            [0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
        Should.Throw<WeightsException>(() => Checkpoint.Load(path, ConvNet, new float[16])).Message
            .ShouldBe("convnet.safetensors: tensor 'bn.num_batches_tracked' is unknown to ConvNet");
    }

    private static readonly NetworkDefinition Counted = Definition("Counted", 0) with { Counters = ["bn.num_batches_tracked"] };

    /// <summary>2⁵³ + 1 is no double, and far from a float.</summary>
    [Fact]
    public void BatchCountersAreWholeNumbersOf64Bits()
    {
        const long Count = (1L << 53) + 1;
        Checkpoint.Save(folder["x"], Counted, Array.Empty<float>(), [Count]);
        (string header, byte[] data) = SafeTensorsBytes.Parts(File.ReadAllBytes(folder["x"]));
        header.TrimEnd().ShouldBe("""{"__metadata__":{"format":"pt"},"bn.num_batches_tracked":{"dtype":"I64","shape":[],"data_offsets":[0,8]}}""");
        data.ShouldBe([1, 0, 0, 0, 0, 0, 0x20, 0]);
        long[] counters = [7];
        Checkpoint.Load(folder["x"], Counted, [], counters);
        counters.ShouldBe([Count]);
    }

    [Theory]
    [InlineData("I64", "[1]", new byte[] { 42, 0, 0, 0, 0, 0, 0, 0 }, 42)]
    [InlineData("F32", "[]", new byte[] { 0, 0, 0x28, 0x42 }, 42)]
    public void BatchCountersOfOtherToolsAreTaken(string type, string shape, byte[] bytes, long expected)
    {
        string path = folder.Write("x", SafeTensorsBytes.File(
            $$$"""{"bn.num_batches_tracked":{"dtype":"{{{type}}}","shape":{{{shape}}},"data_offsets":[0,{{{bytes.Length}}}]}}""", bytes));
        long[] counters = [7];
        Checkpoint.Load(path, Counted, [], counters);
        counters.ShouldBe([expected]);
    }

    [Theory]
    [InlineData("I64", "[]", new byte[] { 255, 255, 255, 255, 255, 255, 255, 255 }, "counts batches, and holds no whole number from 0 to 2^63 - 1")]
    [InlineData("F32", "[]", new byte[] { 0, 0, 0xC0, 0x3F }, "counts batches, and holds no whole number")]
    [InlineData("F32", "[]", new byte[] { 0, 0, 0x80, 0x7F }, "counts batches, and holds no whole number")]
    [InlineData("U8", "[]", new byte[] { 1 }, "has dtype U8 and shape [], Counted expects a count of batches: I64 and []")]
    [InlineData("F16", "[2]", new byte[] { 1, 1, 1, 1 }, "has dtype F16 and shape [2], Counted expects a count of batches")]
    [InlineData("I64", "[0]", new byte[] { }, "has dtype I64 and shape [0], Counted expects a count of batches")]
    public void RefusesWhatCountsNoBatches(string type, string shape, byte[] bytes, string fault)
    {
        string path = folder.Write("x", SafeTensorsBytes.File(
            $$$"""{"bn.num_batches_tracked":{"dtype":"{{{type}}}","shape":{{{shape}}},"data_offsets":[0,{{{bytes.Length}}}]}}""", bytes));
        long[] counters = [7];
        Should.Throw<WeightsException>(() => Checkpoint.Load(path, Counted, [], counters)).Message.ShouldStartWith($"x: tensor 'bn.num_batches_tracked' {fault}");
        counters.ShouldBe([7]);
    }

    /// <summary>Other tools leave them out, and no evaluation uses them.</summary>
    [Fact]
    public void BatchCountersMayBeMissing()
    {
        string path = folder.Write("x", SafeTensorsBytes.File("{}", []));
        long[] counters = [7];
        Checkpoint.Load(path, Counted, [], counters).Missing.ShouldBeEmpty();
        counters.ShouldBe([7]);
    }

    [Fact]
    public void RefusesToSaveWeightsThatAreNoNumbersAndKeepsTheOldFile()
    {
        string path = folder.Write("convnet.safetensors", [1, 2, 3]);
        float[] diverged = [.. Flat];
        diverged[14] = float.NaN;
        Should.Throw<WeightsException>(() => Checkpoint.Save(path, ConvNet, diverged))
            .Message.ShouldBe("convnet.safetensors: tensor 'conv2.bias' holds NaN at index 1; weights must be finite");
        File.ReadAllBytes(path).ShouldBe([1, 2, 3]);
    }

    [Fact]
    public void PaddingMayHoldAnything()
    {
        float[] padded = [.. Flat.Select(value => value == Untouched ? float.NaN : value)];
        Checkpoint.Save(folder["x"], ConvNet, padded);
        float[] flat = [.. Enumerable.Repeat(Untouched, 16)];
        Checkpoint.Load(folder["x"], ConvNet, flat);
        flat.ShouldBe(Flat);
    }

    [Fact]
    public void RefusesALayoutThatLeavesTheBuffer()
    {
        Should.Throw<ArgumentException>(() => Checkpoint.Save(folder["x"], ConvNet, new float[14])).Message.ShouldContain("'conv2.bias' lies at 13..14, the buffer has 14 floats");
        Should.Throw<ArgumentException>(() => Checkpoint.Load(folder["x"], ConvNet, new float[14])).Message.ShouldContain("'conv2.bias'");
        NetworkDefinition wrong = Definition("Wrong", 16, new ParameterDefinition("w", new Shape(2, 3), 0, [new(6, 1), new(2, 6)], Initialization.Zeros, 0, true));
        Should.Throw<ArgumentException>(() => Checkpoint.Save(folder["x"], wrong, new float[16])).Message.ShouldContain("covers 12 values, its shape [2, 3] has 6");
    }
}
