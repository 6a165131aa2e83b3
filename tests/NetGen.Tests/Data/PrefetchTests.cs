namespace NetGen.Tests.Data;

[Collection(Alone.Name)]
public sealed class PrefetchTests
{
    private static readonly DataSet Numbered =
        new(new Shape(2), Enumerable.Range(0, 103).SelectMany(i => new float[] { i, -i }).ToArray(), Enumerable.Range(0, 103).ToArray(), 103);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(1, 3)]
    [InlineData(50, 4)]
    public void BatchesAreTheSameWhateverTheThreads(int ahead, int threads)
    {
        BatchSequence plain = Numbered.Batches(4, shuffle: 9), made = Numbered.Prefetch(ahead, threads).Batches(4, shuffle: 9);
        for (var epoch = 0; epoch < 20; epoch++)
            Read(made.Epoch(epoch)).ShouldBe(Read(plain.Epoch(epoch)));
        NoThreadIsLeft();
    }

    [Fact]
    public void LeavingARunHalfWayEndsItsThreads()
    {
        BatchSequence batches = Numbered.Prefetch(3, 2).Batches(4, shuffle: 9);
        for (var times = 0; times < 50; times++)
        {
            foreach (Batch batch in batches)
            {
                if (batch.Labels[0] % 7 == times % 7)
                    break;
            }
            NoThreadIsLeft();
        }
        Read(batches.Epoch(2)).ShouldBe(Read(Numbered.Batches(4, shuffle: 9).Epoch(2)));
        Should.Throw<OperationCanceledException>(() =>
        {
            foreach (Batch _ in batches)
                throw new OperationCanceledException();
        });
        NoThreadIsLeft();
    }

    [Fact]
    public void ARunThatIsForgottenEndsItsThreads()
    {
        Begin();
        for (var wait = 0; Threads() > 0 && wait < 100; wait++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            Thread.Sleep(10);
        }
        NoThreadIsLeft();

        static void Begin()
        {
            BatchSequence.Enumerator batches = Numbered.Prefetch(3, 2).Batches(4, shuffle: 9).GetEnumerator();
            batches.MoveNext().ShouldBeTrue();
        }
    }

    [Fact]
    public void ARunThatWasLeftOrOvertakenSaysSo()
    {
        Should.Throw<InvalidOperationException>(() =>
        {
            BatchSequence batches = Numbered.Prefetch().Batches(4, shuffle: 9);
            foreach (Batch outer in batches)
            {
                foreach (Batch inner in batches)
                    break;
            }
        });
        Should.Throw<InvalidOperationException>(() =>
        {
            BatchSequence.Enumerator batches = Numbered.Prefetch().Batches(4, shuffle: 9).GetEnumerator();
            batches.MoveNext();
            batches.Dispose();
            batches.MoveNext();
        });
        NoThreadIsLeft();
    }

    [Fact]
    public void InterruptedWaitsLeaveNothingBehind()
    {
        BatchSequence batches = Numbered.Prefetch(1, 2).Batches(1, shuffle: 9);
        for (var times = 0; times < 40; times++)
        {
            Exception? thrown = null;
            var reader = new Thread(() =>
            {
                try
                {
                    Read(batches.Epoch(times));
                }
                catch (Exception exception)
                {
                    thrown = exception;
                }
            });
            reader.Start();
            Thread.SpinWait(100 << (times % 10));
            reader.Interrupt();
            reader.Join();
            (thrown is null or ThreadInterruptedException).ShouldBeTrue();
            NoThreadIsLeft();
        }
        Read(batches.Epoch(1)).ShouldBe(Read(Numbered.Batches(1, shuffle: 9).Epoch(1)));
    }

    [Fact]
    public void ItsBatchesAllocateNothing()
    {
        BatchSequence batches = Numbered.Prefetch().Batches(1, shuffle: 9);
        Allocation.Least(() =>
        {
            var sum = 0;
            foreach (Batch batch in batches)
                sum += batch.Labels[0];
            sum.ShouldBe(103 * 51);
        }).ShouldBeLessThan(3000, "a run has threads of its own, and 103 batches");
    }

    [Fact]
    public void RefusesNumbersThatMakeNothing()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => Numbered.Prefetch(0));
        Should.Throw<ArgumentOutOfRangeException>(() => Numbered.Prefetch(1, 0));
        Should.Throw<ArgumentOutOfRangeException>(() => Numbered.Prefetch(1, 4097));
    }

    private static List<float[]> Read(BatchSequence.Enumerator batches)
    {
        var read = new List<float[]>();
        foreach (Batch batch in batches)
            read.Add([.. batch.Inputs, .. batch.Labels.ToArray().Select(label => (float)label)]);
        return read;
    }

    /// <summary>A thread that has ended is known to the system for a moment longer.</summary>
    private static void NoThreadIsLeft()
    {
        SpinWait.SpinUntil(() => Threads() == 0, TimeSpan.FromSeconds(5));
        Threads().ShouldBe(0);
    }

    /// <summary>Threads that make batches, where the system tells.</summary>
    private static int Threads() => Directory.Exists("/proc/self/task") ? Directory.GetDirectories("/proc/self/task").Count(IsOne) : 0;

    private static bool IsOne(string task)
    {
        try
        {
            return File.ReadAllText(Path.Combine(task, "comm")).StartsWith("NetGen batches", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            // It has ended meanwhile.
            return false;
        }
    }
}
