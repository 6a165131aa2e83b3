using NetGen;

namespace MnistSample;

/// <summary>How a network is trained: cross-entropy, and a learning rate that goes up and down once (one cycle).</summary>
/// <param name="Optimizer">What changes the weights.</param>
/// <param name="Rate">The highest learning rate.</param>
/// <param name="Epochs">How often every digit is seen.</param>
/// <param name="Batch">Digits in a step.</param>
/// <param name="Threads">Workers.</param>
/// <param name="Seed">Of the first weights and of the order of the digits.</param>
/// <param name="Smoothing">How much of a digit's target is spread over all classes, which keeps a network from being too sure too soon.</param>
internal sealed record Recipe(OptimizerKind Optimizer, double Rate, int Epochs, int Batch, int Threads, ulong Seed, double Smoothing = 0)
{
    /// <summary>What the command line says where nothing is given.</summary>
    public static Recipe Default { get; } = new(
        OptimizerKind.Default, OptimizerKind.Default.Rate, Epochs: 5, Batch: 64, Threads: Math.Min(2, Environment.ProcessorCount), Seed: 1);

    /// <summary>
    /// What gets ConvNet to 99 % of MNIST soonest: smaller steps, of which each thread takes 16 digits, smoothed targets, and a short cycle.
    /// </summary>
    public static Recipe Quick { get; } = Default with { Rate = 7e-3, Epochs = 3, Batch = 32, Smoothing = 0.1 };

    /// <summary>Trains a network in place.</summary>
    /// <param name="network">A new one; when cancelled it keeps what the steps so far have taught it.</param>
    /// <param name="data">What to learn from, and what to measure on after each epoch.</param>
    /// <param name="progress">Told how it goes.</param>
    /// <param name="cancellation">Ends it between two steps.</param>
    public History Train(INetwork network, DigitData data, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        using Trainer trainer = Trainer(network);
        return trainer.Fit(data.Train, Epochs, data.Test, LearningRate.OneCycle(Rate), progress: progress, cancellation: cancellation);
    }

    /// <summary>
    /// Trains a network in place until it gets so many of the test digits right: it is measured every quarter of an epoch, and every sixteenth once
    /// it is nearly there.
    /// </summary>
    /// <param name="network">A new one; when cancelled it keeps what the steps so far have taught it.</param>
    /// <param name="data">What to learn from, and what to measure on.</param>
    /// <param name="accuracy">The part of the test digits to get right, 0 to 1.</param>
    /// <param name="progress">Told of every step, and of what was measured.</param>
    /// <param name="cancellation">Ends it between two steps.</param>
    /// <returns>What was measured last; the loss is not finite where training diverged.</returns>
    public Evaluation TrainUntil(INetwork network, DigitData data, double accuracy, Action<Measurement> progress, CancellationToken cancellation)
    {
        using Trainer trainer = Trainer(network);
        BatchSequence batches = data.Train.Batches(Batch, shuffle: Seed);
        LearningRate schedule = LearningRate.OneCycle(Rate, pctStart: 0.2);
        Evaluation measured = default;
        int step = 0, steps = Epochs * batches.Count, next = batches.Count / 4;
        for (int epoch = 0; epoch < Epochs; epoch++)
        {
            foreach (Batch batch in batches.Epoch(epoch))
            {
                cancellation.ThrowIfCancellationRequested();
                trainer.Optimizer.LearningRate = schedule.At(step, batches.Count, Epochs);
                float loss = trainer.Step(batch);
                step++;
                if (!float.IsFinite(loss))
                    return new(loss, 0);
                if (step < next && step < steps)
                    continue;
                measured = trainer.Evaluate(data.Test, cancellation);
                double correct = measured.Accuracy!.Value;
                progress(new((double)step / batches.Count, measured));
                if (correct >= accuracy)
                    return measured;
                bool isNear = 1 - correct < 1.25 * (1 - accuracy);
                next = step + Math.Max(1, batches.Count / (isNear ? 16 : 4));
            }
        }
        return measured;
    }

    /// <summary>
    /// Takes one step with a network that is thrown away. Its code is compiled on first use, which may as well happen while the data is read.
    /// </summary>
    /// <param name="network">A new one.</param>
    public void WarmUp(INetwork network)
    {
        using Trainer trainer = Trainer(network);
        var blank = new DataSet([1, 28, 28], new float[Batch * 784], new byte[Batch], classCount: 10);
        trainer.Step(blank.Inputs, blank.Labels);
        trainer.Evaluate(blank);
    }

    private Trainer Trainer(INetwork network) => network.CreateTrainer(
        Optimizer.Create(Rate), Smoothing > 0 ? Loss.SmoothedCrossEntropy(Smoothing) : Loss.CrossEntropy, Batch, Threads);
}
