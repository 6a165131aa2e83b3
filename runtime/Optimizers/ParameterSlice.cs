using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetGen;

/// <summary>
/// A part of a network's parameters, as an <see cref="Optimizer"/> updates it: values, gradients and the optimizer's own state, side by side
/// in one order. All have the same length, a multiple of 16, and start at a multiple of 64 bytes. Elements that only pad the kernels' layout are
/// 0 in value and gradient, and must stay 0.
/// </summary>
public readonly ref struct ParameterSlice
{
    private readonly ref float state;
    private readonly int stateStride;
    private readonly int stateCount;

    internal ParameterSlice(
        ref float values, ref float gradients, ref float state, int stateStride, int stateCount, int length, in ParameterSegment segment)
    {
        LearningRateFactor = segment.LearningRateFactor;
        WeightDecay = segment.WeightDecay;
        IsMatrix = segment.IsMatrix;
        Values = MemoryMarshal.CreateSpan(ref values, length);
        Gradients = MemoryMarshal.CreateReadOnlySpan(ref gradients, length);
        this.state = ref state;
        this.stateStride = stateStride;
        this.stateCount = stateCount;
    }

    /// <summary>The parameters, to be changed.</summary>
    public Span<float> Values { get; }

    /// <summary>The gradient of the mean loss with respect to them.</summary>
    public ReadOnlySpan<float> Gradients { get; }

    /// <summary>What the learning rate is to be multiplied by here: 1 unless <see cref="Optimizer.Groups"/> say otherwise.</summary>
    public double LearningRateFactor { get; }

    /// <summary>The weight decay that is to be taken here in place of the optimizer's own; null: that one.</summary>
    public double? WeightDecay { get; }

    /// <summary>Whether these are parts of matrices, which are updated as a whole.</summary>
    internal bool IsMatrix { get; }

    /// <summary>One of the optimizer's state buffers, 0 before the first step, from 0 to below <see cref="Optimizer.StateCount"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The optimizer's <see cref="Optimizer.StateCount"/> does not count so many.</exception>
    public Span<float> State(int index)
    {
        // Memory past the optimizer's buffer belongs to something else.
        if ((uint)index >= (uint)stateCount)
            Refuse(index);
        return MemoryMarshal.CreateSpan(ref Unsafe.Add(ref state, (nint)index * stateStride), Values.Length);
    }

    private void Refuse(int index) => throw new ArgumentOutOfRangeException(
        nameof(index), index, $"ParameterSlice.State: an index from 0 to below the optimizer's StateCount, {stateCount}, is expected, and {index} is given.");
}
