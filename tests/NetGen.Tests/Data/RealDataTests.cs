namespace NetGen.Tests.Data;

/// <summary>Real files, where the machine has them; the counts and means are those that the data sets are known by.</summary>
public sealed class RealDataTests
{
    private static readonly int[] TrainingDigits = [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949];
    private static readonly int[] TestDigits = [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009];

    [Fact]
    public void MnistIsWhatItIsKnownToBe()
    {
        if (RealData.Find("mnist") is not { } folder)
            return;
        (DataSet train, DataSet test) = Mnist.Load(folder);
        Counts(train).ShouldBe(TrainingDigits);
        Counts(test).ShouldBe(TestDigits);
        (double mean, double deviation) = Moments(train);
        mean.ShouldBe(0, 0.001);
        deviation.ShouldBe(1, 0.001);
    }

    [Fact]
    public void FashionMnistIsWhatItIsKnownToBe()
    {
        if (RealData.Find("fashion-mnist") is not { } folder)
            return;
        (DataSet train, DataSet test) = FashionMnist.Load(folder);
        Counts(train).ShouldAllBe(count => count == 6000);
        Counts(test).ShouldAllBe(count => count == 1000);
        (double mean, double deviation) = Moments(train);
        mean.ShouldBe(0, 0.001);
        deviation.ShouldBe(1, 0.001);
    }

    [Fact]
    public void Cifar10IsWhatItIsKnownToBe()
    {
        if (RealData.Find("cifar10") is not { } folder)
            return;
        (DataSet train, DataSet test) = Cifar10.Load(folder);
        Counts(train).ShouldAllBe(count => count == 5000);
        (test.Count % 1000).ShouldBe(0);
        (double mean, double deviation) = Moments(train.Take(10_000));
        mean.ShouldBe(0, 0.01);
        deviation.ShouldBe(1, 0.01);
    }

    private static int[] Counts(DataSet data) => [.. data.Labels.ToArray().GroupBy(label => label).OrderBy(group => group.Key).Select(group => group.Count())];

    private static (double Mean, double Deviation) Moments(DataSet data)
    {
        double sum = 0, squares = 0;
        foreach (float value in data.Inputs)
        {
            sum += value;
            squares += (double)value * value;
        }
        double mean = sum / data.Inputs.Length;
        return (mean, Math.Sqrt(squares / data.Inputs.Length - mean * mean));
    }
}
