using NetGen;

namespace ModelZoo.Bench;

/// <summary>Normally distributed inputs and evenly distributed labels, as the peers' programs make them.</summary>
/// <param name="Inputs">A row for each sample.</param>
/// <param name="Labels">A class for each sample; empty where the output is an image.</param>
/// <param name="Targets">What the images should be; empty where there are classes.</param>
internal sealed record RandomBatch(float[] Inputs, int[] Labels, float[] Targets)
{
    /// <summary>The same samples for the same network and number.</summary>
    public static RandomBatch For(INetwork network, int samples)
    {
        var random = new Random(1);
        return new(
            [.. Enumerable.Range(0, samples * network.InputShape.Size).Select(_ => Normal(random))],
            network.OutputShape.Rank > 1 ? [] : [.. Enumerable.Range(0, samples).Select(_ => random.Next(network.OutputShape.Size))],
            network.OutputShape.Rank > 1 ? [.. Enumerable.Range(0, samples * network.OutputShape.Size).Select(_ => Normal(random))] : []);
    }

    /// <summary>A training step on it.</summary>
    public float Step(Trainer trainer) => Targets.Length > 0 ? trainer.Step(Inputs, Targets) : trainer.Step(Inputs, Labels);

    /// <summary>Box and Muller's transform.</summary>
    private static float Normal(Random random) =>
        (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
}
