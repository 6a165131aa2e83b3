using System.Numerics.Tensors;
using NetGen.Tests.Training;

namespace NetGen.Tests.Engine;

/// <summary>Prediction, classes and measures that need no trainer.</summary>
[Collection(Alone.Name)]
public sealed class NetworkExtensionsTests
{
    private static readonly float[] Inputs = TrainerTests.Inputs(150);
    private static readonly int[] Labels = TrainerTests.Labels(150);

    [Fact]
    public void PredictGivesANewArray()
    {
        TestNetwork net = TrainerTests.Perceptron(grouped: true);
        var expected = new float[450];
        net.Predict(Inputs, expected);
        net.Predict(Inputs).ShouldBe(expected);
        net.Predict(Inputs.AsSpan(0, 4)).ShouldBe(expected[..3]);
        Should.Throw<ArgumentException>(() => net.Predict(Inputs.AsSpan(0, 5))).Message.ShouldContain("a positive multiple of 4 values ([4]), and holds 5");
        Should.Throw<ArgumentException>(() => net.Predict([]));
    }

    [Fact]
    public void ClassifyIsThePlaceOfTheLargestOutput()
    {
        var net = new TestNetwork(new LinearProgram(4, 3));
        float[] outputs = net.Predict(Inputs);
        int[] expected = [.. outputs.Chunk(3).Select(row => Array.IndexOf(row, row.Max()))], given = new int[150];
        expected.Distinct().Count().ShouldBe(3);
        net.Classify(Inputs, given);
        given.ShouldBe(expected);
        net.Classify(Inputs.AsSpan(4 * 77, 4)).ShouldBe(expected[77]);
        Should.Throw<ArgumentException>(() => net.Classify(Inputs, new int[149])).Message.ShouldContain("150 samples have as many labels, and there is room for 149");
        Should.Throw<ArgumentException>(() => net.Classify(Inputs)).ParamName.ShouldBe("labels");

        Allocation.Least(() =>
        {
            for (var i = 0; i < 20; i++)
                net.Classify(Inputs, given);
        }).ShouldBe(0);
    }

    [Theory]
    [InlineData(OutputForm.Raw, 0)]
    [InlineData(OutputForm.Sigmoid, 0.5)]
    public void OneOutputSaysYesOrNo(OutputForm form, double border)
    {
        var net = new TestNetwork(new LinearProgram(4, 1, form));
        net.Parameters["linear1.bias"].Values[0] = 0.3f;
        int[] given = new int[150];
        net.Classify(Inputs, given);
        given.ShouldBe(net.Predict(Inputs).Select(x => x > border ? 1 : 0));
        given.Distinct().Count().ShouldBe(2);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(0)]
    public void EvaluateIsWhatPredictComesTo(int threads)
    {
        var net = new TestNetwork(new LinearProgram(4, 3));
        double sum = 0;
        var right = 0;
        float[][] rows = [.. net.Predict(Inputs).Chunk(3)];
        for (var n = 0; n < 150; n++)
        {
            sum += Math.Log(rows[n].Sum(x => Math.Exp(x))) - rows[n][Labels[n]];
            right += Array.IndexOf(rows[n], rows[n].Max()) == Labels[n] ? 1 : 0;
        }
        Evaluation evaluation = net.Evaluate(new DataSet([4], Inputs, Labels, 3), threads: threads);
        evaluation.Loss.ShouldBe(sum / 150, 1e-6);
        evaluation.Accuracy.ShouldBe(right / 150.0);
        // More samples than are taken at a time.
        float[] many = [.. Enumerable.Repeat(Inputs, 20).SelectMany(values => values)];
        int[] manyLabels = [.. Enumerable.Repeat(Labels, 20).SelectMany(values => values)];
        Evaluation ofMany = net.Evaluate(new DataSet([4], many, manyLabels, 3), Loss.CrossEntropy, threads);
        ofMany.Loss.ShouldBe(sum / 150, 1e-6);
        ofMany.Accuracy.ShouldBe(right / 150.0);
    }

    /// <summary>The programs here give what the linear layer gives, and the definition says what that is.</summary>
    [Fact]
    public void WithoutALossItTakesWhatFits()
    {
        var shares = new TestNetwork(new LinearProgram(4, 2, OutputForm.Softmax));
        float[] weights = [0, 0, 0, 0, 0, 0, 0, 0];
        shares.Parameters["linear1.weight"].Values.Assign(weights);
        shares.Parameters["linear1.bias"].Values.Assign([0.2f, 0.8f]);
        var data = new DataSet([4], Inputs.AsMemory(0, 400), Enumerable.Range(0, 100).Select(n => n < 25 ? 0 : 1).ToArray(), 2);
        double entropy = -((0.25 * Math.Log(0.2)) + (0.75 * Math.Log(0.8)));
        Evaluation softmax = shares.Evaluate(data);
        softmax.Loss.ShouldBe(entropy, 1e-6);
        softmax.Accuracy.ShouldBe(0.75);
        Should.Throw<ArgumentException>(() => shares.Evaluate(data, Loss.CrossEntropy)).Message.ShouldContain("remove [Softmax]");

        var probability = new TestNetwork(new LinearProgram(4, 1, OutputForm.Sigmoid));
        probability.Parameters["linear1.weight"].Values.Fill(0);
        probability.Parameters["linear1.bias"].Values[0] = 0.8f;
        Evaluation sigmoid = probability.Evaluate(data);
        sigmoid.Loss.ShouldBe(entropy, 1e-6);
        sigmoid.Accuracy.ShouldBe(0.75);
        probability.Parameters["linear1.bias"].Values[0] = 1;
        probability.Evaluate(data).Loss.ShouldBe(-0.25 * Math.Log(1e-7), 0.1);

        var line = new TestNetwork(new LinearProgram(4, 1));
        line.Parameters["linear1.weight"].Values.Fill(0);
        line.Parameters["linear1.bias"].Values[0] = 3;
        Evaluation squares = line.Evaluate(new DataSet([4], Inputs.AsMemory(0, 8), new[] { 1f, 2f }));
        squares.Loss.ShouldBe(2.5, 1e-6);
        squares.Accuracy.ShouldBeNull();
    }

