using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetGen.Engine;

/// <summary>Walks a kernel layout in PyTorch's row-major order.</summary>
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

    /// <summary>From kernel layout to PyTorch's order.</summary>
    public static void Gather(ImmutableArray<Stride> layout, ref float kernel, Span<float> ordered)
    {
        if (ordered.Length > 0)
            Walk<Gathering>(layout.AsSpan(), ref kernel, ref MemoryMarshal.GetReference(ordered));
    }

    /// <summary>From PyTorch's order to kernel layout.</summary>
    public static void Scatter(ImmutableArray<Stride> layout, ReadOnlySpan<float> ordered, ref float kernel)
    {
        if (ordered.Length > 0)
            Walk<Scattering>(layout.AsSpan(), ref kernel, ref MemoryMarshal.GetReference(ordered));
    }

    /// <summary>Writes one value to every element.</summary>
    public static void Fill(ImmutableArray<Stride> layout, float value, ref float kernel) => Walk<Filling>(layout.AsSpan(), ref kernel, ref value);

    private static nint Walk<TMove>(ReadOnlySpan<Stride> layout, ref float kernel, ref float ordered) where TMove : IMove
    {
        if (layout.IsEmpty)
        {
            TMove.Run(ref kernel, 1, 1, ref ordered);
            return 1;
        }
        Stride stride = layout[0];
        nint done = 0;
        if (layout.Length == 1)
        {
            int block = stride.Block == 0 ? stride.Extent : stride.Block;
            for (var i = 0; i < stride.Extent; i += block)
            {
                int count = Math.Min(block, stride.Extent - i);
                TMove.Run(ref Unsafe.Add(ref kernel, stride.Offset(i)), stride.Step, count, ref Unsafe.Add(ref ordered, done));
                done += TMove.Advance * count;
            }
            return done;
        }
        for (var i = 0; i < stride.Extent; i++)
            done += Walk<TMove>(layout[1..], ref Unsafe.Add(ref kernel, stride.Offset(i)), ref Unsafe.Add(ref ordered, done));
        return done;
    }

    private interface IMove
    {
        /// <summary>1 where the ordered side advances with the elements, 0 where it stays.</summary>
        static abstract nint Advance { get; }

        static abstract void Run(ref float kernel, int step, int count, ref float ordered);
    }

    private readonly struct Gathering : IMove
    {
        public static nint Advance => 1;

        public static void Run(ref float kernel, int step, int count, ref float ordered)
        {
            if (step == 1)
                MemoryMarshal.CreateSpan(ref kernel, count).CopyTo(MemoryMarshal.CreateSpan(ref ordered, count));
            else
            {
                for (nint i = 0; i < count; i++)
                    Unsafe.Add(ref ordered, i) = Unsafe.Add(ref kernel, i * step);
            }
        }
    }

    private readonly struct Scattering : IMove
    {
        public static nint Advance => 1;

        public static void Run(ref float kernel, int step, int count, ref float ordered)
        {
            if (step == 1)
                MemoryMarshal.CreateSpan(ref ordered, count).CopyTo(MemoryMarshal.CreateSpan(ref kernel, count));
            else
            {
                for (nint i = 0; i < count; i++)
                    Unsafe.Add(ref kernel, i * step) = Unsafe.Add(ref ordered, i);
            }
        }
    }

    private readonly struct Filling : IMove
    {
        public static nint Advance => 0;

        public static void Run(ref float kernel, int step, int count, ref float ordered)
        {
            for (nint i = 0; i < count; i++)
                Unsafe.Add(ref kernel, i * step) = ordered;
        }
    }
}
