using System.Diagnostics;

namespace NetGen.Tests;

/// <summary>Runs one of <see cref="Program"/>'s tasks with environment variables of its own.</summary>
internal static class ChildProcess
{
    /// <summary>Fails with what the task printed unless it succeeds in time.</summary>
    public static void ShouldSucceed(string task, TimeSpan limit, params ReadOnlySpan<(string Name, string Value)> environment)
    {
        using Process process = Start(task, environment);
        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(limit))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"'{task}' did not end within {limit}.");
        }
        process.ExitCode.ShouldBe(0, $"'{task}' with {string.Join(' ', environment.ToArray())}:\n{output.Result}\n{errors.Result}");
    }

    /// <summary>Kills the process once it has printed the line.</summary>
    public static void KillAt(string line, string task, TimeSpan limit, params ReadOnlySpan<(string Name, string Value)> environment) =>
        KillAfter(TimeSpan.Zero, line, task, limit, environment);

    /// <summary>Kills the process some time after it has printed the line.</summary>
    public static void KillAfter(TimeSpan pause, string line, string task, TimeSpan limit, params ReadOnlySpan<(string Name, string Value)> environment)
    {
        using Process process = Start(task, environment);
        Task<string?> printed = process.StandardOutput.ReadLineAsync();
        bool isInTime = printed.Wait(limit);
        Thread.Sleep(pause);
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        isInTime.ShouldBeTrue($"'{task}' should print within {limit}");
        printed.Result.ShouldBe(line);
    }

    private static Process Start(string task, ReadOnlySpan<(string Name, string Value)> environment)
    {
        string host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } path ? path : "dotnet";
        var start = new ProcessStartInfo(host, ["exec", typeof(Program).Assembly.Location, task])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        return Process.Start(start) ?? throw new InvalidOperationException($"{host} did not start.");
    }
}
