using System.Diagnostics;
using System.Runtime.InteropServices;

namespace NetGen.Benchmarks;

/// <summary>The time that this thread has run for: what else the machine does disturbs it less than a clock's.</summary>
internal static class ThreadTime
{
    private const int ThreadClock = 3;

    /// <summary>Seconds; from a clock where the system has no such time.</summary>
    public static double Seconds =>
        OperatingSystem.IsLinux() && Read(ThreadClock, out Time time) == 0
            ? time.Seconds + (time.Nanoseconds * 1e-9)
            : Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency;

    [DllImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Read(int clock, out Time time);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Time
    {
        public readonly nint Seconds;
        public readonly nint Nanoseconds;
    }
}
