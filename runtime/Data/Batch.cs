namespace NetGen;

/// <summary>
/// Some samples of a <see cref="DataSet"/>, side by side. The next batch may reuse the memory, which is why it lives on the stack only.
/// </summary>
public readonly ref struct Batch
{
    internal Batch(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels, ReadOnlySpan<float> targets, ReadOnlySpan<float> weights, int count)
    {
        Inputs = inputs;
        Labels = labels;
        Targets = targets;
        Weights = weights;
        Count = count;
    }

    /// <summary>The samples, <c>[Count, InputShape]</c>, contiguous.</summary>
    public ReadOnlySpan<float> Inputs { get; }

    /// <summary>The class of every sample; empty where samples have targets.</summary>
    public ReadOnlySpan<int> Labels { get; }

    /// <summary>What the outputs should be, <c>[Count, TargetShape]</c>, contiguous; empty where samples have a class each.</summary>
    public ReadOnlySpan<float> Targets { get; }

    /// <summary>How much every sample counts; empty where all count alike.</summary>
    public ReadOnlySpan<float> Weights { get; }

    /// <summary>The indices of the samples in their set, where they are not one after the other from <see cref="First"/> on.</summary>
    internal ReadOnlySpan<int> Order { get; init; }

    /// <summary>The index of the first sample in its set.</summary>
    internal int First { get; init; }

    /// <summary>Number of samples.</summary>
    public int Count { get; }

    /// <summary>The same samples with other answers.</summary>
    internal Batch With(ReadOnlySpan<int> labels, ReadOnlySpan<float> targets) => new(Inputs, labels, targets, Weights, Count) { Order = Order, First = First };

    /// <summary>The index of a sample in its set.</summary>
    internal int IndexOf(int sample) => Order.IsEmpty ? First + sample : Order[sample];
}
