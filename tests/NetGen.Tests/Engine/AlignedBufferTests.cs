using System.Globalization;
using System.Runtime.CompilerServices;
using NetGen.Engine;

namespace NetGen.Tests.Engine;

public sealed class AlignedBufferTests
{
    [Fact]
    public void StartsAtMultiplesOf64BytesAndStaysThere()
    {
        AlignedBuffer[] buffers = [.. Enumerable.Range(0, 50).Select(length => new AlignedBuffer(length))];
        nint[] before = [.. buffers.Select(buffer => Address(buffer))];
        GC.Collect(2, GCCollectionMode.Forced, blocking: true, compacting: true);
        buffers.Select(buffer => Address(buffer)).ShouldBe(before);
        before.Select(address => (long)address % 64).Distinct().ShouldBe([0]);
    }

    [Fact]
    public void IsZeroedWithSlackBehind()
    {
        var buffer = new AlignedBuffer(3);
        buffer.Span.Length.ShouldBe(3);
        for (var i = 0; i < 3 + AlignedBuffer.Slack; i++)
            Unsafe.Add(ref buffer.Start, i).ShouldBe(0);
    }

    [Fact]
    public void RefusesLengthsThatNoArrayHas()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new AlignedBuffer(-1));
        Should.Throw<ArgumentOutOfRangeException>(() => new AlignedBuffer(int.MaxValue));
    }

    /// <summary>What the system notes of the memory in the middle of a large buffer: <c>hg</c> where large pages have been asked for.</summary>
    [Fact]
    public void LargeOnesAskForLargePages()
    {
        var buffer = new AlignedBuffer(3 << 20);
        buffer.Span.ContainsAnyExcept(0f).ShouldBeFalse();
        if (!File.Exists("/sys/kernel/mm/transparent_hugepage/enabled"))
            return;
        long middle = Address(buffer) + (buffer.Length * sizeof(float) / 2);
        string[] lines = File.ReadAllLines("/proc/self/smaps");
        int mapping = Array.FindIndex(lines, line =>
            line.Split(' ')[0].Split('-') is [string from, string to]
            && long.TryParse(from, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out long first)
            && long.TryParse(to, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out long end)
            && first <= middle && middle < end);
        mapping.ShouldBeGreaterThanOrEqualTo(0);
        lines.Skip(mapping).First(line => line.StartsWith("VmFlags:", StringComparison.Ordinal)).Split(' ').ShouldContain("hg");
    }

    private static nint Address(AlignedBuffer buffer) => Unsafe.ByteOffset(ref Unsafe.NullRef<float>(), ref buffer.Start);
}
