namespace NetGen.Tests.Training;

/// <summary>Losses whose targets are another number than the outputs, and labels that count nothing, through trainers and evaluations.</summary>
public sealed class PixelLossTests
{
    private const int Pixels = 5, Classes = 3, Samples = 20;

    private static float[] Inputs { get; } = TrainerTests.Inputs(Samples);

    private static int[] Labels { get; } = Reference.Filler.Labels(3, Samples * Pixels, Classes);

    private static TestNetwork Net => new(new LinearProgram(4, Classes * Pixels, outputShape: [Classes, Pixels, 1]));

    [Fact]
    public void PixelsAreLearntOneByOne()
    {
        TestNetwork net = Net, other = Net;
        float[] targets = [.. Labels.Select(label => (float)label)], weights = [.. Enumerable.Range(0, Samples).Select(n => n % 3f)];
        targets[7] = 255;
        var data = new DataSet([4], Inputs, targets, [Pixels, 1]).WithWeights(weights);
        Loss loss = Loss.PixelCrossEntropy([1, 2, 3], ignoreIndex: 255);
        using Trainer trainer = net.CreateTrainer(new SGD(0.5), loss, Samples, 2), byValues = other.CreateTrainer(new SGD(0.5), loss, 7);
        byValues.AccumulationSteps = 3;

        // The mean over all pixels, by hand.
        float[] outputs = net.Predict(Inputs);
        double sum = 0, total = 0;
        var right = 0;
        for (var n = 0; n < Samples; n++)
        {
            for (var p = 0; p < Pixels; p++)
            {
                double[] logits = [.. Enumerable.Range(0, Classes).Select(c => (double)outputs[(((n * Classes) + c) * Pixels) + p])];
                int label = (int)targets[(n * Pixels) + p];
                if (label == 255)
                    continue;
                right += Array.IndexOf(logits, logits.Max()) == label ? 1 : 0;
                double weight = weights[n] * (label + 1);
                sum += weight * (Math.Log(logits.Sum(Math.Exp)) - logits[label]);
                total += weight;
            }
        }
        foreach (Evaluation evaluation in (Evaluation[])[trainer.Evaluate(data), net.Evaluate(data, loss)])
        {
            evaluation.Loss.ShouldBe(sum / total, 1e-6);
            evaluation.Accuracy.ShouldBe((double)right / ((Samples * Pixels) - 1));
        }
        int[] labels = [.. targets.Select(target => (int)target)];
        ((double)trainer.Step(Inputs, labels, weights)).ShouldBe(sum / total, 1e-6);
        ((double)byValues.Step(Inputs, targets, weights)).ShouldBe(sum / total, 1e-6);
        float[] values = net.AllValues(), alike = other.AllValues();
        for (var i = 0; i < values.Length; i++)
            alike[i].ShouldBe(values[i], 1e-6);
        History history = trainer.Fit(data, 30);
        history.Last.TrainLoss.ShouldBeLessThan(history[0].TrainLoss);
    }

