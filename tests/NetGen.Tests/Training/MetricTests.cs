using System.Globalization;
using NetGen.Tests.Data;

namespace NetGen.Tests.Training;

/// <summary>Metrics against what one counts by hand from predictions.</summary>
public sealed class MetricTests : IDisposable
{
    private const int Samples = 150, Classes = 5;

    private readonly TemporaryFolder folder = new();

    private static DataSet Data { get; } = new([4], TrainerTests.Inputs(Samples), Reference.Filler.Labels(3, Samples, Classes), Classes);

    private static TestNetwork Net(OutputForm form = OutputForm.Raw) => new(new LinearProgram(4, Classes, form));

    public void Dispose() => folder.Dispose();

    [Fact]
    public void MetricsOfClassesAreThoseCountedByHand()
    {
        TestNetwork net = Net();
        float[] outputs = net.Predict(Data.Inputs.ToArray());
        int[][] ranked = [.. Enumerable.Range(0, Samples).Select(n => Enumerable.Range(0, Classes).OrderByDescending(c => outputs[(n * Classes) + c]).ToArray())];
        int[] predicted = [.. ranked.Select(order => order[0])], labels = Data.Labels.ToArray();
        int Count(int label, int said) => Enumerable.Range(0, Samples).Count(n => labels[n] == label && predicted[n] == said);
        double[] recall = [.. Enumerable.Range(0, Classes).Select(c => (double)Count(c, c) / labels.Count(label => label == c))];
        double[] precision = [.. Enumerable.Range(0, Classes).Select(c => predicted.Contains(c) ? (double)Count(c, c) / predicted.Count(said => said == c) : 0)];
        double[] f1 = [.. recall.Zip(precision, (r, p) => r + p == 0 ? 0 : 2 * r * p / (r + p))];
        double[] overlap = [.. Enumerable.Range(0, Classes).Select(c => (double)Count(c, c) / Enumerable.Range(0, Samples).Count(n => labels[n] == c || predicted[n] == c))];
        // Of all pairs of a sample of class 2 and another, those in the right order of probability.
        double[] scores = [.. Enumerable.Range(0, Samples).Select(n => Math.Exp(outputs[(n * Classes) + 2]) / Enumerable.Range(0, Classes).Sum(c => Math.Exp(outputs[(n * Classes) + c])))];
        double pairs = 0, inOrder = 0;
        for (var n = 0; n < Samples; n++)
        {
            for (var m = 0; m < Samples; m++)
            {
                if (labels[n] != 2 || labels[m] == 2)
                    continue;
                pairs++;
                inOrder += scores[n] > scores[m] ? 1 : scores[n] == scores[m] ? 0.5 : 0;
            }
        }
        var matrix = new ConfusionMatrix();
        Metric[] metrics =
        [
            matrix, Metric.TopK(1), Metric.TopK(2), Metric.TopK(9), Metric.Precision(), Metric.Precision(3), Metric.Recall(), Metric.Recall(0), Metric.F1(), Metric.F1(1),
            Metric.IntersectionOverUnion(), Metric.IntersectionOverUnion(4), Metric.Auc(2), Metric.Recall(Classes),
        ];
        double right = predicted.Zip(labels, (said, label) => said == label ? 1.0 : 0).Average();
        (string, double)[] expected =
        [
            ("accuracy", right), ("top-1", right), ("top-2", Enumerable.Range(0, Samples).Average(n => ranked[n].AsSpan(0, 2).Contains(labels[n]) ? 1.0 : 0)), ("top-9", 1),
            ("precision", precision.Average()), ("precision of 3", precision[3]), ("recall", recall.Average()), ("recall of 0", recall[0]), ("F1", f1.Average()), ("F1 of 1", f1[1]),
            ("IoU", overlap.Average()), ("IoU of 4", overlap[4]), ("AUC of 2", inOrder / pairs), ("recall of 5", double.NaN),
        ];
        using Trainer trainer = net.CreateTrainer(new SGD(0), Loss.CrossEntropy, 32, 2);
        foreach (Evaluation evaluation in (Evaluation[])[trainer.Evaluate(Data, metrics: metrics), net.Evaluate(Data, metrics: metrics), trainer.Evaluate(Data, metrics: metrics)])
        {
            evaluation.Metrics.Keys.ShouldBe(expected.Select(one => one.Item1));
            foreach ((string name, double value) in expected)
                (evaluation.Metrics[name].Equals(value) || Math.Abs(evaluation.Metrics[name] - value) < 1e-12).ShouldBeTrue($"{name}: {evaluation.Metrics[name]}, not {value}");
            evaluation.Accuracy.ShouldBe(right);
        }
        for (var label = 0; label < Classes; label++)
        {
            for (var said = 0; said < Classes; said++)
                matrix[label, said].ShouldBe(Count(label, said));
        }
        trainer.Evaluate(Data).Metrics.ShouldBeEmpty();
        // Of probabilities it is the same order.
        Net(OutputForm.Softmax).Evaluate(Data, metrics: [Metric.TopK(2)]).Metrics["top-2"].ShouldBe(expected[2].Item2);
    }

