using NetGen;

namespace MnistSample;

/// <summary>How a network is trained: cross-entropy, and a learning rate that goes up and down once (one cycle).</summary>
/// <param name="Optimizer">What changes the weights.</param>
/// <param name="Rate">The highest learning rate.</param>
/// <param name="Epochs">How often every digit is seen.</param>
/// <param name="Batch">Digits in a step.</param>
/// <param name="Threads">Workers.</param>
/// <param name="Seed">Of the first weights and of the order of the digits.</param>
internal sealed record Recipe(OptimizerKind Optimizer, float Rate, int Epochs, int Batch, int Threads, ulong Seed)
{
    /// <summary>What the command line says where nothing is given.</summary>
    public static Recipe Default { get; } = new(
        OptimizerKind.Default, OptimizerKind.Default.Rate, Epochs: 5, Batch: 64, Threads: Math.Min(2, Environment.ProcessorCount), Seed: 1);

    /// <summary>Trains a network in place.</summary>
    /// <param name="network">A new one; when cancelled it keeps what the steps so far have taught it.</param>
    /// <param name="data">What to learn from, and what to measure on after each epoch.</param>
    /// <param name="progress">Told how it goes.</param>
    /// <param name="cancellation">Ends it between two steps.</param>
    public History Train(INetwork network, DigitData data, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        using Trainer trainer = network.CreateTrainer(Optimizer.Create(Rate), Loss.CrossEntropy, Batch, Threads);
        return trainer.Fit(data.Train, Epochs, data.Test, LearningRate.OneCycle(Rate), progress: progress, cancellation: cancellation);
    }
}
