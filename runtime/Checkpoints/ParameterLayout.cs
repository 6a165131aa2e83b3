using System.Collections.Immutable;
using NetGen.Engine;

namespace NetGen;

/// <summary>Copies values between PyTorch's row-major order and the order of the kernels, which strides describe.</summary>
internal static class ParameterLayout
{
    /// <summary>How many values the layout covers.</summary>
    public static long Count(ImmutableArray<Stride> layout) => layout.Aggregate(1L, (count, stride) => count * stride.Extent);

    /// <summary>The last float the layout reaches, counted from its first.</summary>
    public static long Reach(ImmutableArray<Stride> layout) => layout.Sum(stride => (stride.Extent - 1L) * stride.Step);

    /// <summary>Kernel order to row-major order.</summary>
    /// <param name="layout">The dimensions, the last one fastest in <paramref name="values"/>.</param>
    /// <param name="flat">The buffer, from the first float of the tensor on.</param>
    /// <param name="values">As many values as the layout covers.</param>
    public static void Gather(ImmutableArray<Stride> layout, ReadOnlySpan<float> flat, Span<float> values)
    {
        var rows = new Rows(layout);
        for (int done = 0; done < values.Length; done += rows.Length, rows.Next())
        {
            for (int i = 0, at = rows.Start; i < rows.Length; i++, at += rows.Step)
                values[done + i] = flat[at];
        }
    }

    /// <summary>Row-major order to kernel order; floats that the layout does not reach stay as they are.</summary>
    /// <param name="layout">The dimensions, the last one fastest in <paramref name="values"/>.</param>
    /// <param name="values">As many values as the layout covers.</param>
    /// <param name="flat">The buffer, from the first float of the tensor on.</param>
    public static void Scatter(ImmutableArray<Stride> layout, ReadOnlySpan<float> values, Span<float> flat)
    {
        var rows = new Rows(layout);
        for (int done = 0; done < values.Length; done += rows.Length, rows.Next())
        {
            for (int i = 0, at = rows.Start; i < rows.Length; i++, at += rows.Step)
                flat[at] = values[done + i];
        }
    }

    /// <summary>Goes through the rows (the last dimension) in order, counting the other dimensions like an odometer.</summary>
    private struct Rows
    {
        private readonly ImmutableArray<Stride> outer;
        private readonly int[] indices;

        public Rows(ImmutableArray<Stride> layout)
        {
            Stride row = layout.IsEmpty ? new(1, 1) : layout[^1];
            (Length, Step) = (row.Extent, row.Step);
            outer = layout.IsEmpty ? [] : layout.RemoveAt(layout.Length - 1);
            indices = new int[outer.Length];
        }

        public int Length { get; }

        public int Step { get; }

        public int Start { get; private set; }

        public void Next()
        {
            for (int dimension = outer.Length - 1; dimension >= 0; dimension--)
            {
                Start += outer[dimension].Step;
                if (++indices[dimension] < outer[dimension].Extent)
                    return;
                Start -= outer[dimension].Step * outer[dimension].Extent;
                indices[dimension] = 0;
            }
        }
    }
}
