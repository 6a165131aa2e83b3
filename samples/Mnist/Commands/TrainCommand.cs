using System.CommandLine;
using Spectre.Console;

namespace MnistSample.Commands;

/// <summary>What the program does when no subcommand is named: it trains.</summary>
internal sealed class TrainCommand
{
    private readonly SharedOptions shared = new();
    private readonly RunOptions run = new();
    private readonly Option<int> batch = Options.Number("--batch", "Digits in a training step.", Recipe.Default.Batch, least: 1);

    private readonly Option<double?> rate = Options.Rate(
        "--lr", $"The highest learning rate. Default: {string.Join(", ", OptimizerKind.All.Select(kind => $"{kind} {kind.Rate}"))}.");

    private readonly Option<double?> until = Options.Percentage(
        "--until", $"Stop as soon as so many percent of the test digits are right. Gets there soon: {Recipe.Quick.Epochs} epochs at most, batches of {Recipe.Quick.Batch}, unless others are given.");

    private readonly Option<string> optimizer = Options.Choice(
        "--optimizer", "What changes the weights.", Recipe.Default.Optimizer.Name, OptimizerKind.All.Select(kind => kind.Name));

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
            options.shared.Network, options.run.Data, options.run.Download, options.until, options.run.Epochs, options.batch, options.rate, options.optimizer,
            options.shared.Permute, options.run.Threads, options.run.Seed, options.output,
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
            Epochs = Given(parsed, run.Epochs) ?? usual.Epochs,
            Batch = Given(parsed, batch) ?? usual.Batch,
            Threads = parsed.GetValue(run.Threads),
            Seed = parsed.GetValue(run.Seed),
        };
        string file = parsed.GetValue(output) ?? network.DefaultFile(permute);
        return new(network, run.Source(parsed), permute, recipe, percentage, file);
    }

    private static int? Given(ParseResult parsed, Option<int> option) =>
        parsed.GetResult(option) is { Implicit: false } ? parsed.GetValue(option) : null;
}
