using NetGen;

namespace ModelZoo.Bench;

/// <summary>A network with a batch of random samples, and the two things that are measured on it.</summary>
internal sealed class Workload : IDisposable
{
    private readonly INetwork network;
    private readonly Lazy<Trainer> trainer;
    private readonly Predictor? predictor;
    private readonly RandomBatch batch;
    private readonly float[] outputs;

    /// <param name="kind">The network.</param>
    /// <param name="samples">Samples.</param>
    /// <param name="threads">Workers.</param>
    public Workload(BenchmarkNetwork kind, int samples, int threads)
    {
        network = kind.Create(1);
        // Training takes several times the memory of the weights, which inference of a wide network has better uses for.
        trainer = new(() => CreateTrainer(network, samples, threads));
        predictor = threads == 1 ? null : network.CreatePredictor(threads);
        batch = RandomBatch.For(network, samples);
        outputs = new float[samples * network.OutputShape.Size];
    }

    /// <summary>A trainer with the peers' optimizer and loss: SGD with momentum, cross-entropy; where the output is an image, its squared error.</summary>
    public static Trainer CreateTrainer(INetwork network, int samples, int threads) =>
        network.CreateTrainer(new SGD(1e-4f, momentum: 0.9f), network.OutputShape.Rank == 1 ? Loss.CrossEntropy : Loss.MeanSquaredError, samples, threads);

    /// <summary>Evaluates the batch.</summary>
    public void Predict()
    {
        if (predictor is null)
            network.Predict(batch.Inputs, outputs);
        else
            predictor.Predict(batch.Inputs, outputs);
    }

    /// <summary>Forward, loss, backward, and an update by SGD with momentum.</summary>
    public float Train() => batch.Step(trainer.Value);

    public void Dispose()
    {
        if (trainer.IsValueCreated)
            trainer.Value.Dispose();
        predictor?.Dispose();
    }
}
