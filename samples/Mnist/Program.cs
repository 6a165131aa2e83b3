using System.CommandLine;
using MnistSample.Commands;
using MnistSample.Terminal;
using Spectre.Console;

namespace MnistSample;

/// <summary>Trains a network on handwritten digits, lets a trained one read an image, or compares some on permuted pixels.</summary>
internal static class Program
{
    private static Task<int> Main(string[] args) => RunAsync(args, Screen.Create(), Console.Error, CancellationToken.None);

    /// <summary>Runs the program.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="console">Where to write.</param>
    /// <param name="error">Where to say what is wrong.</param>
    /// <param name="cancellation">Stops it as Ctrl+C does.</param>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static Task<int> RunAsync(string[] args, IAnsiConsole console, TextWriter error, CancellationToken cancellation)
    {
        RootCommand root = TrainCommand.Create(console);
        root.Subcommands.Add(PredictCommand.Create(console));
        root.Subcommands.Add(PermutedCommand.Create(console));
        return Shell.RunAsync(root, args, console, error, cancellation);
    }
}
