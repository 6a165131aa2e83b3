namespace MnistSample.Commands;

/// <summary>What the command line asks for.</summary>
/// <param name="Network">The network to train.</param>
/// <param name="Source">Where the digits come from.</param>
/// <param name="Permute">Whether to put the pixels in another order.</param>
/// <param name="Recipe">How to train.</param>
/// <param name="Until">The percentage of the test digits at which to stop; null: when all epochs are over.</param>
/// <param name="Output">Where to save the weights.</param>
internal sealed record TrainSettings(NetworkKind Network, DigitSource Source, bool Permute, Recipe Recipe, double? Until, string Output);
