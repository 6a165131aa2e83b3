using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetGen.Engine;

/// <summary>Where images, or volumes with their slices one below the other, lie whose pixels' channels are side by side.</summary>
/// <param name="first">The first channel of the first pixel of sample 0.</param>
/// <param name="pixel">Floats from one pixel to the next.</param>
/// <param name="line">Floats from one line to the next.</param>
/// <param name="sample">Floats from one sample to the next.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct PixelTensor(ref float first, int pixel, int line, int sample)
{
    private readonly ref float first = ref first;

    /// <summary>The first channel of a pixel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref float At(nint n, nint row, nint column) => ref Unsafe.Add(ref first, (n * sample) + (row * line) + (column * pixel));

    /// <summary>Adds to some channels of a pixel.</summary>
    internal void Add(nint n, nint row, nint column, nint channel, Vector<float> what)
    {
        ref float at = ref At(n, row, column);
        (Vector.LoadUnsafe(ref at, (nuint)channel) + what).StoreUnsafe(ref at, (nuint)channel);
    }

    /// <summary>Zeroes the pixels of so many lines and columns, of some samples.</summary>
    internal void Clear(int channels, int lines, int columns, nint from, nint to)
    {
        for (nint n = from; n < to; n++)
        {
            for (nint row = 0; row < lines; row++)
            {
                for (nint column = 0; column < columns; column++)
                    MemoryMarshal.CreateSpan(ref At(n, row, column), channels).Clear();
            }
        }
    }
}
