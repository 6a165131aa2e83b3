using NetGen;
using NetGen.Reports;
using SamplesShared;

namespace TabularSample;

/// <summary>Two classes in a plane, wound around each other: where a network of no, one and two hidden layers draws the border between them.</summary>
internal static class Spirals
{
    private const int Points = 400, Side = 96;

    private static readonly int[] Epochs = [1, 10, 100];

    public static void Look(Experiment run, int seed)
    {
        (DataSet train, DataSet test) = (Draw(Points, new Random(seed)), Draw(Points, new Random(seed + 1)));
        run.Report.Heading("Borders").Text("Two spirals, and which of them a network takes each place for: after more and more epochs, with more and more layers.");
        double none = Learn("no hidden layer", new NoHiddenLayer(seed)), one = Learn("one hidden layer", new OneHiddenLayer(seed)), two = Learn("two hidden layers", new TwoHiddenLayers(seed));

        run.Find("spirals: test points that are right, no hidden layer", $"{none:0.000}", $"below 0.75", none < 0.75);
        run.Find("spirals: one, two hidden layers", $"{one:0.000}, {two:0.000}", $"two: at least 0.95, and no less than one", two >= 0.95 && two >= one);

        double Learn(string name, INetwork net)
        {
            var pictures = new List<RgbImage>();
            using Trainer trainer = net.CreateTrainer(new AdamW(5e-3), Loss.CrossEntropy, batch: 16);
            trainer.Fit(train, Epochs[^1], callbacks: [new Snapshots(Epochs, () => pictures.Add(Plane(net, train)))]);
            run.Report.Images($"With {name}", pictures.Select((picture, i) => (picture, $"epoch {Epochs[i]}")), zoom: 2);
            return trainer.Evaluate(test).Accuracy!.Value;
        }
    }

    // How sure it is of which class at each place, and the points that it has learnt from.
    private static RgbImage Plane(INetwork net, DataSet train)
    {
        float[] outputs = net.Predict([.. Enumerable.Range(0, Side * Side).SelectMany(i => new[] { ((2 * (i % Side)) / (Side - 1f)) - 1, ((2 * (i / Side)) / (Side - 1f)) - 1 })]);
        var canvas = new Canvas(3, Side, Side);
        for (int i = 0; i < Side * Side; i++)
        {
            float second = 1 / (1 + MathF.Exp(outputs[2 * i] - outputs[(2 * i) + 1]));
            (canvas.Values[i], canvas.Values[(Side * Side) + i], canvas.Values[(2 * Side * Side) + i]) = (0.5f + (0.5f * second), 0.75f, 1 - (0.5f * second));
        }
        for (int n = 0; n < train.Count; n++)
            canvas.Paint(Canvas.Disk((train.Sample(n)[0] + 1) / 2 * (Side - 1), (train.Sample(n)[1] + 1) / 2 * (Side - 1), 1), train.Labels[n] == 1 ? [0.7f, 0.2f, 0] : [0, 0.2f, 0.7f]);
        return Picture.Colour(canvas.Values, Side, Side);
    }

    private static DataSet Draw(int count, Random random)
    {
        int[] labels = [.. Enumerable.Range(0, count).Select(n => n % 2)];
        float[] places = [.. labels.SelectMany(label =>
        {
            float along = MathF.Sqrt(random.NextSingle()), turn = (along * 3 * MathF.PI) + (label * MathF.PI);
            float Noise() => 0.04f * (random.NextSingle() - 0.5f);
            return new[] { (0.9f * along * MathF.Cos(turn)) + Noise(), (0.9f * along * MathF.Sin(turn)) + Noise() };
        })];
        return new DataSet(new Shape(2), places, labels, classCount: 2);
    }
}
