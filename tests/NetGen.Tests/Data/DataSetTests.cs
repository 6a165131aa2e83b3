namespace NetGen.Tests.Data;

public sealed class DataSetTests
{
    private static DataSet Numbered(int count, int classes = 3) =>
        new(new Shape(1, 2, 2), Enumerable.Range(0, count * 4).Select(i => (float)i).ToArray(), Enumerable.Range(0, count).Select(i => i % classes).ToArray(), classes);

    [Fact]
    public void HoldsWhatItWasGiven()
    {
        DataSet data = Numbered(5);
        data.Count.ShouldBe(5);
        data.InputSize.ShouldBe(4);
        data.Sample(3).ToArray().ShouldBe([12, 13, 14, 15]);
        data.Labels.ToArray().ShouldBe([0, 1, 2, 0, 1]);
    }

    [Fact]
    public void RefusesInputsThatDoNotGoWithTheLabels() =>
        Should.Throw<ArgumentException>(() => new DataSet(new Shape(1, 2, 2), new float[19], new int[5], 3))
            .Message.ShouldContain("5 labels need 5 inputs of shape [1, 2, 2]: 20 values are expected, 19 are given.");

    [Theory]
    [InlineData(3)]
    [InlineData(-1)]
    public void RefusesALabelThatIsNoClass(int label) =>
        Should.Throw<ArgumentException>(() => new DataSet(new Shape(1), new float[3], new[] { 0, 1, label }, 3))
            .Message.ShouldContain($"Label 2 is {label}: with 3 classes it must lie in 0..2.");

    [Fact]
    public void RefusesZeroClasses() => Should.Throw<ArgumentOutOfRangeException>(() => new DataSet([1], default, Array.Empty<int>(), 0));

