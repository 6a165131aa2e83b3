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
    private readonly int stateStep;

    internal ParameterSlice(ref float values, ref float gradients, ref float state, int stateStep, int length)
    {
        Values = MemoryMarshal.CreateSpan(ref values, length);
        Gradients = MemoryMarshal.CreateReadOnlySpan(ref gradients, length);
        this.state = ref state;
        this.stateStep = stateStep;
    }

    /// <summary>The parameters, to be changed.</summary>
    public Span<float> Values { get; }

    /// <summary>The gradient of the mean loss with respect to them.</summary>
    public ReadOnlySpan<float> Gradients { get; }

    /// <summary>One of the optimizer's state buffers, 0 before the first step, from 0 to below <see cref="Optimizer.StateCount"/>.</summary>
    public Span<float> State(int index) => MemoryMarshal.CreateSpan(ref Unsafe.Add(ref state, (nint)index * stateStep), Values.Length);
}
