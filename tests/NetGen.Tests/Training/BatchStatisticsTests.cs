using NetGen.Tests.Numerics;
using NetGen.Tests.Reference.Layers;

namespace NetGen.Tests.Training;

/// <summary>Training batches of which batch normalisation gets a single value per channel: PyTorch raises a ValueError.</summary>
public sealed class BatchStatisticsTests
{
    private static readonly DataSet Data = new(
        new Shape(4), Enumerable.Range(0, 36).Select(i => i * i % 7f).ToArray(), new[] { 0, 1, 2, 0, 1, 2, 0, 1, 2 }, 3);

    /// <summary>A layer of vectors gets one value of a sample.</summary>
    private static NetworkCase Vectors { get; } = new([4], [new LinearLayer(4, 3), new BatchNorm1dLayer(3), new LinearLayer(3, 3)], 4, 1);

    /// <summary>A layer of images gets as many as there are pixels.</summary>
    private static NetworkCase Images { get; } = new([1, 2, 2], [new BatchNorm2dLayer(1), new FlattenLayer(), new LinearLayer(4, 3)], 4, 1);

    /// <summary>An image of one pixel is no better than a vector.</summary>
    private static NetworkCase Pixels { get; } = new([4, 1, 1], [new BatchNorm2dLayer(4), new FlattenLayer(), new LinearLayer(4, 3)], 4, 1);

    [Fact]
    public void AStepOfOneSampleIsRefusedAndNothingChanges()
    {
        foreach (NetworkCase one in new[] { Vectors, Pixels })
        {
            TestNetwork net = Network(one);
            float[] before = net.AllValues();
            using Trainer trainer = net.CreateTrainer(new SGD(0.1f), Loss.CrossEntropy, 4), ofValues = net.CreateTrainer(new SGD(0.1f), Loss.MeanSquaredError, 4);
            ArgumentException refusal = Should.Throw<ArgumentException>(() => trainer.Step(new float[4], new int[1]));
            refusal.Message.ShouldContain("batchnorm1 normalises by the statistics of a training batch, and expects more than 1 value per channel");
            refusal.ParamName.ShouldBe("labels");
            Should.Throw<ArgumentException>(() => trainer.Step(new float[4], new byte[1]));
            Should.Throw<ArgumentException>(() => ofValues.Step(new float[4], new float[3]));
            net.AllValues().ShouldBe(before);
            trainer.Step(Data.Inputs[..8], Data.Labels[..2]);
            trainer.Evaluate(Data).Loss.ShouldBeGreaterThan(0);
        }
        using Trainer ofImages = Network(Images).CreateTrainer(new SGD(0.1f), Loss.CrossEntropy, 4);
        ofImages.Step(Data.Inputs[..4], Data.Labels[..1]);
    }

    [Fact]
    public void FitRefusesALastBatchOfOneSampleBeforeItBegins()
    {
        TestNetwork net = Network(Vectors);
        using Trainer trainer = net.CreateTrainer(new SGD(0.1f), Loss.CrossEntropy, 4), single = Network(Vectors).CreateTrainer(new SGD(), Loss.CrossEntropy, 1);
        ArgumentException refusal = Should.Throw<ArgumentException>(() => trainer.Fit(Data, 1));
        refusal.ParamName.ShouldBe("train");
        refusal.Message.ShouldContain("the last of 9 samples in batches of 4 stands alone. Leave it out by dropLast: true");
        trainer.StepCount.ShouldBe(0);
        Should.Throw<ArgumentException>(() => single.Fit(Data, 1, dropLast: true)).Message.ShouldContain("Choose a larger batch");

        trainer.Fit(Data, 1, dropLast: true);
        trainer.Fit(Data.Take(8), 1, validation: Data);
        trainer.Fit(Data.Take(6), 1);
        trainer.StepCount.ShouldBe(6);
        using Trainer ofImages = Network(Images).CreateTrainer(new SGD(0.1f), Loss.CrossEntropy, 4);
        ofImages.Fit(Data, 1);
    }

    [Fact]
    public void APassRefusesOneSampleInTrainingOnly()
    {
        using NetworkPass pass = Network(Vectors).CreatePass(4);
        pass.Forward(new float[4]);
        pass.Training = true;
        Should.Throw<ArgumentException>(() => pass.Forward(new float[4])).ParamName.ShouldBe("inputs");
        pass.Forward(Data.Inputs[..8]);
    }

    private static TestNetwork Network(NetworkCase one) =>
        TrainerTests.Load(one, one.CreateReference(3), grouped: false);
}
