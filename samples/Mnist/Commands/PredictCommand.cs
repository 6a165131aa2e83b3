using System.CommandLine;
using Spectre.Console;

namespace MnistSample.Commands;

/// <summary>The subcommand that lets a trained network read an image.</summary>
internal static class PredictCommand
{
    /// <summary>Percent: of MNIST's test digits, nearly all that ConvNet gets wrong lie below.</summary>
    private const double Sure = 80;

    public static Command Create(IAnsiConsole console)
    {
        var shared = new SharedOptions();
        var file = new Argument<string>("FILE")
        {
            Description = "An image of one digit, PNG or PGM, of any size, dark on bright or bright on dark.",
        };
        Option<string> weights = SharedOptions.WeightsFile("--weights", "The network's weights.");
        Option<double?> sure = Options.Percentage("--sure", $"\"Not sure\" where the most probable digit is less probable. Default: {Sure}.");
        var command = new Command("predict", "Tells which digit an image shows, with a network trained before.")
        {
            file, shared.Network, weights, shared.Permute, sure,
        };
        Options.RefuseThoseBefore(command);
        command.SetAction(parsed =>
        {
            NetworkKind kind = NetworkKind.Named(parsed.GetValue(shared.Network)!);
            bool permute = parsed.GetValue(shared.Permute);
            new Prediction(kind, parsed.GetValue(weights) ?? kind.DefaultFile(permute), permute, parsed.GetValue(sure) ?? Sure, console).Of(parsed.GetValue(file)!);
            return ExitCode.Success;
        });
        return command;
    }
}
