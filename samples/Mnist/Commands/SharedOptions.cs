using System.CommandLine;

namespace MnistSample.Commands;

/// <summary>Options that training and predicting have in common: a network must be used as it was trained.</summary>
internal sealed class SharedOptions
{
    public const string DefaultNetwork = "convnet";

    public Option<string> Network { get; } =
        Options.Choice("--network", "Which network.", DefaultNetwork, NetworkKind.All.Select(kind => kind.Name));

    public Option<bool> Permute { get; } = new("--permute")
    {
        Description = "Put the pixels of every digit in one fixed random order, so that neighbours are neighbours no more.",
    };

    /// <summary>A file of weights whose name follows from the network's where none is given.</summary>
    public static Option<string> WeightsFile(string name, string description) => new(name)
    {
        Description = $"{description} Default: the network's name, -permuted where it is, and .safetensors.",
        HelpName = "FILE",
    };
}
