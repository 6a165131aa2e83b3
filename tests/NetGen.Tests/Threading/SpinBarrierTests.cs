using NetGen.Engine;

namespace NetGen.Tests.Threading;

/// <summary>Barriers with more participants than processors, where waiting is sleeping.</summary>
[Collection(Alone.Name)]
public sealed class SpinBarrierTests
{
    [Theory]
    [InlineData(3)]
    [InlineData(64)]
    public void NobodyPassesBeforeAllHaveCome(int threads)
    {
        using var pool = new WorkerPool(threads);
        int come = 0, early = 0;
        var random = new Random(1);
        int[] delays = [.. Enumerable.Range(0, 1000).Select(_ => random.Next(100) == 0 ? random.Next(20_000) : 0)];
        pool.Run(new Job(worker =>
        {
            for (var round = 1; round <= 300; round++)
            {
                Thread.SpinWait(delays[(worker * 7 + round) % delays.Length]);
                Interlocked.Increment(ref come);
                pool.Barrier.Wait();
                if (Volatile.Read(ref come) < round * threads)
                    Interlocked.Increment(ref early);
                pool.Barrier.Wait();
            }
        }));
        come.ShouldBe(300 * threads);
        early.ShouldBe(0);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(64)]
    public void ThoseWhoSleepAreLetGoWhenOneFails(int threads)
    {
        using var pool = new WorkerPool(threads);
        for (var round = 0; round < 30; round++)
        {
            int failing = round % threads, passed = 0;
            Should.Throw<InvalidDataException>(() => pool.Run(new Job(worker =>
            {
                pool.Barrier.Wait();
                if (worker == failing)
                {
                    Thread.Sleep(3); // The others have gone to sleep.
                    throw new InvalidDataException("the cause");
                }
                pool.Barrier.Wait();
                Interlocked.Increment(ref passed);
            })));
            passed.ShouldBe(0);
        }
        var met = 0;
        pool.Run(new Job(_ =>
        {
            pool.Barrier.Wait();
            Interlocked.Increment(ref met);
        }));
        met.ShouldBe(threads);
    }

    [Fact]
    public void AJobOfFewWorkersLeavesTheOthersAsleepAndOneOfAllWakesThem()
    {
        using var pool = new WorkerPool(6);
        var calls = new int[6];
        var job = new Job(worker =>
        {
            pool.Barrier.Wait();
            calls[worker]++;
        });
        for (var round = 0; round < 300; round++)
            pool.RunToEnd(job, 1 + (round % 6)).ShouldBeNull();
        calls.ShouldBe([300, 250, 200, 150, 100, 50]);
    }

    [Fact]
    public void AWaitAllocatesNothingAsleepEither()
    {
        using var pool = new WorkerPool(20);
        var allocated = new long[20];
        void Rounds()
        {
            for (var round = 0; round < 50; round++)
                pool.Barrier.Wait();
        }

        var warmUp = new Job(_ => Rounds());
        for (var round = 0; round < 20; round++)
            pool.Run(warmUp);
        pool.Run(new Job(worker =>
        {
            allocated[worker] = long.MaxValue;
            // As many attempts for all, because all of them wait for one another.
            for (var attempt = 0; attempt < Allocation.Attempts; attempt++)
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                Rounds();
                allocated[worker] = Math.Min(allocated[worker], GC.GetAllocatedBytesForCurrentThread() - before);
            }
        }));
        allocated.ShouldAllBe(bytes => bytes == 0);
    }
}
