using NetGen;
using NetGen.Reports;
using SamplesShared;

namespace GeneralizationSample;

/// <summary>More layers, and the training loss after the same steps: with shortcuts it does not get worse (He et al., 2015, arXiv:1512.03385).</summary>
internal static class Depth
{
    private static readonly int[] Depths = [8, 20, 32, 56];

    public static void Look(Experiment run, int seed, DataSet train)
    {
        int epochs = run.Number("--epochs");
        History[] plain = [.. new INetwork[] { new Plain8(seed), new Plain20(seed), new Plain32(seed), new Plain56(seed) }.Select(Learn)];
        History[] residual = [.. new INetwork[] { new Residual8(seed), new Residual20(seed), new Residual32(seed), new Residual56(seed) }.Select(Learn)];

        run.Report.Heading("Depth").Text("Layers of the same size, with shortcuts around each two of them and without.")
            .Plot(new Plot("Training loss after the last epoch", Over("plain", plain), Over("residual", residual)) { XLabel = "layers", YLabel = "loss" })
            .Plot(new Plot("Training loss", [.. Each("plain", plain), .. Each("residual", residual)]) { XLabel = "epoch", YLabel = "loss" });
        (double shallow, double deep, double deepResidual) = (Last(plain[0]), Last(plain[^1]), Last(residual[^1]));
        run.Find("training loss: plain, 56 layers and 8", $"{deep:0.000}, {shallow:0.000}", $"more than twice", deep > 2 * shallow);
        run.Find("training loss: 56 layers, residual and plain", $"{deepResidual:0.000}, {deep:0.000}", $"less than half", deepResidual < deep / 2);

        History Learn(INetwork net)
        {
            using Trainer trainer = net.CreateTrainer(new SGD(0.05, momentum: 0.9, weightDecay: 1e-4), Loss.CrossEntropy, batch: 20);
            return trainer.Fit(train, epochs);
        }
    }

    private static double Last(History history) => history.Last.TrainLoss;

    private static Series Over(string name, History[] histories) => new(name, [.. Depths.Select(depth => (double)depth)], [.. histories.Select(Last)]);

    private static IEnumerable<Series> Each(string name, History[] histories) =>
        histories.Select((history, i) => Series.Of($"{name}, {Depths[i]}", history.Select(epoch => epoch.TrainLoss)));
}
