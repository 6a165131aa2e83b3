using NetGen;
using NetGen.Reports;
using SamplesShared;

namespace TabularSample;

/// <summary>A picture that a network paints: it learns the colour of each place.</summary>
internal static class Painting
{
    private const int Side = 64, Area = Side * Side, Octaves = 4;

    private static readonly int[] Epochs = [1, 3, 10, 40];

    public static void Look(Experiment run, int seed)
    {
        float[] picture = Draw();
        var places = new DataSet(new Shape(2 + (4 * Octaves)), Enumerable.Range(0, Area).SelectMany(i => Features(i % Side, i / Side)).ToArray(),
            Enumerable.Range(0, 3 * Area).Select(i => picture[(i % 3 * Area) + (i / 3)]).ToArray());
        var net = new Painter(seed);
        var painted = new List<float[]>();
        using Trainer trainer = net.CreateTrainer(new Adam(), Loss.MeanSquaredError, batch: 64);
        trainer.Fit(places, Epochs[^1], schedule: LearningRate.OneCycle(1e-2), callbacks: [new Snapshots(Epochs, () => painted.Add(net.Predict(places.Inputs)))]);

        // Peak signal-to-noise ratio, in decibels.
        double[] ratios = [.. painted.Select(colours => -20 * Math.Log10(Numbers.Deviation(colours.Zip(places.Targets.ToArray(), (one, other) => one - other))))];
        run.Report.Heading("A picture from its coordinates").Text("A network that is given a place, and waves of four lengths along it, and says what colour it has there.")
            .Images("The picture, and what the network makes of it", painted.Select((colours, i) => (Shown(colours), FormattableString.Invariant($"epoch {Epochs[i]}, {ratios[i]:0.0} dB")))
                .Prepend((Picture.Colour(picture, Side, Side), "the picture")), zoom: 3);
        run.Find("painting: likeness after the first epoch, the last", $"{ratios[0]:0.0} dB, {ratios[^1]:0.0} dB", $"the last, at least 26 dB", ratios[^1] >= 26);
    }

    private static RgbImage Shown(float[] colours) => Picture.Colour([.. Enumerable.Range(0, 3 * Area).Select(i => colours[(i % Area * 3) + (i / Area)])], Side, Side);

    // From -1 to 1, and waves along both: of the place alone a network paints soft blots only (Tancik et al., 2020, arXiv:2006.10739).
    private static IEnumerable<float> Features(int column, int row)
    {
        foreach (float place in new[] { column, row }.Select(at => (2 * at / (Side - 1f)) - 1))
        {
            yield return place;
            for (int octave = 0; octave < Octaves; octave++)
            {
                (float sin, float cos) = MathF.SinCos(place * MathF.PI * (1 << octave));
                yield return sin;
                yield return cos;
            }
        }
    }

    // A house on a hill, in the sun.
    private static float[] Draw() => new Canvas(3, Side, Side).Paint((_, _) => -1, 0.55f, 0.8f, 0.95f).Paint(Canvas.Disk(50, 13, 7), 1, 0.85f, 0.2f)
        .Paint(Canvas.Disk(14, 14, 6), 1, 1, 1).Paint(Canvas.Disk(22, 15, 5), 1, 1, 1).Paint(Canvas.Disk(30, 90, 44), 0.3f, 0.6f, 0.25f).Paint(Canvas.Box(30, 40, 11, 9), 0.9f, 0.85f, 0.75f)
        .Paint(Canvas.Triangle(30, 27, 13, -MathF.PI / 6), 0.7f, 0.2f, 0.15f).Paint(Canvas.Box(25, 44, 3, 5), 0.4f, 0.25f, 0.15f).Paint(Canvas.Box(35, 40, 3, 3), 0.3f, 0.45f, 0.7f).Values;
}
