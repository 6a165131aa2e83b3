using System.Collections.Immutable;
using WideNetworks;

namespace NetGen.Benchmarks;

/// <summary>A network that is timed, on the batches that the peers' programs take for it.</summary>
/// <param name="Name">What <c>--nets</c> takes, and the peers' programs call it.</param>
/// <param name="Create">A new one, initialised from a seed.</param>
/// <param name="InferBatches">Samples of a prediction.</param>
/// <param name="TrainBatch">Samples of a training step.</param>
internal sealed record BenchmarkNetwork(string Name, Func<ulong, INetwork> Create, ImmutableArray<int> InferBatches, int TrainBatch)
{
    /// <summary>The sample's networks of digits.</summary>
    public static ImmutableArray<BenchmarkNetwork> Thin { get; } =
        [.. NetworkKind.All.Select(kind => new BenchmarkNetwork(kind.Name, kind.Create, [1, 64], 64))];

    /// <summary>Networks of photographs. A step of theirs takes seconds, so they are timed where they are asked for.</summary>
    public static ImmutableArray<BenchmarkNetwork> Wide { get; } =
    [
        new("alexnet", seed => new AlexNet(seed), [1, 8], 8),
        new("vgg16", seed => new Vgg16(seed), [1, 8], 8),
        new("resnet20", seed => new ResNet20(seed), [1, 32], 32),
        new("resnet18", seed => new ResNet18(seed), [1, 8], 8),
        new("mobilenet", seed => new MobileNet(seed), [1, 8], 8),
        new("mobilenet-0.50-160", seed => new MobileNetHalf160(seed), [1, 8], 8),
        new("resnet34", seed => new ResNet34(seed), [1, 8], 8),
        new("densenet121", seed => new DenseNet121(seed), [1, 8], 8),
        new("convmixer", seed => new ConvMixer(seed), [1, 32], 32),
        new("resnet50", seed => new ResNet50(seed), [1, 8], 8),
    ];

    /// <summary>All of them.</summary>
    public static ImmutableArray<BenchmarkNetwork> All { get; } = [.. Thin, .. Wide];

    /// <summary>One by its name.</summary>
    public static BenchmarkNetwork Named(string name) => All.Single(network => network.Name == name);

    public override string ToString() => Name;
}
