using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NetGen;

/// <summary>
/// Makes an image of another by an affine map. Between the middles of pixels it interpolates linearly in both directions; around the image everything is
/// black. Equal bits at every level of vector instructions.
/// </summary>
/// <param name="channels">Channels, one after the other.</param>
/// <param name="height">Rows.</param>
/// <param name="width">Pixels of a row.</param>
internal sealed class AffineSampler(int channels, int height, int width)
{
    /// <summary>Pixels of black before and after a row, and rows before and after the image: a place may be held to them, and its right neighbour exist.</summary>
    private const int Before = 1, Around = 3;

    private readonly int stride = width + Around, plane = (width + Around) * (height + Around);
    private readonly float[] framed = new float[channels * (width + Around) * (height + Around)];

    /// <summary>Makes the image.</summary>
    /// <param name="map">Where its pixels come from.</param>
    /// <param name="image">The other one, [channels, height, width].</param>
    /// <param name="levels">What black is; null: 0.</param>
    /// <param name="result">[channels, height, width], elsewhere in memory.</param>
    public void Sample(in AffineMap map, ReadOnlySpan<float> image, PixelLevels? levels, Span<float> result)
    {
        if (map.IsOfWholePixels)
        {
            for (int channel = 0; channel < channels; channel++)
            {
                int start = channel * height * width;
                Copy(map, image.Slice(start, height * width), levels?.BlackOf(channel) ?? 0, result.Slice(start, height * width));
            }
            return;
        }
        Frame(image, levels);
        for (int y = 0; y < height; y++)
        {
            var line = new Line((float)map.A, (float)((map.B * y) + map.C), (float)map.D, (float)((map.E * y) + map.F));
            if (Avx.IsSupported && width >= Vector256<float>.Count)
                SampleVectors(line, ref result[y * width]);
            else
                SamplePixels(line, result[(y * width)..]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Copy(in AffineMap map, ReadOnlySpan<float> image, float black, Span<float> result)
    {
        bool isTurned = map.A < 0, isUpsideDown = map.E < 0;
        // The pixels of a row of the result, and the rows of it, that come from the image.
        (int left, int right) = Within(isTurned, map.C, width);
        (int top, int bottom) = Within(isUpsideDown, map.F, height);
        if (left >= right || top >= bottom)
        {
            result.Fill(black);
            return;
        }
        int length = right - left, fromColumn = (int)(isTurned ? map.C - (right - 1) : map.C + left);
        result[..(top * width)].Fill(black);
        result[(bottom * width)..].Fill(black);
        for (int y = top; y < bottom; y++)
        {
            int row = (int)(isUpsideDown ? map.F - y : map.F + y);
            Span<float> to = result.Slice(y * width, width);
            image.Slice((row * width) + fromColumn, length).CopyTo(to[left..]);
            if (isTurned)
                to.Slice(left, length).Reverse();
            // A few pixels, for which a call costs more than they do.
            for (int x = 0; x < left; x++)
                to[x] = black;
            for (int x = right; x < to.Length; x++)
                to[x] = black;
        }
    }

    /// <summary>Where the places begin and end that come from 0 to <paramref name="length"/>, by offset - place where they are turned, and otherwise by offset + place.</summary>
    private static (int Start, int End) Within(bool isTurned, double offset, int length) => isTurned
        ? ((int)Math.Clamp(offset - length + 1, 0, length), (int)Math.Clamp(offset + 1, 0, length))
        : ((int)Math.Clamp(-offset, 0, length), (int)Math.Clamp(length - offset, 0, length));

    private void Frame(ReadOnlySpan<float> image, PixelLevels? levels)
    {
        for (int channel = 0; channel < channels; channel++)
        {
            Span<float> to = framed.AsSpan(channel * plane, plane);
            to.Fill(levels?.BlackOf(channel) ?? 0);
            for (int y = 0; y < height; y++)
                image.Slice(((channel * height) + y) * width, width).CopyTo(to[(((y + Before) * stride) + Before)..]);
        }
    }

    private void SamplePixels(in Line line, Span<float> row)
    {
        for (int x = 0; x < width; x++)
        {
            float across = Math.Clamp((line.A * x) + line.C, -Before, width), down = Math.Clamp((line.D * x) + line.F, -Before, height);
            float left = MathF.Floor(across), top = MathF.Floor(down);
            float right = across - left, lower = down - top;
            int at = (((int)top + Before) * stride) + (int)left + Before;
            for (int channel = 0; channel < channels; channel++, at += plane)
            {
                float above = framed[at] + (right * (framed[at + 1] - framed[at]));
                float below = framed[at + stride] + (right * (framed[at + stride + 1] - framed[at + stride]));
                row[(channel * height * width) + x] = above + (lower * (below - above));
            }
        }
    }

    /// <summary>Eight pixels at a time, the last eight of the row perhaps once more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe void SampleVectors(in Line line, ref float row)
    {
        Vector256<float> numbers = Vector256.Create(0f, 1, 2, 3, 4, 5, 6, 7), least = Vector256.Create((float)-Before);
        Vector256<float> mostAcross = Vector256.Create((float)width), mostDown = Vector256.Create((float)height);
        int* pixels = stackalloc int[Vector256<int>.Count];
        fixed (float* start = framed)
        {
            for (int x = 0; ; x = Math.Min(x + Vector256<float>.Count, width - Vector256<float>.Count))
            {
                Vector256<float> places = numbers + Vector256.Create((float)x);
                Vector256<float> across = Vector256.Min(Vector256.Max((places * line.A) + Vector256.Create(line.C), least), mostAcross);
                Vector256<float> down = Vector256.Min(Vector256.Max((places * line.D) + Vector256.Create(line.F), least), mostDown);
                Vector256<float> left = Vector256.Floor(across), top = Vector256.Floor(down);
                Vector256<float> right = across - left, lower = down - top;
                Vector256<int> at = ((Vector256.ConvertToInt32(top) + Vector256.Create(Before)) * stride) + Vector256.ConvertToInt32(left) + Vector256.Create(Before);
                at.Store(pixels);
                float* channel = start;
                for (int number = 0; number < channels; number++, channel += plane)
                {
                    Vector256<float> above = Between(channel, pixels, right), below = Between(channel + stride, pixels, right);
                    (above + (lower * (below - above))).StoreUnsafe(ref row, (nuint)((number * height * width) + x));
                }
                if (x == width - Vector256<float>.Count)
                    return;
            }
        }
    }

    /// <summary>Between eight pixels and their right neighbours, each with which it is loaded at once: one by one that is faster than the processor's own gathering.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe Vector256<float> Between(float* image, int* pixels, Vector256<float> right)
    {
        // In the order in which they come apart as they should.
        Vector256<float> first = Vector256.Create(Two(image, pixels[0], pixels[1]), Two(image, pixels[4], pixels[5]));
        Vector256<float> second = Vector256.Create(Two(image, pixels[2], pixels[3]), Two(image, pixels[6], pixels[7]));
        Vector256<float> own = Avx.Shuffle(first, second, 0b10_00_10_00), next = Avx.Shuffle(first, second, 0b11_01_11_01);
        return own + (right * (next - own));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe Vector128<float> Two(float* image, int one, int other) =>
        Sse2.LoadHigh(Sse2.LoadScalarVector128((double*)(image + one)), (double*)(image + other)).AsSingle();

    /// <summary>Where the pixels of a row come from: A·x + C across and D·x + F down.</summary>
    private readonly record struct Line(float A, float C, float D, float F);
}
