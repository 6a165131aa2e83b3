using System.CommandLine;

namespace MnistSample.Commands;

/// <summary>Options that training and predicting have in common: a network must be used as it was trained.</summary>
internal static class SharedOptions
{
    public static Option<string> Network { get; } =
        Options.Choice("--network", "Which network.", "convnet", NetworkKind.All.Select(kind => kind.Name));

    public static Option<bool> Permute { get; } = new("--permute")
    {
        Description = "Put the pixels of every digit in one fixed random order, so that neighbours are neighbours no more.",
    };
}
