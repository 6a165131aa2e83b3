using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace NetGen.Engine;

/// <summary>
/// Asks the system to keep large buffers in pages of 2 MiB, of which a processor finds far more without a walk through its tables than of those of
/// 4 KiB: weights and images that are streamed arrive sooner, and memory is made sooner too. A wish, which the system may pass over.
/// </summary>
internal static partial class LargePages
{
    /// <summary>Buffers below this take few pages of either size.</summary>
    public const nuint LeastBytes = 4 << 20;

    private const nuint PageBytes = 4096;
    private const int UseLargePages = 14;

    /// <summary>Asks for memory that nobody has written to yet.</summary>
    public static unsafe void Ask(ref float first, int floats)
    {
        nuint bytes = (nuint)floats * sizeof(float);
        if (bytes < LeastBytes || !OperatingSystem.IsLinux())
            return;
        // The array is pinned. Pages that it shares with its neighbours are left as they are.
        nuint start = ((nuint)Unsafe.AsPointer(ref first) + PageBytes - 1) / PageBytes * PageBytes, end = ((nuint)Unsafe.AsPointer(ref first) + bytes) / PageBytes * PageBytes;
        try
        {
            _ = Advise(start, end - start, UseLargePages);
        }
        catch (Exception missing) when (missing is EntryPointNotFoundException or DllNotFoundException)
        {
            // A system without it.
        }
    }

    [SupportedOSPlatform("linux")]
    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(nuint start, nuint length, int advice);
}
