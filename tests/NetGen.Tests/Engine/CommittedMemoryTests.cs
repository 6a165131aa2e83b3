using NetGen.Engine;

namespace NetGen.Tests.Engine;

/// <summary>Memory that is made before it is written to; what the whole process has is measured.</summary>
[Collection(Alone.Name)]
public class CommittedMemoryTests
{
    [Fact]
    public void IsThereAndZero()
    {
        const int Floats = 16 << 20;
        var buffer = new AlignedBuffer(Floats);
        long before = Environment.WorkingSet;
        buffer.Commit().ShouldBeSameAs(buffer);
        if (OperatingSystem.IsLinux())
            (Environment.WorkingSet - before).ShouldBeGreaterThan(Floats * sizeof(float) / 2);
        buffer.Span.ContainsAnyExcept(0f).ShouldBeFalse();
    }
}