    [Fact]
    public void EveryPixelAndEveryYesOrNoCounts()
    {
        var pixels = new TestNetwork(new LinearProgram(4, 6, outputShape: [3, 2]));
        float[] targets = [.. Reference.Filler.Labels(5, Samples * 2, 3).Select(label => (float)label)];
        targets[5] = 255;
        var data = new DataSet([4], Data.Inputs.ToArray(), targets, [2]);
        var matrix = new ConfusionMatrix();
        Evaluation evaluation = pixels.Evaluate(data, Loss.PixelCrossEntropy(ignoreIndex: 255), metrics: [matrix, Metric.IntersectionOverUnion(), Metric.Auc(0)]);
        evaluation.Metrics["accuracy"].ShouldBe(evaluation.Accuracy!.Value);
        Enumerable.Range(0, 9).Sum(i => matrix[i / 3, i % 3]).ShouldBe((Samples * 2) - 1);
        evaluation.Metrics["AUC of 0"].ShouldBeInRange(0, 1);

        var questions = new TestNetwork(new LinearProgram(4, 3));
        float[] answers = [.. Reference.Filler.Labels(6, Samples * 3, 2).Select(yes => (float)yes)];
        evaluation = questions.Evaluate(new DataSet([4], Data.Inputs.ToArray(), answers), Loss.BinaryCrossEntropy, metrics: [matrix, Metric.F1(1), Metric.Auc()]);
        evaluation.Metrics["accuracy"].ShouldBe(evaluation.Accuracy!.Value);
        matrix.Classes.ShouldBe(2);
        float[] outputs = questions.Predict(Data.Inputs.ToArray());
        int both = outputs.Zip(answers, (output, answer) => output > 0 && answer > 0.5f).Count(yes => yes), either = outputs.Count(output => output > 0) + answers.Count(answer => answer > 0.5f);
        evaluation.Metrics["F1 of 1"].ShouldBe(2.0 * both / either, 1e-12);

        var single = new TestNetwork(new LinearProgram(4, 1));
        int[] labels = Reference.Filler.Labels(6, Samples, 2);
        evaluation = single.Evaluate(new DataSet([4], Data.Inputs.ToArray(), labels, 2), metrics: [matrix, Metric.Auc(), Metric.Recall(1)]);
        evaluation.Metrics["accuracy"].ShouldBe(evaluation.Accuracy!.Value);
        float[] scores = single.Predict(Data.Inputs.ToArray());
        double inOrder = 0, pairs = 0;
        for (var n = 0; n < Samples; n++)
        {
            for (var m = 0; m < Samples; m++)
            {
                pairs += labels[n] > labels[m] ? 1 : 0;
                inOrder += labels[n] > labels[m] ? scores[n] > scores[m] ? 1 : scores[n] == scores[m] ? 0.5 : 0 : 0;
            }
        }
        evaluation.Metrics["AUC"].ShouldBe(inOrder / pairs, 1e-12);
        single.Evaluate(new DataSet([4], new float[8], new int[2], 2), metrics: [Metric.Auc()]).Metrics["AUC"].ShouldBe(double.NaN);
    }

