using ImageFolderSample;
using NetGen;
using NetGen.Reports;
using SamplesShared;

const int Side = 48, Sick = 1;

return Experiment.Run(new(
    "imagefolder", "Few of many: two classes of pictures in folders", "a folder with a folder of pictures for each of two classes, by name the one that is looked for last; drawn unless told otherwise",
    new ExperimentOption("--epochs", 14, "times through the pictures"), new ExperimentOption("--samples", 1500, "pictures that are drawn, one in eight of the class that is looked for")), args, run =>
{
    int epochs = run.Number("--epochs");
    string folder = run.Data ?? Path.Combine(Path.GetTempPath(), $"netgen-chests-{Environment.ProcessId}");
    if (run.Data is null)
        Draw(folder, run.Number("--samples"), new Random(1));
    DataSet all;
    try
    {
        all = DataSet.FromFolder(folder, [1, Side, Side]);
    }
    finally
    {
        if (run.Data is null)
            Directory.Delete(folder, recursive: true);
    }
    if (all.ClassCount != 2)
        throw new ArgumentException($"{folder} has {all.ClassCount} folders of pictures; two classes are expected.");
    // Both parts have their share of the rare class.
    (DataSet train, DataSet test) = all.Split(heldOut: 0.3, seed: 1, stratify: true);
    train = train.Standardize(out Standardization scale);
    test = test.Standardize(scale);
    int[] counts = test.ClassCounts();
    Experiment.Say($"{train.Count} pictures to train on, {test.Count} to test on: {counts[0]} {all.ClassNames[0]}, {counts[1]} {all.ClassNames[1]}");

    History history = Train(new ChestNet(seed: 1), train, Loss.CrossEntropy, out double[] plain);
    // The rare class counts as much as the other: more of it is found, and more is thought to be it.
    double[] weights = [.. train.ClassWeights().Select(weight => (double)weight)];
    var balancedNet = new ChestNet(seed: 1);
    History balancedHistory = Train(balancedNet, train, Loss.WeightedCrossEntropy(weights), out double[] balanced);

    run.Report.Heading("Pictures").Images("Some of each class", Enumerable.Range(0, test.Count).GroupBy(n => test.Labels[n]).OrderBy(group => group.Key)
        .SelectMany(group => group.Take(8)).Select(n => (Picture.Grey(test.Sample(n), Side, Side), all.ClassNames[test.Labels[n]])), zoom: 2);
    run.Report.Heading("As they come").Curves(history);
    run.Report.Heading("Classes weighed").Curves(balancedHistory).Classification(balancedNet, test).Layers(balancedNet);

    double rare = counts[Sick] / (double)test.Count;
    run.Find("share of the class that is looked for", $"{rare:0.000}", $"below 0.3", rare < 0.3);
    run.Find("area under the curve, as they come, weighed", $"{plain[0]:0.000}, {balanced[0]:0.000}", $"both at least 0.9", Math.Min(plain[0], balanced[0]) >= 0.9);
    run.Find("sensitivity: of the class that are found", $"{plain[1]:0.000}, {balanced[1]:0.000}", $"weighed, at least 0.75, and no less than as they come", balanced[1] >= 0.75 && balanced[1] >= plain[1]);
    run.Find("specificity: of the others that are not", $"{plain[2]:0.000}, {balanced[2]:0.000}", $"both at least 0.7", Math.Min(plain[2], balanced[2]) >= 0.7);

    History Train(ChestNet net, DataSet data, Loss loss, out double[] found)
    {
        using Trainer trainer = net.CreateTrainer(new AdamW(weightDecay: 1e-2), loss, batch: 32);
        Metric auc = Metric.Auc(Sick), sensitivity = Metric.Recall(Sick), specificity = Metric.Recall(0);
        History epochsOf = trainer.Fit(data.Augmented(Augment.Flip(), Augment.Shift(0.05)), epochs, test, LearningRate.OneCycle(2e-3), metrics: [auc, sensitivity, specificity]);
        found = [.. new[] { auc, sensitivity, specificity }.Select(metric => epochsOf.Last.Metrics[metric.Name])];
        Experiment.Say($"{loss}: AUC {found[0]:0.000}, sensitivity {found[1]:0.000}, specificity {found[2]:0.000}");
        return epochsOf;
    }
});

// Two lungs between ribs, brighter or darker as a whole, with noise; in one of eight a soft light spot in a lung.
static void Draw(string folder, int count, Random random)
{
    for (int n = 0; n < count; n++)
    {
        bool isSick = n % 8 == 0;
        string of = Path.Combine(folder, isSick ? "shadow" : "clear");
        Directory.CreateDirectory(of);
        float light = 0.35f + 0.3f * random.NextSingle(), middle = Side / 2f + random.Next(-2, 3), top = Side / 2f + random.Next(-2, 3), width = 7 + random.Next(3);
        Canvas canvas = new Canvas(1, Side, Side).Paint((_, _) => -1, light);
        foreach (float side in new[] { -11f, 11f })
            canvas.Paint(Canvas.Disk(middle + side, top - 6, width), light * 0.4f).Paint(Canvas.Disk(middle + side, top + 7, width + 1), light * 0.4f);
        for (int rib = 0; rib < 5; rib++)
            canvas.Paint(Canvas.Box(middle, top - 16 + (8 * rib), 19, 0.6f), light * 0.7f);
        canvas.Paint(Canvas.Box(middle, Side / 2f, 2, Side), light * 1.3f);
        if (isSick)
        {
            float x = middle + (random.Next(2) == 0 ? -11 : 11) + random.Next(-3, 4), y = top + random.Next(-8, 9);
            for (int ring = 4; ring > 0; ring--)
                canvas.Paint(Canvas.Disk(x, y, 0.8f * ring), light * (0.55f + 0.1f * (4 - ring)));
        }
        canvas.Add(() => 0.06f * (random.NextSingle() + random.NextSingle() - 1));
        new GrayImage(Side, Side, [.. canvas.Values.Select(value => (byte)Math.Clamp(255 * value, 0, 255))]).WritePng(Path.Combine(of, $"{n:0000}.png"));
    }
}
