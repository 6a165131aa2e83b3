using NetGen;
using NetGen.Reports;
using SamplesShared;

namespace GeneralizationSample;

/// <summary>Few digits, and what keeps a large network from knowing them too well.</summary>
internal static class Regularisation
{
    private const int Epochs = 60;
    private const double Decay = 1;

    public static void Look(Experiment run, int seed, DataSet train, DataSet test)
    {
        Outcome[] all =
        [
            Learn("neither", new Large(seed), decay: 0), Learn("dropout", new LargeWithDropout(seed), decay: 0),
            Learn("weight decay", new Large(seed), Decay), Learn("both", new LargeWithDropout(seed), Decay),
        ];

        run.Report.Heading("Dropout and weight decay").Text($"{train.Count} digits to learn from, and a network with thousands of parameters for each.")
            .Plot(new Plot("Loss of the test digits", [.. all.Select(outcome => Series.Of(outcome.Name, outcome.History.Select(epoch => epoch.ValidationLoss!.Value)))]) { XLabel = "epoch", YLabel = "loss" })
            .Table("After the last epoch", ["", "training loss", "test loss", "gap", "right"],
                all.Select(outcome => new[] { outcome.Train.Loss, outcome.Test.Loss, outcome.Gap, outcome.Test.Accuracy!.Value }.Select(number => FormattableString.Invariant($"{number:0.000}")).Prepend(outcome.Name)));
        double none = all[0].Gap;
        // With dropout alone a network is as sure of handwritten digits that it gets wrong.
        foreach (Outcome outcome in run.Data is null ? all[1..] : all[2..])
            run.Find($"test loss beyond the training loss: {outcome.Name}, neither", $"{outcome.Gap:0.000}, {none:0.000}", $"less than 0.9 times", outcome.Gap < 0.9 * none);

        Outcome Learn(string name, INetwork net, double decay)
        {
            using Trainer trainer = net.CreateTrainer(new AdamW(weightDecay: decay), Loss.CrossEntropy, batch: 20);
            History history = trainer.Fit(train, Epochs, test, LearningRate.OneCycle(2e-3));
            return new(name, history, trainer.Evaluate(train), trainer.Evaluate(test));
        }
    }

    private sealed record Outcome(string Name, History History, Evaluation Train, Evaluation Test)
    {
        public double Gap => Test.Loss - Train.Loss;
    }
}