    [Fact]
    public void WrongTargetsAreNamed()
    {
        using Trainer trainer = Net.CreateTrainer(new SGD(), Loss.PixelCrossEntropy(), Samples);
        float[] targets = [.. Labels.Select(label => (float)label)];
        Refused(3, "target 3 of sample 1 is 3; a class, a whole number from 0 to 2, is expected");
        Refused(0.5f, "target 3 of sample 1 is 0.5;");
        Refused(-1, "is -1;");
        Refused(float.NaN, "is NaN;");
        Should.Throw<ArgumentException>(() => trainer.Step(Inputs, new float[Samples * Classes * Pixels + 1])).Message.ShouldContain("a multiple of 5 values (5) is expected");
        Should.Throw<ArgumentException>(() => trainer.Step(Inputs, new float[Samples * Classes * Pixels])).Message.ShouldContain("1 to 20 samples");
        Should.Throw<ArgumentException>(() => trainer.Evaluate(new DataSet([4], Inputs, new float[Samples * 15], [3, 5, 1]))).Message.ShouldContain(
            "targets have shape [3, 5, 1], 15 values, and the network's outputs [3, 5, 1], of which Loss.PixelCrossEntropy takes 5 values");
        Should.Throw<ArgumentException>(() => new TestNetwork(new LinearProgram(4, 3)).CreateTrainer(new SGD(), Loss.PixelCrossEntropy(), 4)).Message.ShouldContain("use Loss.CrossEntropy for one class of a sample");
        Should.Throw<ArgumentException>(() => Net.CreateTrainer(new SGD(), Loss.PixelCrossEntropy([1, 1]), 4)).Message.ShouldContain("this loss has 2 class weights, and the network has 3 outputs");
        Should.Throw<ArgumentException>(() => new TestNetwork(new LinearProgram(4, 3, OutputForm.Sigmoid)).CreateTrainer(new SGD(), Loss.Dice(), 4)).Message.ShouldContain("it contains the sigmoid");
        Should.Throw<ArgumentException>(() => new TestNetwork(new LinearProgram(4, 3, OutputForm.Sigmoid)).CreateTrainer(new SGD(), Loss.Focal(), 4)).Message.ShouldContain("it contains the sigmoid");
        Should.Throw<ArgumentException>(() => new TestNetwork(new LinearProgram(4, 3, OutputForm.Softmax)).CreateTrainer(new SGD(), Loss.Hinge(), 4)).Message.ShouldContain("it takes outputs as they are");
        Should.Throw<ArgumentOutOfRangeException>(() => Loss.Hinge(0)).ParamName.ShouldBe("margin");
        Should.Throw<ArgumentOutOfRangeException>(() => Loss.Focal(1)).ParamName.ShouldBe("alpha");
        Should.Throw<ArgumentOutOfRangeException>(() => Loss.Focal(0.5, -1)).ParamName.ShouldBe("gamma");
        Should.Throw<ArgumentOutOfRangeException>(() => Loss.Dice(0)).ParamName.ShouldBe("smooth");

        void Refused(float target, string message)
        {
            float before = targets[8];
            targets[8] = target;
            Should.Throw<ArgumentException>(() => trainer.Step(Inputs, targets)).Message.ShouldContain(message);
            Should.Throw<ArgumentException>(() => trainer.Fit(new DataSet([4], Inputs, targets, [Pixels, 1]), 1)).Message.ShouldContain(message);
            targets[8] = before;
        }
    }

    [Fact]
    public void IgnoredLabelsCountNothing()
    {
        TestNetwork net = TrainerTests.Perceptron(grouped: true), without = TrainerTests.Perceptron(grouped: true);
        int[] labels = TrainerTests.Labels(Samples), some = [.. labels.Select((label, n) => n % 4 == 0 ? -100 : label)];
        int[] kept = [.. Enumerable.Range(0, Samples).Where(n => n % 4 != 0)];
        using Trainer trainer = net.CreateTrainer(new SGD(0.5), Loss.SmoothedCrossEntropy(0.1, ignoreIndex: -100), Samples);
        using Trainer fewer = without.CreateTrainer(new SGD(0.5), Loss.SmoothedCrossEntropy(0.1), Samples);
        float loss = trainer.Step(Inputs, some);
        fewer.Step([.. kept.SelectMany(n => Inputs[(n * 4)..((n * 4) + 4)])], [.. kept.Select(n => labels[n])]).ShouldBe(loss, 1e-6);
        float[] values = net.AllValues(), alike = without.AllValues();
        for (var i = 0; i < 15; i++)
            alike[i].ShouldBe(values[i], 1e-6);
        trainer.Step(Inputs, [.. Enumerable.Repeat(-100, Samples)]).ShouldBe(0);
        net.AllValues()[..15].ShouldBe(values[..15]);
        Should.Throw<ArgumentException>(() => trainer.Step(Inputs, [.. Enumerable.Repeat(-99, Samples)])).Message.ShouldContain("label 0 is -99");

        var data = new DataSet([4], Inputs, some.Select(label => label < 0 ? 9 : label).ToArray(), 10);
        var answered = new DataSet([4], kept.SelectMany(n => Inputs[(n * 4)..((n * 4) + 4)]).ToArray(), kept.Select(n => labels[n]).ToArray(), 3);
        Evaluation all = net.Evaluate(data, Loss.SmoothedCrossEntropy(0, ignoreIndex: 9)), part = net.Evaluate(answered, Loss.CrossEntropy);
        all.Loss.ShouldBe(part.Loss, 1e-6);
        all.Accuracy.ShouldBe(part.Accuracy);
    }
}
