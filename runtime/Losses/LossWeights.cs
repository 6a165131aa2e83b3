using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NetGen.Engine;

namespace NetGen;

/// <summary>How much each class, or each output, counts in a loss.</summary>
internal sealed class LossWeights
{
    /// <summary>All count 1.</summary>
    public static readonly LossWeights None = new([]);

    private readonly float[] padded;

    private LossWeights(ReadOnlySpan<double> weights)
    {
        Count = weights.Length;
        padded = new float[SampleBlock.Padded(Count)];
        for (var i = 0; i < Count; i++)
        {
            padded[i] = (float)weights[i];
            Sum += padded[i];
        }
    }

    /// <summary>How many there are; 0 where all count 1.</summary>
    public int Count { get; }

    /// <summary>All of them.</summary>
    public ImmutableArray<float> Values => [.. padded.AsSpan(0, Count)];

    /// <summary>The sum of all.</summary>
    public double Sum { get; }

    /// <summary>Weights of classes, one each.</summary>
    public static LossWeights OfClasses(ReadOnlySpan<double> weights)
    {
        if (weights.IsEmpty)
            throw new ArgumentException("A weight for each class is expected, and none is given.", nameof(weights));
        LossWeights made = Of(weights, "class weight");
        return made.Sum > 0 ? made : throw new ArgumentException($"All {weights.Length} class weights are 0: at least one class must count.", nameof(weights));
    }

    /// <summary>Weights of outputs: one for each, one for all, or none.</summary>
    public static LossWeights Of(ReadOnlySpan<double> weights, string name)
    {
        for (var i = 0; i < weights.Length; i++)
        {
            if (!(weights[i] >= 0) || !float.IsFinite((float)weights[i]))
                throw new ArgumentException($"The {name} {i} is {weights[i]}: a finite number of at least 0 is expected.", nameof(weights));
        }
        return new(weights);
    }

    /// <summary>One by its index, 1 where all count 1.</summary>
    public float this[int index] => Count == 0 ? 1 : padded[index];

    /// <summary>Those of the outputs from <paramref name="index"/>, a multiple of the lanes, on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Load<T>(nint index) where T : struct, ILanes<T> =>
        Count <= 1 ? T.All(this[0]) : T.Load(ref MemoryMarshal.GetArrayDataReference(padded), index);

    /// <summary>Why they do not go with so many outputs; null where they do.</summary>
    public string? Mismatch(string name, int outputs) => Count != 0 && Count != outputs
        ? $"this loss has {Count} {name}s, and the network has {outputs} outputs"
        : null;

    /// <summary>What samples of these labels count together.</summary>
    /// <param name="labels">The labels.</param>
    /// <param name="weights">A weight for each; empty: 1.</param>
    /// <param name="ignored">The label that counts nothing.</param>
    public double Total(ReadOnlySpan<int> labels, ReadOnlySpan<float> weights, int? ignored = null)
    {
        double sum = 0;
        for (var n = 0; n < labels.Length; n++)
            sum += labels[n] == ignored ? 0 : (double)this[labels[n]] * (weights.IsEmpty ? 1 : weights[n]);
        return sum;
    }
}
