using NetGen.Engine;

namespace NetGen.Tests.Engine;

public sealed class TeamTests
{
    [Theory]
    [InlineData(0, 1, 3)]
    [InlineData(7, 1, 3)]
    [InlineData(7, 16, 3)]
    [InlineData(1000, 16, 7)]
    [InlineData(2_000_000_000, 1, 2)]
    [InlineData(2_000_000_000, 16, 128)]
    [InlineData(int.MaxValue, 1, 5)]
    [InlineData(int.MaxValue, 16, 5)]
    public void SharesFollowOneAnotherAndCoverEverythingEvenly(int extent, int grain, int workers)
    {
        var next = 0;
        for (var worker = 0; worker < workers; worker++)
        {
            Team.Share(extent, grain, worker, workers, out int from, out int to);
            from.ShouldBe(next);
            to.ShouldBeInRange(from, extent);
            if (to < extent)
                (to % grain).ShouldBe(0);
            ((double)to - from).ShouldBe((double)extent / workers, 2 * grain);
            next = to;
        }
        next.ShouldBe(extent);
    }
}
