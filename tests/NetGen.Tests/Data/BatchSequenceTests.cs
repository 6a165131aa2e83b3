namespace NetGen.Tests.Data;

[Collection(Alone.Name)]
public sealed class BatchSequenceTests
{
    /// <summary>Sample i is [i, -i] of class i.</summary>
    private static DataSet Numbered(int count) =>
        new(new Shape(2), Enumerable.Range(0, count).SelectMany(i => new float[] { i, -i }).ToArray(), Enumerable.Range(0, count).ToArray(), Math.Max(count, 1));

    private static List<int[]> Labels(BatchSequence.Enumerator batches)
    {
        var labels = new List<int[]>();
        foreach (Batch batch in batches)
        {
            labels.Add(batch.Labels.ToArray());
            batch.Count.ShouldBe(batch.Labels.Length);
            batch.Inputs.ToArray().ShouldBe(batch.Labels.ToArray().SelectMany(i => new float[] { i, -i }));
        }
        return labels;
    }

    [Fact]
    public void WithoutShuffleKeepsTheOrderAndCopiesNothing()
    {
        DataSet data = Numbered(5);
        Labels(data.Batches(2).GetEnumerator()).ShouldBe([[0, 1], [2, 3], [4]]);
        foreach (Batch batch in data.Batches(2))
            batch.Inputs.Overlaps(data.Inputs).ShouldBeTrue();
    }

    [Theory]
    [InlineData(0, 4, 0)]
    [InlineData(1, 4, 1)]
    [InlineData(4, 4, 1)]
    [InlineData(5, 4, 2)]
    [InlineData(8, 3, 3)]
    [InlineData(8, int.MaxValue, 1)]
    public void ShuffledBatchesHoldEverySampleOnce(int count, int size, int batches)
    {
        BatchSequence sequence = Numbered(count).Batches(size, shuffle: new Seed(1));
        sequence.Count.ShouldBe(batches);
        sequence.SampleCount.ShouldBe(count);
        List<int[]> labels = Labels(sequence.GetEnumerator());
        labels.Count.ShouldBe(batches);
        labels.SkipLast(1).ShouldAllBe(batch => batch.Length == size);
        labels.SelectMany(batch => batch).Order().ShouldBe(Enumerable.Range(0, count));
    }

    [Theory]
    [InlineData(7, 3, 2)]
    [InlineData(6, 3, 2)]
    [InlineData(2, 3, 0)]
    public void DropsAShortLastBatchWhenAsked(int count, int size, int batches)
    {
        BatchSequence sequence = Numbered(count).Batches(size, shuffle: new Seed(1), dropLast: true);
        sequence.Count.ShouldBe(batches);
        Labels(sequence.GetEnumerator()).ShouldAllBe(batch => batch.Length == size);
        Labels(sequence.GetEnumerator()).Count.ShouldBe(batches);
    }

    [Fact]
    public void EveryEpochHasAnOrderOfItsOwnThatTheSeedFixes()
    {
        BatchSequence sequence = Numbered(40).Batches(8, shuffle: new Seed(1));
        int[][] epochs = [.. Enumerable.Range(0, 3).Select(epoch => Labels(sequence.Epoch(epoch)).SelectMany(batch => batch).ToArray())];
        epochs[0].ShouldNotBe(epochs[1]);
        epochs[1].ShouldNotBe(epochs[2]);
        Labels(Numbered(40).Batches(8, shuffle: new Seed(1)).Epoch(1)).SelectMany(batch => batch).ShouldBe(epochs[1]);
        Labels(sequence.GetEnumerator()).SelectMany(batch => batch).ShouldBe(epochs[0]);
    }

    [Fact]
    public void AllocatesNothingPerBatch()
    {
        BatchSequence sequence = Numbered(64).Batches(1, shuffle: new Seed(1));
        Sum(sequence, 0).ShouldBe(63 * 32);
        long sum = 0;
        Allocation.Least(() => sum = Sum(sequence, 1)).ShouldBe(0);
        sum.ShouldBe(63 * 32);

        static long Sum(BatchSequence sequence, int epoch)
        {
            long sum = 0;
            foreach (Batch batch in sequence.Epoch(epoch))
                sum += batch.Labels[0];
            return sum;
        }
    }

    [Fact]
    public void ARunThatLostItsBufferToAnotherSaysSo() =>
        Should.Throw<InvalidOperationException>(() =>
        {
            BatchSequence sequence = Numbered(6).Batches(2, shuffle: new Seed(1));
            foreach (Batch outer in sequence)
            {
                foreach (Batch inner in sequence)
                    inner.Count.ShouldBe(2);
            }
        });

    [Fact]
    public void RunsInTheOrderOfTheSetMayInterleave()
    {
        BatchSequence sequence = Numbered(5).Batches(2);
        var seen = new List<(int Outer, int Inner)>();
        foreach (Batch outer in sequence)
        {
            foreach (Batch inner in sequence)
                seen.Add((outer.Labels[0], inner.Labels[0]));
        }
        seen.ShouldBe([(0, 0), (0, 2), (0, 4), (2, 0), (2, 2), (2, 4), (4, 0), (4, 2), (4, 4)]);
    }

    [Fact]
    public void RefusesABatchOfNothing() => Should.Throw<ArgumentOutOfRangeException>(() => Numbered(4).Batches(0));
}
