using System.Collections.Immutable;
using NetGen;
using NetGen.Reports;
using SamplesShared;

namespace GeneralizationSample;

/// <summary>
/// The test error of wider and wider networks falls, rises until there are as many weights as samples, and falls again (Belkin et al., 2019, arXiv:1812.11118). The first layer is
/// random and frozen, so that training has one answer: from weights of 0, that of the least length that fits best.
/// </summary>
internal static class DoubleDescent
{
    private const int Samples = 60, Features = 20, Tests = 1000, Draws = 3;
    private const double Noise = 0.3;

    private static readonly ImmutableArray<(int Width, Func<int, INetwork> Create)> Widths =
    [
        (5, seed => new Width5(seed)), (10, seed => new Width10(seed)), (20, seed => new Width20(seed)), (30, seed => new Width30(seed)), (40, seed => new Width40(seed)),
        (50, seed => new Width50(seed)), (60, seed => new Width60(seed)), (70, seed => new Width70(seed)), (80, seed => new Width80(seed)), (120, seed => new Width120(seed)),
        (240, seed => new Width240(seed)), (480, seed => new Width480(seed)), (960, seed => new Width960(seed)),
    ];

    public static void Look(Experiment run, int seed)
    {
        int steps = run.Number("--steps");
        double[] trained = new double[Widths.Length], tested = new double[Widths.Length];
        for (int draw = Draws * seed; draw < Draws * (seed + 1); draw++)
        {
            (DataSet train, DataSet test) = Draw(new Random(draw));
            for (int i = 0; i < Widths.Length; i++)
            {
                INetwork net = Widths[i].Create(draw);
                using Trainer trainer = net.CreateTrainer(new SGD(0.5 / Widths[i].Width, momentum: 0.99), Loss.MeanSquaredError, Samples, threads: 1);
                for (int step = 0; step < steps; step++)
                    trainer.Step(train.Inputs, train.Targets);
                trained[i] += trainer.Evaluate(train).Loss / Draws;
                tested[i] += trainer.Evaluate(test).Loss / Draws;
            }
        }

        run.Report.Heading("Double descent").Text($"{Samples} samples with noise, and networks of a random layer and a trained one, of which the loss is the mean of {Draws} draws.")
            .Plot(new Plot("Loss of test samples", Over("without noise", tested)) { XLabel = "width", YLabel = "loss", LogX = true, LogY = true })
            .Plot(new Plot("Training loss", Over("with noise", trained)) { XLabel = "width", YLabel = "loss", LogX = true });
        int peak = Array.IndexOf(tested, tested.Max());
        double before = tested[..peak].Append(double.PositiveInfinity).Min(), after = tested[^1];
        run.Find("test loss: the width of its peak", $"{Widths[peak].Width}", $"{Samples} samples, within a third", Math.Abs(Widths[peak].Width - Samples) <= Samples / 3);
        run.Find("test loss: narrower, at the peak, widest", $"{before:0.00}, {tested[peak]:0.00}, {after:0.00}", $"the peak more than twice both", tested[peak] > 2 * Math.Max(before, after));
        run.Find("training loss: widest", $"{trained[^1]:0.0e0}", $"below 1e-2", trained[^1] < 1e-2);
    }

    private static Series Over(string name, double[] losses) => new(name, [.. Widths.Select(each => (double)each.Width)], [.. losses]);

    // A sum of the features, with noise in what is learnt from and without in what is tested.
    private static DataSplit Draw(Random random)
    {
        float[] weights = [.. Enumerable.Range(0, Features).Select(_ => (float)(Normal() / Math.Sqrt(Features)))];
        return new(Of(Samples, Noise), Of(Tests, 0));

        DataSet Of(int count, double noise)
        {
            float[] inputs = [.. Enumerable.Range(0, count * Features).Select(_ => (float)Normal())];
            float[] targets = [.. Enumerable.Range(0, count).Select(n => (float)(Enumerable.Range(0, Features).Sum(i => (double)weights[i] * inputs[(n * Features) + i]) + (noise * Normal())))];
            return new DataSet(new Shape(Features), inputs, targets);
        }

        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(Math.Tau * random.NextDouble());
    }
}
