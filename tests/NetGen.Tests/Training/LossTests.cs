using NetGen.Tests.Reference;

namespace NetGen.Tests.Training;

public sealed class LossTests
{
    private const int Rows = 23;

    [Theory]
    [InlineData(1, 1f)]
    [InlineData(2, 5f)]
    [InlineData(10, 1f)]
    [InlineData(10, 80f)]
    [InlineData(15, 5f)]
    [InlineData(16, 5f)]
    [InlineData(17, 5f)]
    [InlineData(100, 20f)]
    [InlineData(1000, 5f)]
    public void CrossEntropyIsThatOfTheReference(int classes, float size)
    {
        float[] outputs = Outputs(classes, size);
        int[] labels = Filler.Labels(9, Rows, classes);
        (double expected, double[] gradient) = new Reference.CrossEntropyLoss(labels).Evaluate(Doubles(outputs), Rows);
        Compare(Loss.CrossEntropy, classes, outputs, labels, [], expected, gradient);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(40)]
    public void SmoothedCrossEntropyIsThatOfItsDefinition(int classes)
    {
        const double Smoothing = 0.1;
        float[] outputs = Outputs(classes, 3);
        int[] labels = Filler.Labels(9, Rows, classes);
        // The label's share is 1 − ε, and ε/classes goes to every class: a mean of plain cross-entropies.
        double expected = 0;
        var gradient = new double[outputs.Length];
        for (var other = -1; other < classes; other++)
        {
            double weight = other < 0 ? 1 - Smoothing : Smoothing / classes;
            int[] target = other < 0 ? labels : [.. Enumerable.Repeat(other, Rows)];
            (double value, double[] part) = new Reference.CrossEntropyLoss(target).Evaluate(Doubles(outputs), Rows);
            expected += weight * value;
            for (var i = 0; i < gradient.Length; i++)
                gradient[i] += weight * part[i];
        }
        Compare(Loss.SmoothedCrossEntropy(Smoothing), classes, outputs, labels, [], expected, gradient);
        Should.Throw<ArgumentOutOfRangeException>(() => Loss.SmoothedCrossEntropy(1));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(33)]
    public void NegativeLogLikelihoodIsThatOfTheReference(int classes)
    {
        float[] outputs = Outputs(classes, 3);
        int[] labels = Filler.Labels(9, Rows, classes);
        (double expected, double[] gradient) = new Reference.NegativeLogLikelihoodLoss(labels).Evaluate(Doubles(outputs), Rows);
        Compare(Loss.NegativeLogLikelihood, classes, outputs, labels, [], expected, gradient);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(16)]
    [InlineData(37)]
    public void MeanSquaredErrorIsThatOfTheReference(int size)
    {
        float[] outputs = Outputs(size, 3), targets = [.. Outputs(size, 3).Reverse()];
        (double expected, double[] gradient) = new Reference.MeanSquaredErrorLoss(Doubles(targets)).Evaluate(Doubles(outputs), Rows);
        Compare(Loss.MeanSquaredError, size, outputs, [], targets, expected, gradient);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(20)]
    public void HugeOutputsStayFiniteAndBadOnesShow(int classes)
    {
        var outputs = new float[Rows * classes];
        for (var i = 0; i < outputs.Length; i++)
            outputs[i] = i % classes == 3 ? 3e38f : -3e38f;
        LossTally right = Evaluate(Loss.CrossEntropy, classes, outputs, [.. Enumerable.Repeat(3, Rows)], [], out float[] gradient);
        right.Sum.ShouldBe(0);
        right.Correct.ShouldBe(Rows);
        gradient.ShouldAllBe(value => value == 0);

        outputs[5] = float.NaN;
        double.IsNaN(Evaluate(Loss.CrossEntropy, classes, outputs, new int[Rows], [], out _).Sum).ShouldBeTrue();
        outputs[5] = float.PositiveInfinity;
        double.IsNaN(Evaluate(Loss.CrossEntropy, classes, outputs, new int[Rows], [], out _).Sum).ShouldBeTrue();
    }

