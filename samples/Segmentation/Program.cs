using NetGen;
using NetGen.Reports;
using SamplesShared;
using SegmentationSample;

const int Side = 32, Area = Side * Side;

return Experiment.Run(new(
    "segmentation", "A U-Net finds the pixels of shapes", "a folder of images and, for each NAME.png, its mask NAME.mask.png; drawn unless told otherwise",
    new ExperimentOption("--epochs", 10, "times through the pictures"), new ExperimentOption("--samples", 1200, "pictures that are drawn to train on")), args, run =>
{
    int epochs = run.Number("--epochs");
    DataSet all = run.Data is { } folder ? Read(folder) : Draw(run.Number("--samples") * 6 / 5, new Random(1));
    (DataSet train, DataSet test) = all.Shuffle(seed: 1).Split(all.Count * 5 / 6);
    var net = new ShapeNet(seed: 1);
    using Trainer trainer = net.CreateTrainer(new AdamW(weightDecay: 1e-3), Loss.BinaryCrossEntropy, batch: 16);
    Experiment.Say($"{train.Count} pictures to train on, {test.Count} to test on, {ShapeNet.ParameterCount:N0} parameters");
    History history = trainer.Fit(train, epochs, test, LearningRate.OneCycle(8e-3));

    float[] outputs = net.Predict(test.Inputs);
    bool[] found = [.. outputs.Select(value => value > 0)], masks = [.. test.Targets.ToArray().Select(value => value > 0.5f)];
    // What a threshold between the darkest and the lightest pixel finds: shapes are not just lighter than their ground.
    bool[] lighter = [.. Enumerable.Range(0, test.Count).SelectMany(n => test.Sample(n).ToArray().Select(value => value > (test.Sample(n).ToArray().Max() + test.Sample(n).ToArray().Min()) / 2))];
    double together = Overlap(found, masks), byLight = Overlap(lighter, masks);
    double[] each = [.. Enumerable.Range(0, test.Count).Select(n => Overlap(found.AsSpan(n * Area, Area), masks.AsSpan(n * Area, Area)))];
    double right = found.Zip(masks, (one, other) => one == other).Count(same => same) / (double)masks.Length;

    run.Report.Heading("Training").Curves(history);
    run.Report.Heading("Masks").Images("Test pictures: the picture, its mask, what the network finds, and how sure it is",
        Enumerable.Range(0, Math.Min(12, test.Count)).Select(Shown), zoom: 2);
    run.Report.Heading("Worst").Images("The test pictures with the least overlap", Enumerable.Range(0, test.Count).OrderBy(n => each[n]).Take(4).Select(Shown), zoom: 2);
    run.Report.Heading("Network").Layers(net).Activations(net, "dec.1.3", test.Sample(0));

    run.Find("intersection over union, all test pixels", $"{together:0.000}", $"at least 0.85", together >= 0.85);
    run.Find("the same, half of the test pictures have more than", $"{each.Order().ElementAt(each.Length / 2):0.000}", $"at least 0.85", each.Order().ElementAt(each.Length / 2) >= 0.85);
    run.Find("the same by light alone", $"{byLight:0.000}", $"at least 0.2 less", byLight <= together - 0.2);
    run.Find("pixels that are right", $"{right:0.000}", $"at least 0.96", right >= 0.96);

    (RgbImage, string) Shown(int n) => (Picture.Row(
        Picture.Grey(test.Sample(n), Side, Side, 0, 1), Picture.Grey(test.Targets.Slice(n * Area, Area), Side, Side, 0, 1),
        Picture.Grey([.. found.AsSpan(n * Area, Area).ToArray().Select(one => one ? 1f : 0f)], Side, Side, 0, 1), Picture.Signed(outputs.AsSpan(n * Area, Area), Side, Side)),
        FormattableString.Invariant($"IoU {each[n]:0.00}"));
});

static double Overlap(ReadOnlySpan<bool> found, ReadOnlySpan<bool> mask)
{
    int both = 0, either = 0;
    for (int i = 0; i < mask.Length; i++)
    {
        both += found[i] && mask[i] ? 1 : 0;
        either += found[i] || mask[i] ? 1 : 0;
    }
    return either == 0 ? 1 : (double)both / either;
}

// A shape on a ground that gets lighter to one side, with thin lines that are no shape, and noise; lighter than the ground or darker.
static DataSet Draw(int count, Random random)
{
    float[] inputs = new float[count * Area], masks = new float[count * Area];
    for (int n = 0; n < count; n++)
    {
        float Between(float low, float high) => low + ((high - low) * random.NextSingle());
        float ground = Between(0.3f, 0.7f), slope = Between(-0.012f, 0.012f), turn = Between(0, 3.1f), x = Between(9, 23), y = Between(9, 23), size = Between(5, 9);
        Func<float, float, float> shape = random.Next(3) switch
        {
            0 => Canvas.Disk(x, y, size),
            1 => Canvas.Box(x, y, size, Between(3, 6), turn),
            _ => Canvas.Triangle(x, y, size + 3, turn),
        };
        float level = ground + ((random.Next(2) == 0 ? -1 : 1) * Between(0.2f, 0.3f));
        var picture = new Canvas(1, Side, Side);
        for (int i = 0; i < Area; i++)
            picture.Values[i] = ground + (slope * ((i % Side) - (Side / 2)));
        for (int line = 0; line < 3; line++)
            picture.Paint(Canvas.Box(Between(0, Side), Between(0, Side), Side, 0.6f, Between(0, 3.1f)), Between(0, 1));
        picture.Paint(shape, level).Add(() => Between(-0.06f, 0.06f)).Values.CopyTo(inputs, n * Area);
        for (int i = 0; i < Area; i++)
            masks[(n * Area) + i] = shape(i % Side, i / Side) <= 0 ? 1 : 0;
    }
    return new DataSet(new Shape(1, Side, Side), inputs, masks, new Shape(1, Side, Side));
}

static DataSet Read(string folder)
{
    string[] masks = [.. Directory.GetFiles(folder, "*.mask.png").Order(StringComparer.Ordinal)];
    if (masks.Length < 12)
        throw new FileNotFoundException($"The folder '{folder}' has {masks.Length} files NAME.mask.png; at least 12 are expected.");
    float[] inputs = [.. masks.SelectMany(mask => Canvas.ReadGrey(mask.Replace(".mask.png", ".png"), Side, Side))];
    return new DataSet(new Shape(1, Side, Side), inputs, masks.SelectMany(mask => Canvas.ReadGrey(mask, Side, Side)).Select(value => value > 0.5f ? 1f : 0f).ToArray(), new Shape(1, Side, Side));
}
