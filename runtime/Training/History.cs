using System.Collections;
using System.Collections.Immutable;

namespace NetGen;

/// <summary>The epochs of a training run, in order.</summary>
public sealed class History : IReadOnlyList<EpochResult>
{
    private readonly ImmutableArray<EpochResult> epochs;

    internal History(ImmutableArray<EpochResult> epochs) => this.epochs = epochs;

    /// <summary>How many epochs ran.</summary>
    public int Count => epochs.Length;

    /// <summary>One epoch, 0 the first.</summary>
    public EpochResult this[int index] => epochs[index];

    /// <summary>The last epoch.</summary>
    public EpochResult Last => epochs[^1];

    /// <summary>Walks the epochs in order.</summary>
    public IEnumerator<EpochResult> GetEnumerator() => epochs.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
