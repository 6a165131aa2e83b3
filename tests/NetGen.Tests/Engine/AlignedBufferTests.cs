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

    private static nint Address(AlignedBuffer buffer) => Unsafe.ByteOffset(ref Unsafe.NullRef<float>(), ref buffer.Start);
}
