using MnistSample;
using MnistSample.Terminal;

namespace NetGen.Samples.Tests;

/// <summary>Runs the sample in this process, as if its output went to a file.</summary>
internal static class MnistProgram
{
    public static Task<Outcome> RunAsync(params string[] args) => RunAsync(new StringWriter(), CancellationToken.None, args);

    public static async Task<Outcome> RunAsync(StringWriter output, CancellationToken cancellation, params string[] args)
    {
        using var error = new StringWriter();
        int code = await Program.RunAsync(args, Screen.ForFile(output), error, cancellation);
        return new(code, output.ToString(), error.ToString());
    }

    /// <param name="ExitCode">What the shell is told.</param>
    /// <param name="Output">Standard output.</param>
    /// <param name="Error">Standard error.</param>
    internal sealed record Outcome(int ExitCode, string Output, string Error);
}
