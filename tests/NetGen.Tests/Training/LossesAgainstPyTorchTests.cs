using NetGen.Tests.Reference;

namespace NetGen.Tests.Training;

/// <summary>Every loss, with the weights that it takes, has the value and the gradient that PyTorch computed.</summary>
public sealed class LossesAgainstPyTorchTests
{
    public static TheoryData<int> Cases => [.. Enumerable.Range(0, PyTorchLoss.All.Count)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void ValueAndGradientAgree(int number)
    {
        PyTorchLoss one = PyTorchLoss.All[number];
        Loss loss = Create(one);
        int[] labels = loss.TakesLabels ? one.Labels : [];
        float[] targets = loss.TakesLabels ? [] : TrainerTests.Floats(one.Targets);
        float[]? weights = one.SampleWeights is { } ofSamples ? TrainerTests.Floats(ofSamples) : null;
        double total = loss.TotalWeight(labels, weights, one.Rows, targets);
        LossTally tally = LossTests.Evaluate(loss, one.Size, TrainerTests.Floats(one.Outputs), labels, targets, out float[] gradient, weights, total, Math.Max(1, one.Channels));
        (tally.Sum / total).ShouldBe(one.Value, 1e-6 * Math.Max(1, one.Value));
        int stride = (one.Size + 15) / 16 * 16;
        double largest = one.Gradient.Max(Math.Abs);
        for (var n = 0; n < one.Rows; n++)
        {
            for (var i = 0; i < stride; i++)
            {
                double given = gradient[(n * stride) + i];
                if (i < one.Size)
                    given.ShouldBe(one.Gradient[(n * one.Size) + i], 1e-6 * largest, $"row {n}, {i}");
                else
                    given.ShouldBe(0, $"row {n}, padding {i}");
            }
        }
    }

    /// <summary>A trainer divides by what the samples count together, and passes their weights on.</summary>
    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, 1)]
    public void ATrainersStepHasTheWeightedMean(bool grouped, int threads)
    {
        float[] inputs = TrainerTests.Inputs(20), weights = [.. Enumerable.Range(0, 20).Select(n => n % 3 * 0.5f)];
        int[] labels = TrainerTests.Labels(20);
        double[] classes = [0.5, 1, 3];
        TestNetwork net = TrainerTests.Perceptron(grouped);
        float[] outputs = net.Predict(inputs);
        double sum = 0, total = 0;
        for (var n = 0; n < 20; n++)
        {
            double weight = weights[n] * classes[labels[n]], exponentials = Enumerable.Range(0, 3).Sum(c => Math.Exp(outputs[(n * 3) + c]));
            sum += weight * (Math.Log(exponentials) - outputs[(n * 3) + labels[n]]);
            total += weight;
        }
        using Trainer trainer = net.CreateTrainer(new SGD(0.1), Loss.WeightedCrossEntropy(classes), 20, threads);
        ((double)trainer.Step(inputs, labels, weights)).ShouldBe(sum / total, 1e-6);

        // Samples that count nothing are as good as absent, and a common factor changes nothing.
        TestNetwork without = TrainerTests.Perceptron(grouped), doubled = TrainerTests.Perceptron(grouped);
        int[] kept = [.. Enumerable.Range(0, 20).Where(n => weights[n] > 0)];
        using Trainer fewer = without.CreateTrainer(new SGD(0.1), Loss.WeightedCrossEntropy(classes), 20, threads);
        using Trainer twice = doubled.CreateTrainer(new SGD(0.1), Loss.WeightedCrossEntropy(classes), 20, threads);
        fewer.Step([.. kept.SelectMany(n => inputs[(n * 4)..((n * 4) + 4)])], [.. kept.Select(n => labels[n])], [.. kept.Select(n => weights[n])]);
        twice.Step(inputs, labels, [.. weights.Select(weight => weight * 2)]);
        AreClose(without.AllValues()[..15], net.AllValues()[..15]);
        AreClose(doubled.AllValues()[..15], net.AllValues()[..15]);

        float[] before = net.AllValues();
        trainer.Step(inputs, labels, new float[20]).ShouldBe(0);
        net.AllValues()[..15].ShouldBe(before[..15]);
        Should.Throw<ArgumentException>(() => trainer.Step(inputs, labels, new float[19])).Message.ShouldContain("20 samples need 20 weights, and 19");
        Should.Throw<ArgumentException>(() => trainer.Step(inputs, labels, [.. weights.Select(_ => -1f)])).Message.ShouldContain("weight 0 is -1");
    }

    private static void AreClose(float[] actual, float[] expected)
    {
        for (var i = 0; i < expected.Length; i++)
            actual[i].ShouldBe(expected[i], 1e-6);
    }

    private static Loss Create(PyTorchLoss one) => one.Loss switch
    {
        "CrossEntropy" when one.Classes => Loss.WeightedCrossEntropy(one.ClassWeights, one.LabelSmoothing, one.Ignore),
        "CrossEntropy" when one.Ignore is not null => Loss.SmoothedCrossEntropy(one.LabelSmoothing, one.Ignore),
        "PixelCrossEntropy" => Loss.PixelCrossEntropy(one.ClassWeights, one.LabelSmoothing, one.Ignore),
        "Hinge" => Loss.Hinge(one.Margin, one.Squared),
        "Focal" => Loss.Focal(one.Alpha, one.Gamma),
        "Dice" => Loss.Dice(one.Smooth),
        "CrossEntropy" when one.LabelSmoothing > 0 => Loss.SmoothedCrossEntropy(one.LabelSmoothing),
        "CrossEntropy" => Loss.CrossEntropy,
        "NegativeLogLikelihood" when one.Classes => Loss.WeightedNegativeLogLikelihood(one.ClassWeights),
        "NegativeLogLikelihood" => Loss.NegativeLogLikelihood,
        "MeanSquaredError" => Loss.MeanSquaredError,
        "L1" => Loss.L1,
        "Huber" => Loss.Huber(one.Delta),
        "BinaryCrossEntropy" when one.Pos || one.Weight => Loss.WeightedBinaryCrossEntropy(one.PosWeights, one.OutputWeights),
        "BinaryCrossEntropy" => Loss.BinaryCrossEntropy,
        _ => throw new InvalidDataException($"No such loss, '{one.Loss}'."),
    };
}
