using System.Collections.Immutable;
using NetGen;

namespace MnistSample;

/// <summary>A network by its name on the command line. Everything else in this program knows <see cref="INetwork"/> only.</summary>
/// <param name="Name">What <c>--network</c> takes.</param>
/// <param name="Create">A new one, initialised from a seed.</param>
/// <param name="Load">One with the weights of a file.</param>
/// <param name="ParameterCount">Trainable values.</param>
internal sealed record NetworkKind(string Name, Func<ulong, INetwork> Create, Func<string, INetwork> Load, int ParameterCount)
{
    public static ImmutableArray<NetworkKind> All { get; } =
    [
        new("linear", seed => new Linear(seed), Linear.Load, Linear.ParameterCount),
        new("mlp", seed => new Mlp(seed), Mlp.Load, Mlp.ParameterCount),
        new("convnet", seed => new ConvNet(seed), ConvNet.Load, ConvNet.ParameterCount),
        new("lenet5", seed => new LeNet5(seed), LeNet5.Load, LeNet5.ParameterCount),
    ];

    /// <summary>Where the weights lie unless another file is named.</summary>
    /// <param name="permuted">Whether it learnt permuted pixels, and is no use for others.</param>
    public string DefaultFile(bool permuted) => permuted ? $"{Name}-permuted.safetensors" : $"{Name}.safetensors";

    /// <summary>One by its name.</summary>
    public static NetworkKind Named(string name) => All.Single(kind => kind.Name == name);

    public override string ToString() => Name;
}
