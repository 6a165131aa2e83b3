namespace NetGen.Engine;

/// <summary>An axis of a <see cref="LayoutBoxes">box</see>: how many there are, and the floats between neighbours on either side.</summary>
/// <param name="Extent">How many, at least 2.</param>
/// <param name="KernelStep">Floats between neighbours in the kernels' memory.</param>
/// <param name="OrderedStep">Floats between neighbours in PyTorch's order.</param>
internal readonly record struct LayoutAxis(int Extent, nint KernelStep, nint OrderedStep);

/// <summary>What is done with the boxes of a layout.</summary>
internal interface ILayoutVisitor
{
    /// <summary>Takes a box.</summary>
    /// <param name="axes">Its axes in PyTorch's order, the fastest last; none for a single element.</param>
    /// <param name="kernel">Floats from the layout's first element to the box's in the kernels' memory.</param>
    /// <param name="ordered">Floats from the layout's first element to the box's in PyTorch's order.</param>
    void Visit(scoped ReadOnlySpan<LayoutAxis> axes, nint kernel, nint ordered);
}

/// <summary>
/// Takes a layout apart into boxes, whose axes have one step each: a dimension that lies in blocks becomes two axes, and its last block, where it is
/// cut short, a box of its own. Axes that follow one another on both sides become one. Allocates nothing.
/// </summary>
internal static class LayoutBoxes
{
    public static void Visit<T>(ReadOnlySpan<Stride> layout, ref T visitor) where T : struct, ILayoutVisitor, allows ref struct
    {
        nint elements = 1;
        foreach (Stride stride in layout)
            elements *= stride.Extent;
        if (elements == 0)
            return;
        Span<LayoutAxis> axes = stackalloc LayoutAxis[4 * layout.Length];
        Split(layout, elements, axes[..(2 * layout.Length)], axes[(2 * layout.Length)..], 0, 0, 0, ref visitor);
    }

    private static void Split<T>(
        ReadOnlySpan<Stride> rest, nint elements, scoped Span<LayoutAxis> axes, scoped Span<LayoutAxis> merged, int used, nint kernel, nint ordered, ref T visitor)
        where T : struct, ILayoutVisitor, allows ref struct
    {
        if (rest.IsEmpty)
        {
            visitor.Visit(Merge(axes[..used], merged), kernel, ordered);
            return;
        }
        Stride stride = rest[0];
        nint step = elements / stride.Extent;
        int block = stride.Block == 0 ? stride.Extent : stride.Block;
        (int whole, int last) = Math.DivRem(stride.Extent, block);
        if (whole > 0)
        {
            axes[used] = new(whole, stride.BlockStep, step * block);
            axes[used + 1] = new(block, stride.Step, step);
            Split(rest[1..], step, axes, merged, used + 2, kernel, ordered, ref visitor);
        }
        if (last > 0)
        {
            axes[used] = new(last, stride.Step, step);
            Split(rest[1..], step, axes, merged, used + 1, kernel + ((nint)whole * stride.BlockStep), ordered + (whole * step * block), ref visitor);
        }
    }

    private static ReadOnlySpan<LayoutAxis> Merge(ReadOnlySpan<LayoutAxis> axes, Span<LayoutAxis> merged)
    {
        var count = 0;
        foreach (LayoutAxis axis in axes)
        {
            if (axis.Extent == 1)
                continue;
            if (count > 0 && merged[count - 1] is var outer && outer.KernelStep == axis.Extent * axis.KernelStep && outer.OrderedStep == axis.Extent * axis.OrderedStep)
                merged[count - 1] = axis with { Extent = outer.Extent * axis.Extent };
            else
                merged[count++] = axis;
        }
        return merged[..count];
    }
}
