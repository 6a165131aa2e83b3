using System.Runtime;

namespace NetGen.Tests;

/// <summary>What tests run in a process of its own, because the runtime reads some settings only when it starts.</summary>
internal static class Program
{
    private static readonly Dictionary<string, Func<IReadOnlyList<string>>> Tasks = new()
    {
        ["numerics"] = Numerics.ChildNumerics.Run,
        ["kernels"] = Numerics.KernelExercise.Run,
        ["wide"] = Wide.WideRun.Run,
        ["calls"] = Wide.WideCallRun.Run,
        ["half a file"] = Files.HalfAFile.Run,
        ["a run"] = Training.InterruptedRun.Run,
    };

    /// <summary>Runs a task and prints what went wrong; 1 if anything did.</summary>
    private static int Main(string[] args)
    {
        if (args is not [var name] || !Tasks.TryGetValue(name, out Func<IReadOnlyList<string>>? task))
        {
            Console.Error.WriteLine($"Expected one of {string.Join(", ", Tasks.Keys)}; given '{string.Join(' ', args)}'.");
            return 2;
        }
        IReadOnlyList<string> failures = task();
        WaitForCompiler();
        foreach (string failure in failures)
            Console.WriteLine($"{failure}\n");
        return failures.Count == 0 ? 0 : 1;
    }

    /// <summary>
    /// Where the just-in-time compiler lists what it does, its thread in the background may still write when the process ends and the file is closed,
    /// which corrupts the heap: it is given time to come to an end.
    /// </summary>
    private static void WaitForCompiler()
    {
        if (Environment.GetEnvironmentVariable("DOTNET_JitStdOutFile") is null)
            return;
        const int QuietMilliseconds = 2000, MostTimes = 30;
        long before = -1;
        for (var i = 0; i < MostTimes && JitInfo.GetCompiledMethodCount() is var now && now != before; i++)
        {
            before = now;
            Thread.Sleep(QuietMilliseconds);
        }
    }
}