    [Fact]
    public void BadDataIsRefused()
    {
        TestNetwork net = TrainerTests.Perceptron(grouped: true);
        Should.Throw<ArgumentNullException>(() => net.Evaluate(null!)).ParamName.ShouldBe("data");
        Should.Throw<ArgumentNullException>(() => ((INetwork)null!).Predict(Inputs)).ParamName.ShouldBe("net");
        Should.Throw<ArgumentException>(() => net.Evaluate(new DataSet([5], new float[5], new int[1], 3))).Message.ShouldContain("Perceptron.Evaluate: the data set's samples have shape [5]");
        Should.Throw<ArgumentException>(() => net.Evaluate(new DataSet([4], Array.Empty<float>(), Array.Empty<int>(), 3))).Message.ShouldContain("empty");
        Should.Throw<ArgumentException>(() => net.Evaluate(new DataSet([4], new float[4], new[] { 3 }, 4))).Message.ShouldContain("label 0 is 3");
        Should.Throw<ArgumentOutOfRangeException>(() => net.Evaluate(new DataSet([4], Inputs, Labels, 3), threads: -1));
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Should.Throw<OperationCanceledException>(() => net.Evaluate(new DataSet([4], Inputs, Labels, 3), cancellation: cancelled.Token));
    }

    [Fact]
    public void TensorsAreTakenAsTheyLie()
    {
        var net = new TestNetwork(new LinearProgram(4, 3));
        float[] expected = net.Predict(Inputs.AsSpan(0, 24)), given = new float[18];
        net.Predict(new ReadOnlyTensorSpan<float>(Inputs.AsSpan(0, 24), [6, 4]), new TensorSpan<float>(given, [6, 3]));
        given.ShouldBe(expected);
        var one = new float[3];
        net.Predict(new ReadOnlyTensorSpan<float>(Inputs.AsSpan(0, 4), [4]), new TensorSpan<float>(one, [3]));
        one.ShouldBe(expected[..3]);

        // Columns of a wider tensor, into columns of another: neither is contiguous.
        var wide = new float[6 * 5];
        for (var n = 0; n < 6; n++)
            Inputs.AsSpan(n * 4, 4).CopyTo(wide.AsSpan(n * 5));
        var room = new float[6 * 7];
        net.Predict(new ReadOnlyTensorSpan<float>(wide, [6, 4], [5, 1]), new TensorSpan<float>(room, [6, 3], [7, 1]));
        for (var n = 0; n < 6; n++)
        {
            room.AsSpan(n * 7, 3).ToArray().ShouldBe(expected[(n * 3)..((n * 3) + 3)]);
            room.AsSpan((n * 7) + 3, 4).ToArray().ShouldAllBe(value => value == 0);
        }
        int[] labels = new int[6], same = new int[6];
        net.Classify(new ReadOnlyTensorSpan<float>(wide, [6, 4], [5, 1]), labels);
        net.Classify(Inputs.AsSpan(0, 24), same);
        labels.ShouldBe(same);

        Should.Throw<ArgumentException>(() => net.Predict(new ReadOnlyTensorSpan<float>(Inputs.AsSpan(0, 24), [4, 6]), new TensorSpan<float>(given, [6, 3])))
            .Message.ShouldContain("inputs of shape [n, 4], or [4] for one sample, are expected, and [4, 6] is given");
        Should.Throw<ArgumentException>(() => net.Predict(new ReadOnlyTensorSpan<float>(Inputs.AsSpan(0, 24), [6, 4]), new TensorSpan<float>(given, [3, 3], [3, 1])))
            .Message.ShouldContain("6 samples, and the outputs have room for 3");
    }

    [Fact]
    public void StepsTakeTensorsToo()
    {
        TestNetwork first = TrainerTests.Perceptron(grouped: true), second = TrainerTests.Perceptron(grouped: true);
        using Trainer tensors = first.CreateTrainer(new SGD(0.1), Loss.CrossEntropy, 6), spans = second.CreateTrainer(new SGD(0.1), Loss.CrossEntropy, 6);
        tensors.Step(new ReadOnlyTensorSpan<float>(Inputs.AsSpan(0, 24), [6, 4]), Labels.AsSpan(0, 6)).ShouldBe(spans.Step(Inputs.AsSpan(0, 24), Labels.AsSpan(0, 6)));
        using Trainer values = first.CreateTrainer(new SGD(0.1), Loss.L1, 6), others = second.CreateTrainer(new SGD(0.1), Loss.L1, 6);
        float[] targets = new float[18];
        values.Step(new ReadOnlyTensorSpan<float>(Inputs.AsSpan(0, 24), [6, 4]), new ReadOnlyTensorSpan<float>(targets, [6, 3])).ShouldBe(others.Step(Inputs.AsSpan(0, 24), targets));
        first.AllValues().ShouldBe(second.AllValues());
        Should.Throw<ArgumentException>(() => values.Step(new ReadOnlyTensorSpan<float>(Inputs.AsSpan(0, 24), [6, 4]), new ReadOnlyTensorSpan<float>(targets, [3, 6])))
            .Message.ShouldContain("targets of shape [n, 3]");
    }
}
