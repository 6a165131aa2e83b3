using System.Collections.Immutable;
using NetGen;

namespace MnistSample;

/// <summary>A network by its name on the command line. Everything else in this program knows <see cref="INetwork"/> only.</summary>
/// <param name="Name">What <c>--network</c> takes.</param>
/// <param name="Create">A new one, initialised from a seed.</param>
/// <param name="Load">One with the weights of a file.</param>
/// <param name="Summary">Its table of layers.</param>
/// <param name="ParameterCount">Trainable values.</param>
internal sealed record NetworkKind(string Name, Func<ulong, INetwork> Create, Func<string, INetwork> Load, string Summary, int ParameterCount)
{
    public static ImmutableArray<NetworkKind> All { get; } =
    [
        new("linear", seed => new Linear(seed), Linear.Load, Linear.Summary, Linear.ParameterCount),
        new("mlp", seed => new Mlp(seed), Mlp.Load, Mlp.Summary, Mlp.ParameterCount),
        new("convnet", seed => new ConvNet(seed), ConvNet.Load, ConvNet.Summary, ConvNet.ParameterCount),
        new("lenet5", seed => new LeNet5(seed), LeNet5.Load, LeNet5.Summary, LeNet5.ParameterCount),
    ];

    /// <summary>Where the weights lie unless another file is named.</summary>
    public string DefaultFile => $"{Name}.safetensors";

    /// <summary>One by its name.</summary>
    public static NetworkKind Named(string name) => All.Single(kind => kind.Name == name);

    public override string ToString() => Name;
}
