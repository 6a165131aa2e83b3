namespace NetGen.Engine;

/// <summary>
/// How often a network's parameters have been written. Weights prepared for other kernels belong to both numbers; gradients of a pass belong to the
/// first alone, for a batch is normalised by its own statistics.
/// </summary>
/// <param name="Writes">By optimizers, files and users.</param>
/// <param name="Statistics">By training passes, which move running statistics; those of training steps count among the writes.</param>
internal readonly record struct ParameterVersion(long Writes, long Statistics)
{
    /// <summary>Both together, which no write leaves as it was.</summary>
    public long All => Writes + Statistics;
}
