using System.CommandLine;
using Spectre.Console;

namespace MnistSample.Commands;

/// <summary>The subcommand that shows which networks mind where a pixel lies.</summary>
internal static class PermutedCommand
{
    public static Command Create(IAnsiConsole console)
    {
        var run = new RunOptions();
        var command = new Command("permuted", "Trains three networks on the digits as they are, and with their pixels in one other order, and compares.")
        {
            run.Data, run.Download, run.Epochs, run.Threads, run.Seed,
        };
        Options.RefuseThoseBefore(command);
        command.SetAction((parsed, cancellation) =>
        {
            Recipe recipe = Recipe.Default with
            {
                Epochs = parsed.GetValue(run.Epochs),
                Threads = parsed.GetValue(run.Threads),
                Seed = parsed.GetValue(run.Seed),
            };
            return new PermutedRun(run.Source(parsed), recipe, console).RunAsync(cancellation);
        });
        return command;
    }
}
