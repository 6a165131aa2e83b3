using System.CommandLine;
using System.CommandLine.Parsing;
using NetGen;

namespace MnistSample.Commands;

/// <summary>Parses and runs a command line; whatever a user can do wrong is one line and an exit code.</summary>
internal static class Shell
{
    public static async Task<int> RunAsync(RootCommand root, string[] args, CancellationToken cancellation)
    {
        ParseResult parsed = root.Parse(args);
        if (parsed.Errors is [ParseError first, ..])
            return Fail(ExitCode.Usage, $"{first.Message} --help lists the options.");
        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false }, cancellation);
        }
        catch (OperationCanceledException)
        {
            return Fail(ExitCode.Stopped, "Stopped; nothing was saved.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or DataFormatException or WeightsException or ArgumentException)
        {
            return Fail(ExitCode.Failure, exception.Message);
        }
    }

    private static int Fail(int code, string message)
    {
        Console.Error.WriteLine(message.ReplaceLineEndings(" "));
        return code;
    }
}
