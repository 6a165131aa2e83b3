using System.Collections.Immutable;
using ModelZoo.Catalogue;
using NetGen;

namespace ModelZoo.Bench;

/// <summary>A network that is timed, on the batches that the peers' programs take for it.</summary>
/// <param name="Network">The network; <c>--nets</c> takes its name, as the peers' programs do.</param>
/// <param name="InferBatches">Samples of a prediction.</param>
/// <param name="TrainBatch">Samples of a training step.</param>
internal sealed record BenchmarkNetwork(ZooNetwork Network, ImmutableArray<int> InferBatches, int TrainBatch)
{
    private const int DigitSide = 28, CifarSide = 32;

    /// <summary>All of them.</summary>
    public static ImmutableArray<BenchmarkNetwork> All { get; } = [.. Zoo.All.Select(Of)];

    /// <summary>The reference networks of digits: those timed where none is named, for a step of others takes seconds.</summary>
    public static ImmutableArray<BenchmarkNetwork> Thin { get; } = [.. new[] { "linear", "mlp", "convnet", "lenet5" }.Select(Named)];

    /// <summary>Its name.</summary>
    public string Name => Network.Name;

    /// <summary>One by its name.</summary>
    public static BenchmarkNetwork Named(string name) => All.Single(network => network.Name == name);

    /// <summary>A new one, initialised from a seed.</summary>
    public INetwork Create(ulong seed) => Network.Create(seed);

    public override string ToString() => Name;

    private static BenchmarkNetwork Of(ZooNetwork network) => network switch
    {
        { Pictures: null } => new(network, [1], 4),
        { Definition.InputShape.Extents: [_, DigitSide, _] } => new(network, [1, 64], 64),
        { Definition.InputShape.Extents: [_, CifarSide, _] } => new(network, [1, 32], 32),
        _ => new(network, [1, 8], 8),
    };
}
