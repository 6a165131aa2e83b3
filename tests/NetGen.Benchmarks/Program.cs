using System.CommandLine;
using System.CommandLine.Parsing;
using BenchmarkDotNet.Running;
using NetGen;
using NetGen.Benchmarks;

// `steps`, `first`, `accuracy`, `compile` and `wide` are this program's own; everything else is BenchmarkDotNet's, for example `--filter *`.
if (args is not ["steps" or "first" or "accuracy" or "compile" or "wide" or "-h" or "--help", ..])
{
    BenchmarkSwitcher.FromAssembly(typeof(NetworkBenchmarks).Assembly).Run(args);
    return 0;
}
var root = new RootCommand("Measures the reference networks. Without a command: BenchmarkDotNet; --filter * runs all of its benchmarks.")
{
    StepsCommand.Create("steps"),
    FirstCommand.Create(),
    AccuracyCommand.Create(),
    CompileCommand.Create(),
    WideCommand.Create(),
};
ParseResult parsed = root.Parse(args);
if (parsed.Errors is [ParseError first, ..])
    return Fail(2, first.Message);
try
{
    return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (OperationCanceledException)
{
    return Fail(130, "Cancelled.");
}
catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or DataFormatException)
{
    return Fail(1, exception.Message);
}

static int Fail(int code, string message)
{
    Console.Error.WriteLine(message);
    return code;
}
