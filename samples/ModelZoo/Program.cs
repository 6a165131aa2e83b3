using System.CommandLine;
using System.CommandLine.Parsing;
using ModelZoo.Bench;
using ModelZoo.Commands;
using NetGen;
using Spectre.Console;

namespace ModelZoo;

/// <summary>Well-known networks: what they cost, what they see in pictures, and how fast they are.</summary>
internal static class Program
{
    private const int Failure = 1, Usage = 2;

    private static Task<int> Main(string[] args) => RunAsync(args, Screen.Create(Console.Out), Console.Error, CancellationToken.None);

    /// <summary>Runs the program; whatever a user can do wrong is one line and an exit code.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="console">Where to write.</param>
    /// <param name="error">Where to say what is wrong.</param>
    /// <param name="cancellation">Stops it as Ctrl+C does.</param>
    /// <returns>0; 1 where a file is missing or damaged, or the like; 2 where the command line is wrong.</returns>
    public static async Task<int> RunAsync(string[] args, IAnsiConsole console, TextWriter error, CancellationToken cancellation)
    {
        var root = new RootCommand("Well-known networks: what they cost, what they see in pictures, and how fast they are.")
        {
            CostCommand.Create(console),
            RunCommand.Create(console),
            StepsCommand.Create("bench"),
        };
        ParseResult parsed = root.Parse(args);
        if (parsed.Errors is [ParseError first, ..])
            return Fail(Usage, $"{first.Message} --help lists the options.");
        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = console.Profile.Out.Writer, Error = error }, cancellation);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or DataFormatException or WeightsException or ArgumentException)
        {
            return Fail(Failure, exception.Message);
        }

        int Fail(int code, string message)
        {
            error.WriteLine(message.ReplaceLineEndings(" "));
            return code;
        }
    }
}
