using System.ComponentModel;
using System.Runtime.CompilerServices;

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
}
