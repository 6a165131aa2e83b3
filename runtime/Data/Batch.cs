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

    /// <summary>Number of samples.</summary>
    public int Count { get; }
}