    [Theory]
    [InlineData(10)]
    [InlineData(20)]
    public void OfEqualOutputsTheFirstIsThePrediction(int classes)
    {
        var outputs = new float[Rows * classes];
        foreach (Loss loss in new[] { Loss.CrossEntropy, Loss.NegativeLogLikelihood })
        {
            Evaluate(loss, classes, outputs, new int[Rows], [], out _).Correct.ShouldBe(Rows);
            Evaluate(loss, classes, outputs, [.. Enumerable.Repeat(1, Rows)], [], out _).Correct.ShouldBe(0);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(16)]
    [InlineData(20)]
    [InlineData(100)]
    public void ARowWithNotANumberIsWrong(int classes)
    {
        foreach (Loss loss in new[] { Loss.CrossEntropy, Loss.SmoothedCrossEntropy(0.1), Loss.NegativeLogLikelihood })
        {
            var outputs = new float[Rows * classes];
            int[] labels = [.. Enumerable.Range(0, Rows).Select(n => n % classes)];
            for (var n = 0; n < Rows; n++)
                outputs[(n * classes) + labels[n]] = 5;
            Evaluate(loss, classes, outputs, labels, [], out _).Correct.ShouldBe(Rows);
            for (var n = 0; n < Rows; n++)
            {
                // At every place in turn, that of the label among them.
                for (var i = 0; i < classes; i++)
                {
                    float[] one = [.. outputs];
                    one[(n * classes) + i] = float.NaN;
                    LossTally tally = Evaluate(loss, classes, one, labels, [], out _);
                    tally.Correct.ShouldBe(Rows - 1, $"row {n}, {i}");
                }
            }
            Evaluate(loss, classes, [.. Enumerable.Repeat(float.NaN, Rows * classes)], new int[Rows], [], out _).Correct.ShouldBe(0);
        }
    }

    [Theory]
    [InlineData(16)]
    [InlineData(1000)]
    public void ManyRowsDoNotOverflowTheProductOfTheirSums(int classes)
    {
        const int Many = 700; // Both 16^700 and 1000^700 are far beyond double precision.
        LossTally tally = Evaluate(Loss.CrossEntropy, classes, new float[Many * classes], new int[Many], [], out _);
        (tally.Sum / Many).ShouldBe(Math.Log(classes), 1e-9);
        tally.Correct.ShouldBe(Many);
    }

    /// <summary>Whoever calls a loss checks labels; what it does with others must stay within the row all the same.</summary>
    [Theory]
    [InlineData(10)]
    [InlineData(16)]
    [InlineData(20)]
    public void NoLabelLeadsOutOfItsRow(int classes)
    {
        int[] labels = [.. Enumerable.Range(0, Rows).Select(n => (n % 4) switch { 0 => int.MaxValue, 1 => int.MinValue, 2 => -1, _ => classes })];
        double[] weights = [.. Enumerable.Repeat(2.0, classes)];
        Loss[] all =
        [
            Loss.CrossEntropy, Loss.SmoothedCrossEntropy(0.1), Loss.WeightedCrossEntropy(weights), Loss.WeightedCrossEntropy(weights, 0.1),
            Loss.NegativeLogLikelihood, Loss.WeightedNegativeLogLikelihood(weights),
        ];
        foreach (Loss loss in all)
        {
            Evaluate(loss, classes, Outputs(classes, 3), labels, [], out float[] gradient);
            Evaluate(loss, classes, Outputs(classes, 3), [.. Enumerable.Repeat(classes - 1, Rows)], [], out float[] ofTheLast);
            gradient.ShouldBe(ofTheLast);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(16)]
    [InlineData(33)]
    public void BinaryAnswersAreRightOnTheTargetsSideOfAHalf(int size)
    {
        float[] outputs = Outputs(size, 3), targets = [.. Filler.Values(5, Rows * size).Select(value => value > 0 ? 1f : 0f)];
        long expected = outputs.Zip(targets, (x, t) => x > 0 == t > 0.5f ? 1L : 0).Sum();
        Evaluate(Loss.BinaryCrossEntropy, size, outputs, [], targets, out _).Correct.ShouldBe(expected);
        // Not-a-number is no answer, and so never right.
        float[] bad = [.. outputs.Select((x, i) => i % 2 == 0 ? float.NaN : x)];
        expected = bad.Zip(targets, (x, t) => !float.IsNaN(x) && x > 0 == t > 0.5f ? 1L : 0).Sum();
        Evaluate(Loss.BinaryCrossEntropy, size, bad, [], targets, out _).Correct.ShouldBe(expected);
    }

    [Fact]
    public void BinaryCrossEntropyIsExactFarFromZero()
    {
        // log(1 + e⁻ˣ), which a sum of larger terms would lose.
        foreach (double x in new[] { 0.5, 5, 12, 20, 40, 80 })
        {
            double expected = Math.Log2(1 + Math.Exp(-x)) * Math.Log(2), small = Math.Exp(-x);
            if (x >= 12)
                expected = small - (small * small / 2); // Within 1e-15 of the whole.
            LossTally right = Evaluate(Loss.BinaryCrossEntropy, 2, [(float)x, (float)-x], [], [1, 0], out float[] gradient);
            right.Sum.ShouldBe(expected, 1e-6 * expected, $"{x}");
            gradient[1].ShouldBe((float)(1 / (1 + Math.Exp(x)) / 2), 1e-6 / (1 + Math.Exp(x)));
            LossTally wrong = Evaluate(Loss.BinaryCrossEntropy, 2, [(float)x, (float)-x], [], [0, 1], out _);
            wrong.Sum.ShouldBe(x + expected, 1e-6 * x);
        }
        LossTally extreme = Evaluate(Loss.BinaryCrossEntropy, 2, [3e38f, -3e38f], [], [1, 0], out float[] none);
        extreme.Sum.ShouldBe(0);
        none[..2].ShouldBe([0, 0]);
    }

    private static float[] Outputs(int size, float scale) => [.. Filler.Values(4, Rows * size).Select(value => (float)value * scale)];

    private static double[] Doubles(float[] values) => [.. values.Select(value => (double)value)];

    private static void Compare(Loss loss, int size, float[] outputs, int[] labels, float[] targets, double expected, double[] expectedGradient)
    {
        LossTally tally = Evaluate(loss, size, outputs, labels, targets, out float[] gradient);
        (tally.Sum / Rows).ShouldBe(expected, 1e-6 * Math.Max(1, Math.Abs(expected)));
        int stride = (size + 15) / 16 * 16;
        for (var n = 0; n < Rows; n++)
        {
            for (var i = 0; i < stride; i++)
            {
                double given = gradient[(n * stride) + i];
                if (i < size)
                    given.ShouldBe(expectedGradient[(n * size) + i], 3e-7 * Math.Max(1.0 / Rows, Math.Abs(expectedGradient[(n * size) + i])), $"row {n}, {i}");
                else
                    given.ShouldBe(0, $"row {n}, padding {i}");
            }
        }
        if (labels.Length > 0)
            tally.Correct.ShouldBe(Enumerable.Range(0, Rows).Count(n => outputs.AsSpan(n * size, size).IndexOf(outputs[(n * size)..((n + 1) * size)].Max()) == labels[n]));
    }

    /// <summary>The sum of the losses and the gradient of their mean, in rows of <paramref name="size"/> made up to a multiple of 16.</summary>
    internal static LossTally Evaluate(
        Loss loss, int size, float[] outputs, int[] labels, float[] targets, out float[] gradient, float[]? weights = null, double? total = null, int channels = 1)
    {
        int rows = outputs.Length / size, stride = (size + 15) / 16 * 16;
        // Values beyond a row are not outputs and must not matter.
        float[] padded = [.. Enumerable.Repeat(1e9f, rows * stride)];
        for (var n = 0; n < rows; n++)
            outputs.AsSpan(n * size, size).CopyTo(padded.AsSpan(n * stride));
        gradient = [.. Enumerable.Repeat(float.NaN, rows * stride)];
        int[] someLabels = labels.Length == 0 ? [0] : labels;
        float[] someTargets = targets.Length == 0 ? [0] : targets;
        var measured = new LossRows
        {
            Outputs = ref padded[0],
            Gradients = ref System.Runtime.CompilerServices.Unsafe.NullRef<float>(),
            Labels = ref someLabels[0],
            Targets = ref someTargets[0],
            Weights = ref weights is null ? ref System.Runtime.CompilerServices.Unsafe.NullRef<float>() : ref weights[0],
            Count = rows,
            Size = size,
            Channels = channels,
            Stride = stride,
            Scale = (float)(1 / (total ?? rows)),
        };
        LossTally alone = loss.Evaluate(measured);
        measured.Gradients = ref gradient[0];
        LossTally tally = loss.Evaluate(measured);
        alone.ShouldBe(tally, "with gradients or without");
        return tally;
    }
}
