using System.Diagnostics;

namespace MnistSample;

/// <summary>The time since the operating system started this process: the runtime's own start, which <c>Main</c> does not see, counts.</summary>
internal static class ProcessClock
{
    public static TimeSpan Elapsed
    {
        get
        {
            DateTime now = DateTime.UtcNow;
            using var process = Process.GetCurrentProcess();
            return now - process.StartTime.ToUniversalTime();
        }
    }
}
