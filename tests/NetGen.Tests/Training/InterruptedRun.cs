using System.Globalization;
using System.Runtime.InteropServices;

namespace NetGen.Tests.Training;

/// <summary>A training run that uses all that a checkpoint holds, in this process or in one that is killed.</summary>
internal static class InterruptedRun
{
    /// <summary>Names the folder.</summary>
    public const string FolderVariable = "NETGEN_TEST_FOLDER";

    /// <summary>What it prints before it begins.</summary>
    public const string Begun = "the run begins";

    public const int Epochs = 10;

    /// <summary>Changed anew in every epoch, by a thread of its own.</summary>
    public static DataSet Data => Plain.Augmented(Augment.Noise(0.05)).Prefetch();

    public static DataSet Plain { get; } = new DataSet([4], TrainerTests.Inputs(100), TrainerTests.Labels(100), 3).WithWeights(
        Enumerable.Range(0, 100).Select(n => (n % 3) + 0.5f).ToArray());

    /// <summary>Runs in the folder that the variable names.</summary>
    public static IReadOnlyList<string> Run()
    {
        Console.WriteLine(Begun);
        Train(Environment.GetEnvironmentVariable(FolderVariable)!, new Pause());
        return [];
    }

    /// <summary>Runs, or goes on, and tells all bits that came of it but for the time.</summary>
    public static string Train(string folder, params Callback[] further) => Train(folder, () => new AdamW(0.02) { ClipNorm = 0.5 }, grouped: true, default, further);

    public static string Train(string folder, Func<Optimizer> optimizer, bool grouped, CancellationToken cancellation, params Callback[] further)
    {
        var net = new TestNetwork(new PerceptronProgram(4, 3, grouped, masks: true), seed: 7);
        using Trainer trainer = net.CreateTrainer(optimizer(), Loss.CrossEntropy, 8, threads: 2);
        trainer.AccumulationSteps = 2;
        var average = new ExponentialMovingAverage(net, 0.9) { UseForValidation = true };
        History history = trainer.Fit(
            Data, Epochs, validation: Plain.Take(30), schedule: LearningRate.Warmup(0.02, epochs: 2).Then(LearningRate.ReduceOnPlateau(0.02, 0.5, patience: 0)),
            callbacks: [average, .. further], checkpoint: new(folder) { EverySteps = 1 }, cancellation: cancellation);
        string text = $"{trainer.StepCount} {trainer.Optimizer.StepCount} {trainer.Optimizer.LearningRate:R} {average.UpdateCount} {net.State.Counters[0]}\n{Bits(net)}\n";
        using (average.Swap())
            text += $"{Bits(net)}\n";
        return text + string.Join('\n', history.Select(epoch => string.Create(
            CultureInfo.InvariantCulture, $"{epoch.Epoch} {epoch.TrainLoss:R} {epoch.TrainAccuracy:R} {epoch.ValidationLoss:R} {epoch.ValidationAccuracy:R} {epoch.LearningRate:R}")));
    }

    private static string Bits(TestNetwork net) => Convert.ToHexString(MemoryMarshal.AsBytes<float>(net.AllValues()));

    /// <summary>Takes its time, so that there is some to be killed in.</summary>
    private sealed class Pause : Callback
    {
        protected internal override void OnStepEnd(TrainingRun run) => Thread.Sleep(5);
    }
}
