using System.Runtime.CompilerServices;

namespace NetGen.Engine;

/// <summary>Which way elements go between kernel layout and PyTorch's order.</summary>
internal interface ICopyDirection
{
    /// <summary>Elements that follow one another on both sides, so many floats apart.</summary>
    static abstract void Run(ref float kernel, nint kernelStep, ref float ordered, nint orderedStep, int count);

    /// <summary>
    /// A plane of <paramref name="rows"/> that are neighbours in PyTorch's order and <paramref name="columns"/> that are neighbours in kernel layout.
    /// </summary>
    static abstract void Transpose(ref float kernel, int rowStep, int rows, ref float ordered, int columnStep, int columns);
}

/// <summary>
/// Copies a layout's boxes. Where the order of elements differs, it goes by tiles that are whole cache lines on both sides: element by element in the
/// order of one side, every element would cost the other a cache line, which is gone again when its neighbour's turn comes.
/// </summary>
internal ref struct LayoutCopy<TDirection>(ref float kernel, ref float ordered) : ILayoutVisitor where TDirection : ICopyDirection
{
    // Two and four lines of 64 bytes: a tile of both is read and written within the first-level cache.
    private const int KernelRun = 32, OrderedRun = 64;
    private readonly ref float kernel = ref kernel;
    private readonly ref float ordered = ref ordered;

    public readonly void Visit(scoped ReadOnlySpan<LayoutAxis> axes, nint fromKernel, nint fromOrdered)
    {
        ref float first = ref Unsafe.Add(ref kernel, fromKernel), firstOrdered = ref Unsafe.Add(ref ordered, fromOrdered);
        int last = axes.Length - 1, fast = last;
        for (int axis = last - 1; axis >= 0; axis--)
        {
            if (Math.Abs(axes[axis].KernelStep) < Math.Abs(axes[fast].KernelStep))
                fast = axis;
        }
        if (fast == last)
        {
            Rows(axes, ref first, ref firstOrdered);
            return;
        }
        Span<int> tile = stackalloc int[2 * axes.Length];
        Span<int> sizes = tile[axes.Length..];
        int needed = OrderedRun;
        for (int axis = last; axis >= 0; axis--)
        {
            tile[axis] = Math.Min(axes[axis].Extent, needed);
            needed = (needed + tile[axis] - 1) / tile[axis];
        }
        tile[fast] = Math.Max(tile[fast], Math.Min(axes[fast].Extent, KernelRun));
        Tiles(axes, tile[..axes.Length], sizes, 0, fast, ref first, ref firstOrdered);
    }

    /// <summary>In PyTorch's order, which is that of the kernels too.</summary>
    private static void Rows(ReadOnlySpan<LayoutAxis> axes, ref float kernel, ref float ordered)
    {
        if (axes.Length <= 1)
        {
            LayoutAxis run = axes.IsEmpty ? new(1, 1, 1) : axes[0];
            TDirection.Run(ref kernel, run.KernelStep, ref ordered, run.OrderedStep, run.Extent);
            return;
        }
        LayoutAxis axis = axes[0];
        for (nint i = 0; i < axis.Extent; i++)
            Rows(axes[1..], ref Unsafe.Add(ref kernel, i * axis.KernelStep), ref Unsafe.Add(ref ordered, i * axis.OrderedStep));
    }

    private static void Tiles(ReadOnlySpan<LayoutAxis> axes, ReadOnlySpan<int> tile, Span<int> sizes, int axis, int fast, ref float kernel, ref float ordered)
    {
        if (axis == axes.Length)
        {
            Planes(axes, sizes, 0, fast, ref kernel, ref ordered);
            return;
        }
        LayoutAxis current = axes[axis];
        for (var i = 0; i < current.Extent; i += tile[axis])
        {
            sizes[axis] = Math.Min(tile[axis], current.Extent - i);
            Tiles(axes, tile, sizes, axis + 1, fast, ref Unsafe.Add(ref kernel, i * current.KernelStep), ref Unsafe.Add(ref ordered, i * current.OrderedStep));
        }
    }

    /// <summary>One tile: the planes of its fastest axis on either side, for each place of the other axes.</summary>
    private static void Planes(ReadOnlySpan<LayoutAxis> axes, ReadOnlySpan<int> sizes, int axis, int fast, ref float kernel, ref float ordered)
    {
        if (axis == fast)
            axis++;
        LayoutAxis current = axes[axis];
        if (axis < axes.Length - 1)
        {
            for (nint i = 0; i < sizes[axis]; i++)
                Planes(axes, sizes, axis + 1, fast, ref Unsafe.Add(ref kernel, i * current.KernelStep), ref Unsafe.Add(ref ordered, i * current.OrderedStep));
            return;
        }
        LayoutAxis neighbours = axes[fast];
        if (neighbours.KernelStep == 1 && current.OrderedStep == 1)
        {
            TDirection.Transpose(ref kernel, (int)current.KernelStep, sizes[axis], ref ordered, (int)neighbours.OrderedStep, sizes[fast]);
            return;
        }
        for (nint i = 0; i < sizes[fast]; i++)
        {
            TDirection.Run(
                ref Unsafe.Add(ref kernel, i * neighbours.KernelStep), current.KernelStep, ref Unsafe.Add(ref ordered, i * neighbours.OrderedStep), current.OrderedStep, sizes[axis]);
        }
    }
}

/// <summary>From kernel layout to PyTorch's order.</summary>
internal readonly struct Gathering : ICopyDirection
{
    public static void Run(ref float kernel, nint kernelStep, ref float ordered, nint orderedStep, int count) =>
        StridedLayout.CopyRun(ref kernel, kernelStep, ref ordered, orderedStep, count);

    public static void Transpose(ref float kernel, int rowStep, int rows, ref float ordered, int columnStep, int columns) =>
        LayoutTransform.Transpose(ref kernel, rows, columns, rowStep, ref ordered, rows, columnStep);
}

/// <summary>From PyTorch's order to kernel layout.</summary>
internal readonly struct Scattering : ICopyDirection
{
    public static void Run(ref float kernel, nint kernelStep, ref float ordered, nint orderedStep, int count) =>
        StridedLayout.CopyRun(ref ordered, orderedStep, ref kernel, kernelStep, count);

    public static void Transpose(ref float kernel, int rowStep, int rows, ref float ordered, int columnStep, int columns) =>
        LayoutTransform.Transpose(ref ordered, columns, rows, columnStep, ref kernel, columns, rowStep);
}
