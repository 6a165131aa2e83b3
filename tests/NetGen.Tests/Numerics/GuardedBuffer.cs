using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetGen.Tests.Numerics;

/// <summary>
/// Floats at a multiple of 64 bytes (or deliberately not), between two guards of a NaN of our own: a kernel that writes outside is
/// caught by <see cref="Check"/>, and one that uses what it read outside returns NaN.
/// </summary>
internal sealed class GuardedBuffer
{
    private const int Guard = 256;
    private const uint Pattern = 0x7FC0_DEADu;
    private readonly float[] array;
    private readonly int start;

    /// <summary>A buffer of that length; <paramref name="misalignment"/> floats off a multiple of 64 bytes.</summary>
    public GuardedBuffer(nint length, int misalignment = 0)
    {
        Length = checked((int)length);
        array = GC.AllocateArray<float>(Length + 2 * Guard + 16, pinned: true);
        long address = Marshal.UnsafeAddrOfPinnedArrayElement(array, Guard);
        start = Guard + (int)((64 - address % 64) % 64 / sizeof(float)) + misalignment % 16;
        MemoryMarshal.Cast<float, uint>(array.AsSpan()).Fill(Pattern);
        Span.Clear();
    }

    /// <summary>Floats between the guards.</summary>
    public int Length { get; }

    /// <summary>The first float.</summary>
    public ref float Start => ref array[start];

    /// <summary>All floats.</summary>
    public Span<float> Span => array.AsSpan(start, Length);

    /// <summary>Fills the buffer with the guards' NaN: memory of which nothing may be assumed.</summary>
    public GuardedBuffer Poison()
    {
        MemoryMarshal.Cast<float, uint>(Span).Fill(Pattern);
        return this;
    }

    /// <summary>Fails if a guard was overwritten.</summary>
    public void Check(string what)
    {
        ReadOnlySpan<uint> bits = MemoryMarshal.Cast<float, uint>(array);
        int before = bits[..start].IndexOfAnyExcept(Pattern);
        before.ShouldBe(-1, $"{what}: float {before - start} was written, before the first");
        int after = bits[(start + Length)..].IndexOfAnyExcept(Pattern);
        after.ShouldBe(-1, $"{what}: float {Length + after} was written, and there are {Length}");
    }

    /// <summary>The float at a place, which must lie inside.</summary>
    public ref float At(nint place)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(place);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(place, Length);
        return ref Unsafe.Add(ref Start, place);
    }
}
