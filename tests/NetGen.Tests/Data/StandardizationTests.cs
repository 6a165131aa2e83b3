namespace NetGen.Tests.Data;

public sealed class StandardizationTests
{
    [Fact]
    public void FeaturesHaveMeanZeroAndDeviationOne()
    {
        // By hand: means 4 and 10, deviations √(8/3) and 0.
        var data = new DataSet([2], new float[] { 2, 10, 4, 10, 6, 10 }, new float[] { 1, 2, 3 });
        DataSet standard = data.Standardize(out Standardization scale);
        scale.Mean.ShouldBe([4, 10]);
        scale.Std.ShouldBe([Math.Sqrt(8 / 3.0), 1]);
        float one = (float)(2 / Math.Sqrt(8 / 3.0));
        standard.Inputs.ToArray().ShouldBe([-one, 0, 0, 0, one, 0]);
        standard.Targets.ToArray().ShouldBe([1, 2, 3]);
        data.Inputs[0].ShouldBe(2);
    }

    [Fact]
    public void ATestSetAndASampleAreBroughtToTheSameScale()
    {
        var train = new DataSet([2], new float[] { 1, 100, 3, 300 }, new float[] { 1, 2 });
        var test = new DataSet([2], new float[] { 5, 200 }, new float[] { 1 });
        train.Standardize(out Standardization scale);
        test.Standardize(scale).Inputs.ToArray().ShouldBe([3, 0]);
        scale.Apply([5, 200]).ShouldBe([3, 0]);
        scale.Undo([3, 0]).ShouldBe([5, 200]);
    }

    [Fact]
    public void ChannelsOfImagesHaveOneMeanEach()
    {
        // Two samples of two channels of 1×2 pixels: channel 0 is 1, 3, 5, 7 (mean 4, deviation √5), channel 1 is 2, 2, 4, 4 (3, 1).
        var data = new DataSet([2, 1, 2], new float[] { 1, 3, 2, 2, 5, 7, 4, 4 }, new[] { 0, 0 }, 1);
        DataSet standard = data.Standardize(out Standardization scale);
        scale.Mean.ShouldBe([4, 3]);
        scale.Area.ShouldBe(2);
        standard.Inputs.ToArray().Zip([-3 / Math.Sqrt(5), -1 / Math.Sqrt(5), -1, -1, 1 / Math.Sqrt(5), 3 / Math.Sqrt(5), 1, 1])
            .ShouldAllBe(pair => Math.Abs(pair.First - pair.Second) < 1e-6);
    }

    [Fact]
    public void TargetsComeBack()
    {
        var data = new DataSet([1], new float[] { 1, 2 }, new float[] { 200_000, 1, 400_000, 3 });
        DataSet standard = data.StandardizeTargets(out Standardization scale);
        standard.Targets.ToArray().ShouldBe([-1, -1, 1, 1]);
        standard.Inputs.ToArray().ShouldBe([1, 2]);
        scale.Undo(standard.Targets).ShouldBe([200_000, 1, 400_000, 3]);
    }

    [Fact]
    public void LargeValuesWithSmallDeviationsKeepThem()
    {
        // Integers near 2²³ are exact in float; a difference of sums of squares would lose their deviation.
        var data = new DataSet([1], new float[] { 8_000_000, 8_000_002 }, new[] { 0, 0 }, 1);
        data.Standardize(out Standardization scale).Inputs.ToArray().ShouldBe([-1, 1]);
        scale.Std.ShouldBe([1]);
    }

    [Fact]
    public void AConstantThatIsNoExactNumberIsLeftAtZero()
    {
        var data = new DataSet([1], Enumerable.Repeat(0.1f, 1001).ToArray(), new int[1001], 1);
        data.Standardize(out Standardization scale).Inputs.ToArray().ShouldAllBe(value => Math.Abs(value) < 1e-6f);
        scale.Std.ShouldBe([1]);
    }

    [Fact]
    public void RefusesWhatDoesNotGoTogether()
    {
        var values = new DataSet([2], new float[4], new float[2]);
        var classes = new DataSet([3], new float[3], new int[1], 1);
        values.Standardize(out Standardization scale);
        Should.Throw<ArgumentException>(() => classes.Standardize(scale)).Message.ShouldContain("samples of 2 values; these have 3 inputs");
        Should.Throw<InvalidOperationException>(() => classes.StandardizeTargets(out _));
        Should.Throw<ArgumentException>(() => scale.Apply([1, 2, 3])).Message.ShouldContain("Samples of 2 values are expected; 3 values are given.");
    }
}
