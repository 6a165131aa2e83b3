using System.CommandLine;
using MnistSample.Commands;

namespace MnistSample;

/// <summary>Trains a network on handwritten digits, or lets a trained one read an image.</summary>
internal static class Program
{
    private static Task<int> Main(string[] args) => RunAsync(args, CancellationToken.None);

    /// <summary>Runs the program.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="cancellation">Stops it as Ctrl+C does.</param>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static Task<int> RunAsync(string[] args, CancellationToken cancellation)
    {
        var root = new RootCommand("Trains a network on handwritten digits, and shows what it learnt.");
        TrainCommand.AddTo(root);
        root.Subcommands.Add(PredictCommand.Create());
        return Shell.RunAsync(root, args, cancellation);
    }
}
