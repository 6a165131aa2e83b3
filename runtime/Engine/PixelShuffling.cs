using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetGen.Engine;

/// <summary>Channels to pixels and back, over images whose pixels' channels are side by side; called by emitted code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class PixelShuffling
{
    /// <summary><c>y[n, c, h·f + i, w·f + j] = x[n, c·f² + i·f + j, h, w]</c>.</summary>
    /// <param name="x">The first pixel of sample 0.</param>
    /// <param name="pixel">Floats from one pixel to the next.</param>
    /// <param name="line">Floats from one line to the next.</param>
    /// <param name="sample">Floats from one sample to the next.</param>
    /// <param name="y">Where the first pixel goes.</param>
    /// <param name="yPixel">The same of where they go.</param>
    /// <param name="yLine">The same of where they go.</param>
    /// <param name="ySample">The same of where they go.</param>
    /// <param name="channels">Channels of the larger image.</param>
    /// <param name="height">Lines of the smaller image.</param>
    /// <param name="width">Pixels of its lines.</param>
    /// <param name="factor">f.</param>
    /// <param name="padded">Channels of a pixel that are written, zeros behind the image's own.</param>
    /// <param name="from">First sample.</param>
    /// <param name="to">Past the last sample.</param>
    public static void Shuffle(
        ref float x, int pixel, int line, int sample, ref float y, int yPixel, int yLine, int ySample, int channels, int height, int width, int factor, int padded, nint from, nint to)
    {
        for (nint n = from; n < to; n++)
        {
            for (nint h = 0; h < (nint)height * factor; h++)
            {
                for (nint w = 0; w < (nint)width * factor; w++)
                {
                    nint place = (h % factor * factor) + (w % factor);
                    ref float source = ref Unsafe.Add(ref x, (n * sample) + (h / factor * line) + (w / factor * pixel) + place);
                    ref float target = ref Unsafe.Add(ref y, (n * ySample) + (h * yLine) + (w * yPixel));
                    for (nint c = 0; c < channels; c++)
                        Unsafe.Add(ref target, c) = Unsafe.Add(ref source, c * factor * factor);
                    Clear(ref target, channels, padded);
                }
            }
        }
    }

    /// <summary>The inverse: <c>y[n, c·f² + i·f + j, h, w] = x[n, c, h·f + i, w·f + j]</c>.</summary>
    /// <inheritdoc cref="Shuffle"/>
    public static void Unshuffle(
        ref float x, int pixel, int line, int sample, ref float y, int yPixel, int yLine, int ySample, int channels, int height, int width, int factor, int padded, nint from, nint to)
    {
        for (nint n = from; n < to; n++)
        {
            for (nint h = 0; h < height; h++)
            {
                for (nint w = 0; w < width; w++)
                {
                    ref float target = ref Unsafe.Add(ref y, (n * ySample) + (h * yLine) + (w * yPixel));
                    for (nint place = 0; place < (nint)factor * factor; place++)
                    {
                        ref float source = ref Unsafe.Add(ref x, (n * sample) + (((h * factor) + (place / factor)) * line) + (((w * factor) + (place % factor)) * pixel));
                        for (nint c = 0; c < channels; c++)
                            Unsafe.Add(ref target, (c * factor * factor) + place) = Unsafe.Add(ref source, c);
                    }
                    Clear(ref target, channels * factor * factor, padded);
                }
            }
        }
    }

    private static void Clear(ref float pixel, int channels, int padded) => MemoryMarshal.CreateSpan(ref Unsafe.Add(ref pixel, channels), padded - channels).Clear();
}
