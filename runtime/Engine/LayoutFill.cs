using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetGen.Engine;

/// <summary>Writes one value to every element of a layout, in the order of memory.</summary>
internal ref struct LayoutFill(ref float kernel, float value) : ILayoutVisitor
{
    private readonly ref float kernel = ref kernel;

    public readonly void Visit(scoped ReadOnlySpan<LayoutAxis> axes, nint fromKernel, nint fromOrdered)
    {
        Span<LayoutAxis> sorted = stackalloc LayoutAxis[axes.Length];
        axes.CopyTo(sorted);
        SortByMemory(sorted);
        Fill(sorted, ref Unsafe.Add(ref kernel, fromKernel), value);
    }

    /// <summary>Puts axes into the order of memory, the one with the smallest steps last.</summary>
    public static void SortByMemory(Span<LayoutAxis> axes) => axes.Sort(static (left, right) => right.KernelStep.CompareTo(left.KernelStep));

    private static void Fill(ReadOnlySpan<LayoutAxis> axes, ref float kernel, float value)
    {
        LayoutAxis axis = axes.IsEmpty ? new(1, 1, 1) : axes[0];
        if (axes.Length <= 1 && axis.KernelStep == 1)
        {
            MemoryMarshal.CreateSpan(ref kernel, axis.Extent).Fill(value);
            return;
        }
        for (nint i = 0; i < axis.Extent; i++)
        {
            if (axes.Length == 1)
                Unsafe.Add(ref kernel, i * axis.KernelStep) = value;
            else
                Fill(axes[1..], ref Unsafe.Add(ref kernel, i * axis.KernelStep), value);
        }
    }
}
