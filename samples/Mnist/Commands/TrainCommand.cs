using System.CommandLine;
using Spectre.Console;

namespace MnistSample.Commands;

/// <summary>What the program does when no subcommand is named: it trains.</summary>
internal static class TrainCommand
{
    private static readonly Option<string> Data = new("--data")
    {
        Description = "A folder with MNIST's four files, plain or .gz. Default: digits drawn by this program.",
        HelpName = "FOLDER",
    };

    private static readonly Option<bool> Download = new("--download")
    {
        Description = "Download the files of MNIST that the folder lacks (12 MB), by default into a cache folder.",
    };

    private static readonly Option<int> Epochs = Options.Number("--epochs", "How often every digit is seen.", Recipe.Default.Epochs, least: 1);
    private static readonly Option<int> Batch = Options.Number("--batch", "Digits in a training step.", Recipe.Default.Batch, least: 1);

    private static readonly Option<string> Optimizer = Options.Choice(
        "--optimizer", "What changes the weights.", Recipe.Default.Optimizer.Name, OptimizerKind.All.Select(kind => kind.Name));

    private static readonly Option<float?> Rate = Options.Rate(
        "--lr", $"The highest learning rate, reached after three tenths of the steps. Default: {string.Join(", ", OptimizerKind.All.Select(kind => $"{kind.Name} {kind.Rate}"))}.");

    private static readonly Option<int> Threads = Options.Number("--threads", "Threads to train on; 0: one for each processor.", Recipe.Default.Threads, least: 0);
    private static readonly Option<ulong> Seed = Options.Seed("--seed", "Decides the first weights and the order of the digits.", Recipe.Default.Seed);

    private static readonly Option<string> Output = new("--output")
    {
        Description = "Where to save the weights. Default: the network's name with .safetensors.",
        HelpName = "FILE",
    };

    /// <summary>Makes it the command of the root.</summary>
    public static void AddTo(RootCommand root, IAnsiConsole console)
    {
        Option[] options = [SharedOptions.Network, Data, Download, Epochs, Batch, Rate, Optimizer, SharedOptions.Permute, Threads, Seed, Output];
        foreach (Option option in options)
            root.Options.Add(option);
        root.SetAction((parsed, cancellation) => new TrainingRun(Read(parsed), console).RunAsync(cancellation));
    }

    private static TrainSettings Read(ParseResult parsed)
    {
        NetworkKind network = NetworkKind.Named(parsed.GetValue(SharedOptions.Network)!);
        OptimizerKind optimizer = OptimizerKind.Named(parsed.GetValue(Optimizer)!);
        return new(
            network,
            parsed.GetValue(Data),
            parsed.GetValue(Download),
            parsed.GetValue(SharedOptions.Permute),
            new(optimizer, parsed.GetValue(Rate) ?? optimizer.Rate, parsed.GetValue(Epochs), parsed.GetValue(Batch), parsed.GetValue(Threads), parsed.GetValue(Seed)),
            parsed.GetValue(Output) ?? network.DefaultFile);
    }
}
