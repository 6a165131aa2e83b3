using NetGen.Generator.Collections;
using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Operations;

namespace NetGen.Generator.Cpu.Planning;

/// <summary>One call of a kernel. The order of steps is the order of execution: barriers, lifetimes and text all follow it.</summary>
/// <param name="Operation">The arithmetic.</param>
/// <param name="Arguments">In the order of the kernel's parameters.</param>
/// <param name="Node">The layer it belongs to; on the way back it runs where the pass comes by this layer.</param>
internal sealed record Step(BoundOperation Operation, EquatableArray<Argument> Arguments, int Node)
{
    /// <summary>On the way back: it runs only where the pass comes by none of these layers.</summary>
    public EquatableArray<int> Unless { get; init; } = [];

    /// <summary>In which mode it runs.</summary>
    public When When { get; init; }

    /// <summary>Shows what a fused ReLU would have got, with the kernel that has it fused.</summary>
    public bool IsBeforeReLU { get; init; }

    /// <summary>All workers meet before it: it reads what others wrote, or writes what others read.</summary>
    public bool Waits { get; init; }
}
