using System.Diagnostics;
using NetGen;
using NetGen.Reports;
using SamplesShared;
using TransferSample;

const int Half = 5, Batch = 32;

return Experiment.Run(new(
    "transfer", "What was learnt from five digits helps with five others", "a folder with MNIST's files; drawn digits unless told otherwise",
    new ExperimentOption("--epochs", 5, "times through the first problem's pictures"), new ExperimentOption("--samples", 12_000, "pictures of ten digits to learn from, half of them the first problem's"),
    new ExperimentOption("--few", 10, "pictures of the second problem to learn from")), args, run =>
{
    int epochs = run.Number("--epochs"), few = run.Number("--few");
    (DataSet train, DataSet test) = run.Data is { } folder ? Mnist.Load(folder) : DrawnDigits.Create(seed: 1, run.Number("--samples"), test: 2000);
    (DataSet firstTrain, DataSet firstTest) = (Digits(train, 0), Digits(test, 0));
    (DataSet secondTrain, DataSet secondTest) = (Digits(train, Half).Shuffle(seed: 1).Take(few), Digits(test, Half));

    var first = new FirstNet(seed: 1);
    using (Trainer trainer = first.CreateTrainer(new AdamW(weightDecay: 1e-2), Loss.CrossEntropy, batch: 64))
        trainer.Fit(firstTrain, epochs, schedule: LearningRate.OneCycle(4e-3));
    double ofFirst = first.Evaluate(firstTest, Loss.CrossEntropy).Accuracy!.Value;
    Experiment.Say($"Digits 0 to 4: {ofFirst:0.000} of {firstTest.Count} are right, after {firstTrain.Count} to learn from.");

    // The body by its names; the first problem's head is of no use, and the second's stays new.
    var frozen = new FrozenNet(seed: 2);
    string file = Path.GetTempFileName();
    try
    {
        first.Save(file);
        Experiment.Say($"{frozen.LoadWeights(file, strict: false)}");
    }
    finally
    {
        File.Delete(file);
    }
    float[][] before = Body(frozen);
    History ofHead = Learn(frozen), ofFresh = Learn(new FreshNet(seed: 2));
    double headOnly = ofHead.Last.ValidationAccuracy!.Value, fromNothing = ofFresh.Last.ValidationAccuracy!.Value;
    bool isAsItWas = before.Zip(Body(frozen), (one, other) => one.AsSpan().SequenceEqual(other)).All(same => same);

    double frozenStep = Step(new FrozenNet(seed: 3)), freshStep = Step(new FreshNet(seed: 3));

    run.Report.Heading("First problem: 0 to 4").Classification(first, firstTest).Filters(first.Parameters["features.conv1.weight"]);
    run.Report.Heading("Second problem: 5 to 9").Text($"{few} pictures to learn from, and the layers that know 0 to 4; or the same layers from nothing.")
        .Plot(new Plot("Test pictures of 5 to 9 that are right", Series.Of("a new head on the frozen body", ofHead.Select(epoch => epoch.ValidationAccuracy!.Value)),
            Series.Of("all from nothing", ofFresh.Select(epoch => epoch.ValidationAccuracy!.Value)))
        { XLabel = "epoch", YLabel = "share" })
        .Classification(frozen, secondTest).Layers(frozen);

    run.Find("0 to 4: test pictures that are right", $"{ofFirst:0.000}", $"at least 0.95", ofFirst >= 0.95);
    run.Find("5 to 9, a new head on the frozen body", $"{headOnly:0.000}", $"at least 0.6", headOnly >= 0.6);
    run.Find("5 to 9, all from nothing", $"{fromNothing:0.000}", $"at least 0.05 less", fromNothing <= headOnly - 0.05);
    run.Find("the body afterwards", $"{(isAsItWas ? "as it was" : "changed")}", $"as it was", isAsItWas);
    run.Find("a step, frozen and not", $"{frozenStep:0.00} ms, {freshStep:0.00} ms", $"frozen, less than two thirds", frozenStep < freshStep * 2 / 3);

    History Learn(INetwork net)
    {
        using Trainer trainer = net.CreateTrainer(new AdamW(weightDecay: 1e-2), Loss.CrossEntropy, batch: Math.Min(few, Batch));
        return trainer.Fit(secondTrain, epochs: 60, secondTest, LearningRate.OneCycle(1e-2));
    }
});

// Five digits from one on, as classes 0 to 4.
static DataSet Digits(DataSet all, int from)
{
    int[] places = [.. Enumerable.Range(0, all.Count).Where(n => all.Labels[n] >= from && all.Labels[n] < from + Half)];
    return new DataSet(all.InputShape, places.SelectMany(n => all.Sample(n).ToArray()).ToArray(), places.Select(n => all.Labels[n] - from).ToArray(), Half)
        .WithClassNames([.. Enumerable.Range(from, Half).Select(digit => $"{digit}")]);
}

static float[][] Body(INetwork net) => [.. net.Parameters.Where(parameter => parameter.Name.StartsWith("features.", StringComparison.Ordinal)).Select(parameter => parameter.Values.ToArray())];

// The median of some steps, in milliseconds, on one thread.
static double Step(INetwork net)
{
    using Trainer trainer = net.CreateTrainer(new SGD(1e-3), Loss.CrossEntropy, Batch, threads: 1);
    float[] inputs = new float[Batch * net.InputShape.Size];
    int[] labels = new int[Batch];
    double[] times = new double[40];
    for (int i = 0; i < times.Length; i++)
    {
        long start = Stopwatch.GetTimestamp();
        trainer.Step(inputs, labels);
        times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
    return times[10..].Order().ElementAt(15);
}
