using System.Collections.Immutable;

namespace NetGen;

/// <summary>How the batches of a set are made.</summary>
/// <param name="IsBalanced">Whether shuffled ones have as many samples of each class.</param>
/// <param name="Ahead">How they are made ahead; null where they are not.</param>
/// <param name="Augmentation">What is done to each sample, in this order.</param>
internal sealed record Batching(bool IsBalanced, Prefetching? Ahead, ImmutableArray<Augment> Augmentation)
{
    /// <summary>Samples as they are, each once.</summary>
    public static Batching Plain { get; } = new(false, null, []);
}
