namespace NetGen.Tests.Data;

public sealed class ClassBalanceTests
{
    /// <summary>Sample i is [i], of the class that its label tells.</summary>
    private static DataSet Of(int classes, params int[] labels) =>
        new(new Shape(1), Enumerable.Range(0, labels.Length).Select(i => (float)i).ToArray(), labels, classes);

    /// <summary>90 of class 0, 9 of class 1, 1 of class 2, in turns as they come, none of class 3.</summary>
    private static DataSet Uneven() => Of(4, [.. Enumerable.Range(0, 100).Select(i => i == 57 ? 2 : i % 11 == 5 ? 1 : 0)]);

    [Fact]
    public void CountsAndWeightsAreThoseOfTheFormula()
    {
        DataSet data = Of(4, 0, 0, 0, 1, 3, 3);
        data.ClassCounts().ShouldBe([3, 1, 0, 2]);
        data.ClassWeights().ShouldBe([6f / (3 * 3), 6f / (3 * 1), 0, 6f / (3 * 2)]);
        Of(2).ClassWeights().ShouldBe([0, 0]);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.25)]
    [InlineData(0.5)]
    [InlineData(0.001)]
    public void ASplitHoldsEverySampleOnceInTheOrderOfTheSet(double heldOut)
    {
        foreach (bool stratify in (bool[])[false, true])
        {
            (DataSet train, DataSet held) = Uneven().Split(heldOut, seed: 3, stratify);
            held.Count.ShouldBe((int)Math.Round(heldOut * 100));
            train.Inputs.ToArray().ShouldBe(train.Inputs.ToArray().Order());
            held.Inputs.ToArray().ShouldBe(held.Inputs.ToArray().Order());
            float[] both = [.. train.Inputs.ToArray().Concat(held.Inputs.ToArray()).Order()];
            both.ShouldBe(Uneven().Inputs.ToArray());
            held.Labels.ToArray().ShouldBe(held.Inputs.ToArray().Select(i => Uneven().Labels[(int)i]));
        }
    }

    [Fact]
    public void StratifiedPartsHaveTheSameShareOfEveryClass()
    {
        int[] counts = Uneven().ClassCounts();
        for (ulong seed = 0; seed < 20; seed++)
        {
            int[] held = Uneven().Split(0.3, seed, stratify: true).Test.ClassCounts();
            for (var label = 0; label < 4; label++)
                held[label].ShouldBeInRange((int)(0.3 * counts[label]), (int)Math.Ceiling(0.3 * counts[label]));
        }
        int[] seen = [.. Enumerable.Range(0, 20).Select(seed => Uneven().Split(0.3, seed).Test.ClassCounts()[1])];
        seen.Distinct().Count().ShouldBeGreaterThan(2, "chance alone does not keep shares");
        Uneven().Split(0.3, 1).Test.Inputs.ToArray().ShouldNotBe(Uneven().Split(0.3, 2).Test.Inputs.ToArray());
        Uneven().Split(0.3, 1).Test.Inputs.ToArray().ShouldBe(Uneven().Split(0.3, 1).Test.Inputs.ToArray());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    public void RefusesSharesThatAreNone(double heldOut) => Should.Throw<ArgumentOutOfRangeException>(() => Uneven().Split(heldOut, seed: 1));

    [Fact]
    public void BalancedEpochsHaveAsManyOfEachClass()
    {
        BatchSequence batches = Uneven().BalanceClasses().Batches(7, shuffle: 5);
        var extra = new HashSet<int>();
        int[][] epochs = [.. Enumerable.Range(0, 12).Select(epoch => Samples(batches.Epoch(epoch)))];
        foreach (int[] epoch in epochs)
        {
            epoch.Length.ShouldBe(100);
            int[] counts = [.. Enumerable.Range(0, 4).Select(label => epoch.Count(sample => Uneven().Labels[sample] == label))];
            counts[3].ShouldBe(0);
            counts[..3].Order().ShouldBe([33, 33, 34]);
            extra.Add(Array.IndexOf(counts, 34));
            // A frequent class has no sample twice, and the nine of a rare one come alike often.
            epoch.Where(sample => Uneven().Labels[sample] == 0).ShouldBeUnique();
            epoch.Where(sample => Uneven().Labels[sample] == 1).GroupBy(sample => sample).ShouldAllBe(group => group.Count() == 3 || group.Count() == 4);
        }
        extra.Count.ShouldBe(3);
        epochs[0].ShouldNotBe(epochs[1]);
        // An epoch is a function of its number, whatever came before.
        Samples(Uneven().BalanceClasses().Batches(7, shuffle: 5).Epoch(7)).ShouldBe(epochs[7]);
        Samples(Uneven().BalanceClasses().Batches(50).GetEnumerator()).ShouldBe(Enumerable.Range(0, 100), "the set's own order stays");
        Samples(Of(2).BalanceClasses().Batches(3, shuffle: 1).GetEnumerator()).ShouldBeEmpty();
    }

    [Fact]
    public void PartsOfABalancedSetAreBalanced() =>
        Samples(Uneven().BalanceClasses().Take(20).Batches(20, shuffle: 1).GetEnumerator()).Count(sample => Uneven().Labels[sample] == 1).ShouldBe(10);

    [Fact]
    public void OneHotTargetsAreTheClasses()
    {
        DataSet hot = Of(3, 2, 0).WithWeights(new float[] { 1, 2 }).OneHot();
        hot.HasLabels.ShouldBeFalse();
        hot.TargetShape.ShouldBe(new Shape(3));
        hot.Targets.ToArray().ShouldBe([0, 0, 1, 1, 0, 0]);
        hot.Weights.ToArray().ShouldBe([1, 2]);
        hot.Inputs.Overlaps(hot.Take(1).Inputs).ShouldBeTrue();
    }

    [Fact]
    public void TargetsAreNoClasses()
    {
        var data = new DataSet(new Shape(1), new float[2], new float[2]);
        foreach (Action asked in (Action[])[() => data.ClassCounts(), () => data.ClassWeights(), () => data.BalanceClasses(), () => data.OneHot(), () => data.Split(0.5, 1, stratify: true)])
            Should.Throw<InvalidOperationException>(asked).Message.ShouldContain("no classes");
        data.Split(0.5, 1).Test.Count.ShouldBe(1);
    }

    private static int[] Samples(BatchSequence.Enumerator batches)
    {
        var samples = new List<int>();
        foreach (Batch batch in batches)
            samples.AddRange(batch.Inputs.ToArray().Select(value => (int)value));
        return [.. samples];
    }
}
