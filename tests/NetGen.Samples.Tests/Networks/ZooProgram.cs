using ModelZoo;

namespace NetGen.Samples.Tests.Networks;

/// <summary>Runs the program of the zoo in this process, as if its output went to a file.</summary>
internal static class ZooProgram
{
    public static async Task<MnistProgram.Outcome> RunAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int code = await Program.RunAsync(args, Screen.Create(output), error, CancellationToken.None);
        return new(code, output.ToString(), error.ToString());
    }
}
