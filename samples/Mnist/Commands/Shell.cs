using System.CommandLine;
using System.CommandLine.Parsing;
using NetGen;
using Spectre.Console;

namespace MnistSample.Commands;

/// <summary>Parses and runs a command line; whatever a user can do wrong is one line and an exit code.</summary>
internal static class Shell
{
    public static async Task<int> RunAsync(
        RootCommand root, string[] args, IAnsiConsole console, TextWriter error, CancellationToken cancellation)
    {
        ParseResult parsed = root.Parse(args);
        if (parsed.Errors is [ParseError first, ..])
            return Fail(error, ExitCode.Usage, $"{first.Message} --help lists the options.");
        try
        {
            TextWriter output = console.Profile.Out.Writer;
            var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = output, Error = error };
            return await parsed.InvokeAsync(configuration, cancellation);
        }
        catch (OperationCanceledException)
        {
            return Fail(error, ExitCode.Stopped, "Stopped; nothing was saved.");
        }
        catch (Exception exception) when (
            exception is IOException or UnauthorizedAccessException or DataFormatException or WeightsException or ArgumentException)
        {
            return Fail(error, ExitCode.Failure, exception.Message);
        }
    }

    private static int Fail(TextWriter error, int code, string message)
    {
        error.WriteLine(message.ReplaceLineEndings(" "));
        return code;
    }
}
