using System.CommandLine;
using Spectre.Console;

namespace MnistSample.Commands;

/// <summary>What the program does when no subcommand is named: it trains.</summary>
internal sealed class TrainCommand
{
    private readonly SharedOptions shared = new();

    private readonly Option<string> data = new("--data")
    {
        Description = "A folder with MNIST's four files, plain or .gz. Default: digits drawn by this program.",
        HelpName = "FOLDER",
    };

    private readonly Option<bool> download = new("--download")
    {
        Description = "Download the files of MNIST that the folder lacks (12 MB), by default into a cache folder.",
    };

    private readonly Option<int> epochs = Options.Number("--epochs", "How often every digit is seen.", Recipe.Default.Epochs, least: 1);
    private readonly Option<int> batch = Options.Number("--batch", "Digits in a training step.", Recipe.Default.Batch, least: 1);

    private readonly Option<double?> rate = Options.Rate(
        "--lr", $"The highest learning rate. Default: {string.Join(", ", OptimizerKind.All.Select(kind => $"{kind} {kind.Rate}"))}.");

    private readonly Option<double?> until = Options.Percentage(
        "--until", $"Stop as soon as so many percent of the test digits are right. Gets there soon: {Recipe.Quick.Epochs} epochs at most, batches of {Recipe.Quick.Batch}, unless others are given.");

    private readonly Option<string> optimizer = Options.Choice(
        "--optimizer", "What changes the weights.", Recipe.Default.Optimizer.Name, OptimizerKind.All.Select(kind => kind.Name));

    private readonly Option<int> threads =
        Options.Number("--threads", "Threads to train on; 0: one for each processor.", Recipe.Default.Threads, least: 0);

    private readonly Option<ulong> seed =
        Options.Seed("--seed", "Decides the first weights and the order of the digits.", Recipe.Default.Seed);

    private readonly Option<string> output = SharedOptions.WeightsFile("--output", "Where to save the weights.");

    private TrainCommand()
    {
    }

    /// <summary>The root command, which trains.</summary>
    public static RootCommand Create(IAnsiConsole console)
    {
        var options = new TrainCommand();
        var command = new RootCommand("Trains a network on handwritten digits, and shows what it learnt.")
        {
            options.shared.Network, options.data, options.download, options.until, options.epochs, options.batch, options.rate, options.optimizer,
            options.shared.Permute, options.threads, options.seed, options.output,
        };
        command.SetAction((parsed, cancellation) => new TrainingRun(options.Read(parsed), console).RunAsync(cancellation));
        return command;
    }

    private TrainSettings Read(ParseResult parsed)
    {
        NetworkKind network = NetworkKind.Named(parsed.GetValue(shared.Network)!);
        bool permute = parsed.GetValue(shared.Permute);
        double? percentage = parsed.GetValue(until);
        Recipe usual = percentage is null ? Recipe.Default : Recipe.Quick;
        OptimizerKind kind = OptimizerKind.Named(parsed.GetValue(optimizer)!);
        Recipe recipe = usual with
        {
            Optimizer = kind,
            Rate = parsed.GetValue(rate) ?? (kind == usual.Optimizer ? usual.Rate : kind.Rate),
            Epochs = Given(parsed, epochs) ?? usual.Epochs,
            Batch = Given(parsed, batch) ?? usual.Batch,
            Threads = parsed.GetValue(threads),
            Seed = parsed.GetValue(seed),
        };
        string file = parsed.GetValue(output) ?? network.DefaultFile(permute);
        return new(network, parsed.GetValue(data), parsed.GetValue(download), permute, recipe, percentage, file);
    }

    private static int? Given(ParseResult parsed, Option<int> option) =>
        parsed.GetResult(option) is { Implicit: false } ? parsed.GetValue(option) : null;
}