    [Fact]
    public void SlicesShareTheMemoryOfTheWhole()
    {
        DataSet data = Numbered(6);
        DataSet slice = data.Slice(2, 3);
        slice.Count.ShouldBe(3);
        slice.Labels.ToArray().ShouldBe([2, 0, 1]);
        slice.Sample(0).ToArray().ShouldBe([8, 9, 10, 11]);
        slice.Inputs.Overlaps(data.Inputs, out int offset).ShouldBeTrue();
        offset.ShouldBe(-8);
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0, -1)]
    [InlineData(0, 7)]
    [InlineData(6, 1)]
    [InlineData(7, 0)]
    [InlineData(3, int.MaxValue)]
    public void RefusesASliceThatLeavesTheSet(int start, int count) =>
        Should.Throw<ArgumentOutOfRangeException>(() => Numbered(6).Slice(start, count));

    [Theory]
    [InlineData(-1)]
    [InlineData(6)]
    public void RefusesASampleThatIsNotThere(int index) => Should.Throw<ArgumentOutOfRangeException>(() => { Numbered(6).Sample(index); });

    [Fact]
    public void SplitsIntoTheFirstAndTheRest()
    {
        (DataSet train, DataSet test) = Numbered(5).Split(3);
        train.Labels.ToArray().ShouldBe([0, 1, 2]);
        test.Labels.ToArray().ShouldBe([0, 1]);
        test.Inputs.ToArray().ShouldBe([12, 13, 14, 15, 16, 17, 18, 19]);
    }

    [Fact]
    public void NormalizesEachChannelByItsOwnMeanAndDeviation()
    {
        var data = new DataSet(new Shape(2, 1, 2), new float[] { 1, 2, 10, 20, 3, 4, 30, 40 }, new[] { 0, 1 }, 2);
        data.Normalize([1, 10], [2, 5]).Inputs.ToArray().ShouldBe([0, 0.5f, 0, 2, 1, 1.5f, 4, 6]);
        data.Normalize(2, 4).Inputs.ToArray().ShouldBe([-0.25f, 0, 2, 4.5f, 0.25f, 0.5f, 7, 9.5f]);
    }

    [Fact]
    public void RefusesAMeanPerChannelThatIsNotOnePerChannel()
    {
        DataSet data = Numbered(2);
        Should.Throw<ArgumentException>(() => data.Normalize([1, 2, 3], [1, 2, 3])).Message.ShouldContain("[1, 2, 2]");
        Should.Throw<ArgumentException>(() => data.Normalize([1], [1, 2]));
        Should.Throw<ArgumentException>(() => data.Normalize([], []));
    }

    [Theory]
    [InlineData(0f, 0f)]
    [InlineData(0f, -1f)]
    [InlineData(0f, float.NaN)]
    [InlineData(0f, float.PositiveInfinity)]
    [InlineData(float.NaN, 1f)]
    public void RefusesADeviationThatDividesByNothing(float mean, float std) =>
        Should.Throw<ArgumentOutOfRangeException>(() => Numbered(2).Normalize(mean, std));

    [Fact]
    public void PermutesEverySampleInTheSameWay()
    {
        var data = new DataSet(new Shape(100), Enumerable.Range(0, 300).Select(i => (float)i).ToArray(), new int[3], 1);
        DataSet permuted = data.Permute(seed: 7);
        float[] first = permuted.Sample(0).ToArray();
        first.ShouldNotBe(data.Sample(0).ToArray());
        first.Order().ShouldBe(data.Sample(0).ToArray());
        permuted.Sample(2).ToArray().ShouldBe(first.Select(value => value + 200));
        data.Permute(seed: 7).Inputs.ToArray().ShouldBe(permuted.Inputs.ToArray());
        data.Permute(seed: 8).Inputs.ToArray().ShouldNotBe(permuted.Inputs.ToArray());
    }

    [Fact]
    public void ShufflesInputsTogetherWithTheirLabels()
    {
        DataSet shuffled = Numbered(50, classes: 50).Shuffle(seed: 3);
        shuffled.Labels.ToArray().ShouldNotBe(Enumerable.Range(0, 50));
        shuffled.Labels.ToArray().Order().ShouldBe(Enumerable.Range(0, 50));
        for (int i = 0; i < 50; i++)
            shuffled.Sample(i)[0].ShouldBe(4 * shuffled.Labels[i]);
    }

    /// <summary>Sample i is [i, 10·i], its targets [i + 0.5, −i], its weight i + 1.</summary>
    private static DataSet Values(int count) => new DataSet(
            [2], Enumerable.Range(0, count).SelectMany(i => new float[] { i, 10 * i }).ToArray(),
            Enumerable.Range(0, count).SelectMany(i => new[] { i + 0.5f, -i }).ToArray())
        .WithWeights(Enumerable.Range(1, count).Select(i => (float)i).ToArray());

    private static void BelongTogether(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, ReadOnlySpan<float> weights, IEnumerable<int> samples)
    {
        inputs.ToArray().ShouldBe(samples.SelectMany(i => new float[] { i, 10 * i }));
        targets.ToArray().ShouldBe(samples.SelectMany(i => new[] { i + 0.5f, -i }));
        weights.ToArray().ShouldBe(samples.Select(i => i + 1f));
    }

    [Fact]
    public void HoldsTargetsInPlaceOfClasses()
    {
        DataSet data = Values(5);
        (data.Count, data.HasLabels, data.ClassCount, data.TargetShape, data.TargetSize).ShouldBe((5, false, 0, new Shape(2), 2));
        data.Labels.IsEmpty.ShouldBeTrue();
        BelongTogether(data.Inputs, data.Targets, data.Weights, Enumerable.Range(0, 5));
        new DataSet([8], new float[16], new float[2]).TargetShape.ShouldBe(new Shape(1));
        new DataSet([8], new float[16], new float[16], [1, 2, 4]).TargetShape.ShouldBe(new Shape(1, 2, 4));
        new DataSet([8], Array.Empty<float>(), Array.Empty<float>()).Count.ShouldBe(0);
    }

    [Fact]
    public void TargetsAndWeightsGoWithTheirSamples()
    {
        DataSet data = Values(6), slice = data.Slice(2, 3);
        BelongTogether(slice.Inputs, slice.Targets, slice.Weights, [2, 3, 4]);
        slice.Targets.Overlaps(data.Targets).ShouldBeTrue();
        (DataSet train, DataSet test) = data.Split(4);
        BelongTogether(train.Inputs, train.Targets, train.Weights, [0, 1, 2, 3]);
        BelongTogether(test.Inputs, test.Targets, test.Weights, [4, 5]);
        DataSet shuffled = data.Shuffle(seed: 3);
        int[] order = [.. shuffled.Weights.ToArray().Select(weight => (int)weight - 1)];
        order.ShouldNotBe(Enumerable.Range(0, 6));
        order.Order().ShouldBe(Enumerable.Range(0, 6));
        BelongTogether(shuffled.Inputs, shuffled.Targets, shuffled.Weights, order);
        foreach (DataSet changed in new[] { data.Permute(1), data.Normalize(1, 2), slice.Take(3) })
        {
            int first = changed.Count == 3 ? 2 : 0;
            changed.Targets.ToArray().ShouldBe(data.Targets.Slice(first * 2, changed.Count * 2).ToArray());
            changed.Weights.ToArray().ShouldBe(data.Weights.Slice(first, changed.Count).ToArray());
            changed.TargetShape.ShouldBe(data.TargetShape);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void BatchesHoldTargetsAndWeights(bool shuffled)
    {
        var seen = new List<int>();
        foreach (Batch batch in Values(7).Batches(3, shuffled ? new Seed(4) : null))
        {
            int[] samples = [.. batch.Weights.ToArray().Select(weight => (int)weight - 1)];
            batch.Count.ShouldBe(samples.Length);
            batch.Labels.IsEmpty.ShouldBeTrue();
            BelongTogether(batch.Inputs, batch.Targets, batch.Weights, samples);
            seen.AddRange(samples);
        }
        seen.Order().ShouldBe(Enumerable.Range(0, 7));
        seen.SequenceEqual(Enumerable.Range(0, 7)).ShouldBe(!shuffled);
    }

    [Fact]
    public void LabelsMayBeBytes()
    {
        var data = new DataSet([1], new float[3], new byte[] { 0, 2, 255 }, 256);
        data.Labels.ToArray().ShouldBe([0, 2, 255]);
        Should.Throw<ArgumentException>(() => new DataSet([1], new float[3], new byte[] { 0, 2, 255 }, 255)).Message.ShouldContain("Label 2 is 255");
    }

    [Fact]
    public void RefusesTargetsThatDoNotGoWithTheInputs()
    {
        Should.Throw<ArgumentException>(() => new DataSet([8], new float[17], new float[2])).Message.ShouldContain("multiples of 8 values, and 17 are given");
        Should.Throw<ArgumentException>(() => new DataSet([8], new float[16], new float[3])).Message.ShouldContain("2 samples need the same number of targets each, and 3");
        Should.Throw<ArgumentException>(() => new DataSet([8], new float[16], Array.Empty<float>())).ParamName.ShouldBe("targets");
        Should.Throw<ArgumentException>(() => new DataSet([8], new float[16], new float[4], [3])).Message.ShouldContain("shape [3]: 6 values are expected, 4 are given");
    }

    [Theory]
    [InlineData(new[] { 1f, 2f }, "3 samples need 3 weights, and 2 are given")]
    [InlineData(new[] { 1f, -1f, 0f }, "Weight 1 is -1")]
    [InlineData(new[] { 1f, 1f, float.NaN }, "Weight 2 is NaN")]
    [InlineData(new[] { 0f, 0f, 0f }, "All 3 weights are 0")]
    public void RefusesWeightsThatWeighNothing(float[] weights, string message) =>
        Should.Throw<ArgumentException>(() => Numbered(3).WithWeights(weights)).Message.ShouldContain(message);
}
