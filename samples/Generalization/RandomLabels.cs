using NetGen;
using NetGen.Reports;
using SamplesShared;

namespace GeneralizationSample;

/// <summary>A network that learns digits can learn any answers to them by heart (Zhang et al., 2017, arXiv:1611.03530).</summary>
internal static class RandomLabels
{
    private const int Epochs = 60, Digits = 10;

    public static void Look(Experiment run, int seed, DataSet train, DataSet test)
    {
        var random = new Random(seed);
        var made = new DataSet(train.InputShape, train.Inputs.ToArray(), Enumerable.Range(0, train.Count).Select(_ => random.Next(Digits)).ToArray(), Digits);
        (History byTruth, History byChance) = (Learn(train), Learn(made));

        run.Report.Heading("Random labels").Text("The same network, the same pictures, once with their labels and once with labels that were thrown.")
            .Plot(new Plot("Digits that are right", Of("true labels", byTruth, epoch => epoch.TrainAccuracy), Of("true labels, test", byTruth, epoch => epoch.ValidationAccuracy),
                Of("random labels", byChance, epoch => epoch.TrainAccuracy), Of("random labels, test", byChance, epoch => epoch.ValidationAccuracy))
            { XLabel = "epoch", YLabel = "share" });
        (double truth, double learnt, double chance) = (byTruth.Last.ValidationAccuracy!.Value, byChance.Last.TrainAccuracy!.Value, byChance.Last.ValidationAccuracy!.Value);
        run.Find("random labels: training digits that are right", $"{learnt:0.000}", $"all", learnt == 1);
        run.Find("random labels: test digits that are right", $"{chance:0.000}", $"chance is 0.1; below 0.2", chance < 0.2);
        run.Find("true labels: test digits that are right", $"{truth:0.000}", $"at least 0.8", truth >= 0.8);

        History Learn(DataSet data)
        {
            using Trainer trainer = new Large(seed).CreateTrainer(new Adam(), Loss.CrossEntropy, batch: 20);
            return trainer.Fit(data, Epochs, test, LearningRate.OneCycle(2e-3));
        }
    }

    private static Series Of(string name, History history, Func<EpochResult, double?> value) => Series.Of(name, history.Select(epoch => value(epoch)!.Value));
}