    [Fact]
    public void FitMeasuresTheValidationSetAndLogsHaveIt()
    {
        TestNetwork net = Net(), alone = Net();
        using Trainer trainer = net.CreateTrainer(new SGD(0.1), Loss.CrossEntropy, 32), other = alone.CreateTrainer(new SGD(0.1), Loss.CrossEntropy, 32);
        DataSet held = Data.Take(40);
        string log = folder["log.csv"];
        double[] last = [];
        History history = trainer.Fit(
            Data, 2, held, metrics: [Metric.F1(), new Odd("odd, \"or\nnot\"")], callbacks: [new CsvLog(log), new TensorBoardLog(folder["board"])], checkpoint: new(folder.Path));
        last = [.. history.Last.Metrics.Values];
        last.ShouldBe([net.Evaluate(held, metrics: [Metric.F1()]).Metrics["F1"], 20]);
        other.Fit(Data, 2, held);
        net.AllValues().ShouldBe(alone.AllValues());
        File.ReadAllText(log).ShouldContain(",seconds,F1,\"odd, \"\"or\nnot\"\"\"\r\n1,");
        File.ReadAllLines(log)[^1].Split(',')[^2].ShouldBe(last[0].ToString("R", CultureInfo.InvariantCulture));
        // They are in the checkpoint.
        using Trainer again = Net().CreateTrainer(new SGD(0.1), Loss.CrossEntropy, 32);
        again.Fit(Data, 2, held, checkpoint: new(folder.Path)).ShouldBe(history);
    }

    [Fact]
    public void WhateverAMetricDoesTheRunIsWhole()
    {
        TestNetwork net = Net(), alone = Net();
        using Trainer trainer = net.CreateTrainer(new SGD(0.1), Loss.CrossEntropy, 32), other = alone.CreateTrainer(new SGD(0.1), Loss.CrossEntropy, 32);
        DataSet held = Data.Take(40);
        other.Fit(Data, 1);
        Should.Throw<TimeoutException>(() => trainer.Fit(Data, 3, held, metrics: [new Doing(() => throw new TimeoutException())]));
        net.AllValues().ShouldBe(alone.AllValues());
        trainer.Fit(Data, 1, held, metrics: [new Doing(() => trainer.Evaluate(held))]);
        other.Fit(Data, 1);
        net.AllValues().ShouldBe(alone.AllValues());
        Should.Throw<ObjectDisposedException>(() => trainer.Fit(Data, 1, held, metrics: [new Doing(trainer.Dispose)]));
    }

    [Fact]
    public void MistakesAreRefused()
    {
        using Trainer trainer = Net().CreateTrainer(new SGD(0.1), Loss.CrossEntropy, 32);
        Should.Throw<ArgumentException>(() => trainer.Fit(Data, 1, metrics: [Metric.F1()])).Message.ShouldContain("metrics are measured on a validation set, and none is given");
        Should.Throw<ArgumentException>(() => trainer.Evaluate(Data, metrics: [Metric.F1(), Metric.F1()])).Message.ShouldContain("Two metrics are called 'F1'");
        Should.Throw<ArgumentNullException>(() => trainer.Evaluate(Data, metrics: [null!])).ParamName.ShouldBe("metrics");
        Should.Throw<ArgumentOutOfRangeException>(() => Metric.TopK(0)).ParamName.ShouldBe("k");
        Should.Throw<ArgumentOutOfRangeException>(() => Metric.F1(-1)).ParamName.ShouldBe("ofClass");
        Should.Throw<ArgumentOutOfRangeException>(() => Metric.Auc(-1)).ParamName.ShouldBe("ofClass");
        Should.Throw<InvalidOperationException>(() => trainer.Evaluate(Data, metrics: [Metric.Auc(5)])).Message.ShouldContain("is of class 5, and there are 5");
        var line = new TestNetwork(new LinearProgram(4, 1));
        Should.Throw<InvalidOperationException>(() => line.Evaluate(new DataSet([4], new float[4], new float[1]), metrics: [Metric.TopK(1)])).Message.ShouldContain("samples with a class each");
        Should.Throw<ArgumentException>(() => new Odd(""));
    }

    /// <summary>How many samples have an odd place.</summary>
    private sealed class Odd(string name) : Metric(name)
    {
        private int seen;

        public override double Result => seen / 2;

        protected internal override void Reset() => seen = 0;

        protected internal override void Add(in MetricSample sample)
        {
            sample.Outputs.Length.ShouldBe(Classes);
            sample.Label.ShouldBe(Data.Labels[seen++]);
        }
    }

    private sealed class Doing(Action action) : Metric("doing")
    {
        public override double Result => 0;

        protected internal override void Reset()
        {
        }

        protected internal override void Add(in MetricSample sample) => action();
    }
}
