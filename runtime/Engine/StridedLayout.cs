using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetGen.Engine;

/// <summary>Elements between a kernel layout and PyTorch's row-major order.</summary>
internal static class StridedLayout
{
    /// <summary>Elements of the layout.</summary>
    public static long Count(ImmutableArray<Stride> layout) => layout.Aggregate(1L, (count, stride) => count * stride.Extent);

    /// <summary>Floats between the layout's first element and its last.</summary>
    public static long Reach(ImmutableArray<Stride> layout) => layout.Sum(stride => stride.Reach);

    /// <summary>Floats between the layout's first element and the element at a place in PyTorch's order.</summary>
    public static nint Offset(ImmutableArray<Stride> layout, int index)
    {
        nint offset = 0;
        for (int dimension = layout.Length - 1; dimension >= 0; dimension--)
        {
            (index, int coordinate) = Math.DivRem(index, layout[dimension].Extent);
            offset += layout[dimension].Offset(coordinate);
        }
        return offset;
    }

    /// <summary>
    /// A layout in parts that follow one another in PyTorch's order, of about so many floats: of the outermost dimension some rows each, or some whole
    /// blocks where it lies in blocks.
    /// </summary>
    public static IEnumerable<LayoutPart> Parts(ImmutableArray<Stride> layout, int floats)
    {
        int count = (int)Count(layout);
        if (layout.IsEmpty || count <= floats)
        {
            yield return new(layout, 0, 0, count);
            yield break;
        }
        Stride outermost = layout[0];
        int row = count / outermost.Extent, grain = Math.Max(1, outermost.Block), rows = Math.Max(grain, floats / row / grain * grain);
        for (var from = 0; from < outermost.Extent; from += rows)
        {
            int extent = Math.Min(rows, outermost.Extent - from);
            yield return new(layout.SetItem(0, outermost with { Extent = extent }), outermost.Offset(from), from * row, extent * row);
        }
    }

    /// <summary>From kernel layout to PyTorch's order. Allocates nothing.</summary>
    public static void Gather(ImmutableArray<Stride> layout, ref float kernel, Span<float> ordered)
    {
        var copy = new LayoutCopy<Gathering>(ref kernel, ref MemoryMarshal.GetReference(ordered));
        if (ordered.Length > 0)
            LayoutBoxes.Visit(layout.AsSpan(), ref copy);
    }

    /// <summary>From PyTorch's order to kernel layout. Allocates nothing.</summary>
    public static void Scatter(ImmutableArray<Stride> layout, ReadOnlySpan<float> ordered, ref float kernel)
    {
        var copy = new LayoutCopy<Scattering>(ref kernel, ref MemoryMarshal.GetReference(ordered));
        if (ordered.Length > 0)
            LayoutBoxes.Visit(layout.AsSpan(), ref copy);
    }

    /// <summary>Writes one value to every element.</summary>
    public static void Fill(ImmutableArray<Stride> layout, float value, ref float kernel)
    {
        var fill = new LayoutFill(ref kernel, value);
        LayoutBoxes.Visit(layout.AsSpan(), ref fill);
    }

    /// <summary>Copies floats that lie so many apart on either side.</summary>
    internal static void CopyRun(ref float source, nint sourceStep, ref float target, nint targetStep, int count)
    {
        if (sourceStep == 1 && targetStep == 1)
        {
            MemoryMarshal.CreateReadOnlySpan(ref source, count).CopyTo(MemoryMarshal.CreateSpan(ref target, count));
            return;
        }
        for (nint i = 0; i < count; i++)
            Unsafe.Add(ref target, i * targetStep) = Unsafe.Add(ref source, i * sourceStep);
    }
}
