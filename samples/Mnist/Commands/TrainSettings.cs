namespace MnistSample.Commands;

/// <summary>What the command line asks for.</summary>
/// <param name="Network">The network to train.</param>
/// <param name="DataFolder">Where MNIST lies; null: nowhere in particular.</param>
/// <param name="Download">Whether to bring the files that are missing.</param>
/// <param name="Permute">Whether to put the pixels in another order.</param>
/// <param name="Recipe">How to train.</param>
/// <param name="Until">The percentage of the test digits at which to stop; null: when all epochs are over.</param>
/// <param name="Output">Where to save the weights.</param>
internal sealed record TrainSettings(NetworkKind Network, string? DataFolder, bool Download, bool Permute, Recipe Recipe, double? Until, string Output);
