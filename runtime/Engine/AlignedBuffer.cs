using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetGen.Engine;

/// <summary>
/// Floats that never move and start at a multiple of 64 bytes, all 0 at first. A pinned managed array lies beneath, so a buffer needs no
/// disposal and a reference into it keeps it alive.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class AlignedBuffer
{
    /// <summary>Floats that may be read past the end: a vector load that starts at the last float stays inside.</summary>
    public const int Slack = 16;

    private const int Alignment = 64;
    private readonly float[] array;
    private readonly int start;

    /// <summary>A zeroed buffer of <paramref name="length"/> floats, at least 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The length is negative or beyond what an array can hold.</exception>
    public AlignedBuffer(long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, MaxLength);
        Length = (int)length;
        array = GC.AllocateArray<float>(Length + Slack + (Alignment / sizeof(float)), pinned: true);
        LargePages.Ask(ref MemoryMarshal.GetArrayDataReference(array), array.Length);
        start = FloatsToAlignment(ref MemoryMarshal.GetArrayDataReference(array));
    }

    /// <summary>
    /// Has the system make the memory of a large new buffer now, on all processors together, instead of page by page under whoever writes first. The
    /// contents stay 0; nobody else may have the buffer yet.
    /// </summary>
    /// <returns>The buffer.</returns>
    internal AlignedBuffer Commit()
    {
        const int Part = 2 * 1024 * 1024 / sizeof(float), Page = 4096 / sizeof(float);
        if ((nuint)array.Length * sizeof(float) < LargePages.LeastBytes)
            return this;
        Parallel.For(0, (array.Length + Part - 1) / Part, part =>
        {
            for (int i = part * Part; i < Math.Min(array.Length, (part + 1) * Part); i += Page)
                array[i] = 0;
        });
        return this;
    }

    /// <summary>Floats of the longest buffer.</summary>
    internal static int MaxLength => Array.MaxLength - Slack - (Alignment / sizeof(float));

    /// <summary>Floats in the buffer.</summary>
    public int Length { get; }

    /// <summary>The first float, at a multiple of 64 bytes.</summary>
    public ref float Start => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(array), start);

    /// <summary>All floats.</summary>
    public Span<float> Span => array.AsSpan(start, Length);

    /// <summary>All floats, for whoever keeps them for longer than a call.</summary>
    internal Memory<float> Memory => array.AsMemory(start, Length);

    private static unsafe int FloatsToAlignment(ref float first) =>
        (int)((nuint)(-(nint)Unsafe.AsPointer(ref first)) % Alignment / sizeof(float));
}
