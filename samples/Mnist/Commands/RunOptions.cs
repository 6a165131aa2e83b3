using System.CommandLine;

namespace MnistSample.Commands;

/// <summary>Options of all commands that train: on which digits, how often, and how.</summary>
internal sealed class RunOptions
{
    public Option<string> Data { get; } = new("--data")
    {
        Description = "A folder with MNIST's four files, plain or .gz. Default: digits drawn by this program.",
        HelpName = "FOLDER",
    };

    public Option<bool> Download { get; } = new("--download")
    {
        Description = "Download the files of MNIST that the folder lacks (12 MB), by default into a cache folder.",
    };

    public Option<int> Epochs { get; } = Options.Number("--epochs", "How often every digit is seen.", Recipe.Default.Epochs, least: 1);

    public Option<int> Threads { get; } =
        Options.Number("--threads", "Threads to train on; 0: one for each processor.", Recipe.Default.Threads, least: 0);

    public Option<ulong> Seed { get; } =
        Options.Seed("--seed", "Decides the first weights and the order of the digits.", Recipe.Default.Seed);

    /// <summary>The digits that the command line asks for.</summary>
    public DigitSource Source(ParseResult parsed) => new(parsed.GetValue(Data), parsed.GetValue(Download));
}
