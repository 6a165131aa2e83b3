using System.Runtime.InteropServices;
using NetGen.Engine;

namespace NetGen.Tests.Engine;

/// <summary>Memory that is made before it is written to; the system is asked for each page of the buffer itself, whatever else the process has.</summary>
public class CommittedMemoryTests
{
    [Fact]
    public void IsThereAndZero()
    {
        const int Floats = 16 << 20;
        var buffer = new AlignedBuffer(Floats);
        buffer.Commit().ShouldBeSameAs(buffer);
        if (OperatingSystem.IsLinux())
            PagesThatAreNotThere(buffer).ShouldBe(0);
        buffer.Span.ContainsAnyExcept(0f).ShouldBeFalse();
    }

    private static int PagesThatAreNotThere(AlignedBuffer buffer)
    {
        MemoryMarshal.TryGetArray<float>(buffer.Memory, out var floats).ShouldBeTrue();
        nint page = Environment.SystemPageSize, start = Marshal.UnsafeAddrOfPinnedArrayElement(floats.Array!, floats.Offset);
        nint first = start / page * page;
        nint length = start + ((nint)buffer.Length * sizeof(float)) - first;
        var pages = new byte[(length + page - 1) / page];
        int error = mincore(first, (nuint)length, pages);
        GC.KeepAlive(buffer);
        error.ShouldBe(0, Marshal.GetLastPInvokeErrorMessage());
        return pages.Count(state => (state & 1) == 0);
    }

    /// <summary>Says of each page of a range whether it is in memory: bit 0 of a byte per page.</summary>
    [DllImport("libc", SetLastError = true)]
    private static extern int mincore(nint address, nuint length, byte[] states);
}
