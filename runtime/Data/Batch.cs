namespace NetGen;

/// <summary>
/// Some samples of a <see cref="DataSet"/>, side by side. The next batch may reuse the memory, which is why it lives on the stack only.
/// </summary>
public readonly ref struct Batch
{
    internal Batch(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels)
    {
        Inputs = inputs;
        Labels = labels;
    }

    /// <summary>The samples, <c>[Count, InputShape]</c>, contiguous.</summary>
    public ReadOnlySpan<float> Inputs { get; }

    /// <summary>The class of every sample.</summary>
    public ReadOnlySpan<int> Labels { get; }

    /// <summary>Number of samples.</summary>
    public int Count => Labels.Length;
}
