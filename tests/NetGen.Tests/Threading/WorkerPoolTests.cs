using NetGen.Engine;

namespace NetGen.Tests.Threading;

[Collection(Alone.Name)]
public sealed class WorkerPoolTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void EveryWorkerRunsOnceInEveryJob(int threads)
    {
        using var pool = new WorkerPool(threads);
        pool.Threads.ShouldBe(threads);
        var calls = new int[threads];
        var job = new Job(worker => calls[worker]++);
        var complete = 0;
        for (var run = 1; run <= 500; run++)
        {
            pool.Run(job);
            complete += calls.All(count => count == run) ? 1 : 0;
        }
        complete.ShouldBe(500);
    }

    [Fact]
    public void WorkersThatHaveGoneToSleepWakeUp()
    {
        using var pool = new WorkerPool(3);
        var sum = 0;
        var job = new Job(worker => Interlocked.Add(ref sum, worker));
        for (var run = 0; run < 20; run++)
        {
            pool.Run(job);
            Thread.Sleep(run % 2 * 5); // Longer than workers spin, and, in between, shorter.
        }
        sum.ShouldBe(20 * (1 + 2));
    }

    [Fact]
    public void ACallerWhoWaitsLongIsWokenToo()
    {
        using var pool = new WorkerPool(2);
        var finished = false;
        pool.Run(new Job(worker =>
        {
            if (worker == 0)
                return;
            Thread.Sleep(20);
            Volatile.Write(ref finished, true);
        }));
        Volatile.Read(ref finished).ShouldBeTrue();
    }

    [Fact]
    public void ZeroMeansAWorkerForEachProcessor()
    {
        using var pool = new WorkerPool();
        pool.Threads.ShouldBe(Environment.ProcessorCount);
        Should.Throw<ArgumentOutOfRangeException>(() => new WorkerPool(-1));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void AnExceptionComesOutAndThePoolGoesOn(int failing)
    {
        using var pool = new WorkerPool(3);
        var others = 0;
        var job = new Job(worker =>
        {
            if (worker == failing)
                throw new InvalidDataException($"worker {worker}");
            Interlocked.Increment(ref others);
        });
        Should.Throw<InvalidDataException>(() => pool.Run(job)).Message.ShouldBe($"worker {failing}");
        others.ShouldBe(2);
        pool.Run(new Job(_ => Interlocked.Increment(ref others)));
        others.ShouldBe(5);
    }

    [Fact]
    public void TheCauseComesOutAndNotItsConsequence()
    {
        using var pool = new WorkerPool(3);
        var barrier = new SpinBarrier(3);
        var job = new Job(worker =>
        {
            if (worker == 2)
            {
                barrier.Break();
                throw new InvalidDataException("the cause");
            }
            barrier.Wait();
        });
        Should.Throw<InvalidDataException>(() => pool.Run(job));

        barrier.Reset(3);
        var met = 0;
        pool.Run(new Job(_ =>
        {
            barrier.Wait();
            Interlocked.Increment(ref met);
        }));
        met.ShouldBe(3);
    }

    [Fact]
    public void AJobWithinAJobIsRefused()
    {
        using var pool = new WorkerPool(2);
        var inner = new Job(_ => { });
        Should.Throw<InvalidOperationException>(() => pool.Run(new Job(_ => pool.Run(inner)))).Message.ShouldContain("already running");
        pool.Run(inner);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void NoJobIsRefusedAndThePoolGoesOn(int threads)
    {
        using var pool = new WorkerPool(threads);
        Should.Throw<ArgumentNullException>(() => pool.Run(null!)).ParamName.ShouldBe("job");
        var calls = 0;
        pool.Run(new Job(_ => Interlocked.Increment(ref calls)));
        calls.ShouldBe(threads);
    }

    [Fact]
    public void ADisposedPoolRefusesWorkAndMayBeDisposedAgain()
    {
        var pool = new WorkerPool(2);
        pool.Dispose();
        pool.Dispose();
        Should.Throw<ObjectDisposedException>(() => pool.Run(new Job(_ => { })));
    }

    [Fact]
    public void ARunAllocatesNothing()
    {
        using var pool = new WorkerPool(2);
        var job = new Job(_ => { });
        var before = new long[2];
        var after = new long[2];
        var start = new Job(worker => before[worker] = GC.GetAllocatedBytesForCurrentThread());
        var stop = new Job(worker => after[worker] = GC.GetAllocatedBytesForCurrentThread());
        for (var run = 0; run < 100; run++)
            pool.Run(job);
        for (var attempt = 0; attempt < Allocation.Attempts; attempt++)
        {
            pool.Run(start);
            for (var run = 0; run < 1000; run++)
                pool.Run(job);
            pool.Run(stop);
            if (after.SequenceEqual(before))
                break;
        }
        after.ShouldBe(before);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void WhatWasWrittenBeforeABarrierIsReadAfterIt(int threads)
    {
        using var pool = new WorkerPool(threads);
        var barrier = new SpinBarrier(threads);
        var numbers = new int[threads];
        var wrong = 0;
        pool.Run(new Job(worker =>
        {
            for (var round = 1; round <= 300; round++)
            {
                numbers[worker] = round;
                barrier.Wait();
                if (numbers.Any(number => number != round))
                    Interlocked.Increment(ref wrong);
                barrier.Wait();
            }
        }));
        wrong.ShouldBe(0);
    }
}
