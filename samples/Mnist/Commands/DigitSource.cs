using MnistSample.Terminal;
using NetGen;
using Spectre.Console;

namespace MnistSample.Commands;

/// <summary>Where the digits come from.</summary>
/// <param name="Folder">Where MNIST lies; null: nowhere in particular.</param>
/// <param name="Download">Whether to bring the files that are missing.</param>
internal sealed record DigitSource(string? Folder, bool Download)
{
    /// <summary>The digits, as <see cref="DigitData.LoadAsync"/> gives them, with a bar where they are downloaded.</summary>
    public Task<DigitData> LoadAsync(IAnsiConsole console, CancellationToken cancellation) => Download
        ? new DownloadDisplay(console).RunAsync(progress => DigitData.LoadAsync(Folder, true, progress, cancellation))
        : DigitData.LoadAsync(Folder, false, new Progress<DownloadProgress>(), cancellation);
}
