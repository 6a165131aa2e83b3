namespace NetGen.Benchmarks;

/// <summary>Normally distributed inputs and evenly distributed labels, as the peers' programs make them.</summary>
/// <param name="Inputs">A row for each sample.</param>
/// <param name="Labels">A class for each sample.</param>
internal sealed record RandomBatch(float[] Inputs, int[] Labels)
{
    /// <summary>The same samples for the same network and number.</summary>
    public static RandomBatch For(INetwork network, int samples)
    {
        var random = new Random(1);
        return new(
            [.. Enumerable.Range(0, samples * network.InputShape.Size).Select(_ => Normal(random))],
            [.. Enumerable.Range(0, samples).Select(_ => random.Next(network.OutputShape.Size))]);
    }

    /// <summary>Box and Muller's transform.</summary>
    private static float Normal(Random random) =>
        (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
}
