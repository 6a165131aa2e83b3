namespace NetGen.Benchmarks;

/// <summary>A network with a batch of random samples, and the two things that are measured on it.</summary>
internal sealed class Workload : IDisposable
{
    private const int Inputs = 784, Classes = 10;
    private readonly INetwork network;
    private readonly Trainer trainer;
    private readonly Predictor? predictor;
    private readonly float[] inputs;
    private readonly float[] outputs;
    private readonly int[] labels;

    /// <summary>Normally distributed inputs and evenly distributed labels, as the peers' programs make them.</summary>
    /// <param name="kind">The network.</param>
    /// <param name="batch">Samples.</param>
    /// <param name="threads">Workers.</param>
    public Workload(NetworkKind kind, int batch, int threads)
    {
        var random = new Random(1);
        network = kind.Create(1);
        trainer = network.CreateTrainer(new SGD(1e-4f, momentum: 0.9f), Loss.CrossEntropy, batch, threads);
        predictor = threads == 1 ? null : network.CreatePredictor(threads);
        inputs = [.. Enumerable.Range(0, batch * Inputs).Select(_ => Normal(random))];
        outputs = new float[batch * Classes];
        labels = [.. Enumerable.Range(0, batch).Select(_ => random.Next(Classes))];
    }

    /// <summary>Evaluates the batch.</summary>
    public void Predict()
    {
        if (predictor is null)
            network.Predict(inputs, outputs);
        else
            predictor.Predict(inputs, outputs);
    }

    /// <summary>Forward, cross-entropy, backward, and an update by SGD with momentum.</summary>
    public float Train() => trainer.Step(inputs, labels);

    public void Dispose()
    {
        trainer.Dispose();
        predictor?.Dispose();
    }

    /// <summary>Box and Muller's transform.</summary>
    private static float Normal(Random random) =>
        (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
}
