using System.ComponentModel;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NetGen.Engine;

/// <summary>Changes of layout at a network's edges, called by emitted code: none of them depends on a network's arithmetic.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class LayoutTransform
{
    private const int Lanes = 16;

    /// <summary>Copies floats that follow one another to others, which do not overlap them.</summary>
    public static void Copy(ref float source, ref float target, int floats) =>
        MemoryMarshal.CreateReadOnlySpan(ref source, floats).CopyTo(MemoryMarshal.CreateSpan(ref target, floats));

    /// <summary>Writes one number to some of the floats that follow one another.</summary>
    public static void Fill(ref float target, float number, int from, int to) => MemoryMarshal.CreateSpan(ref Unsafe.Add(ref target, from), to - from).Fill(number);

    /// <summary>Copies some channels of images whose channels are side by side.</summary>
    /// <param name="source">The first of them, of the first pixel of sample 0.</param>
    /// <param name="pixel">Floats from one pixel to the next.</param>
    /// <param name="line">Floats from one line to the next.</param>
    /// <param name="sample">Floats from one sample to the next.</param>
    /// <param name="target">Where that channel goes.</param>
    /// <param name="targetPixel">The same of where they go.</param>
    /// <param name="targetLine">The same of where they go.</param>
    /// <param name="targetSample">The same of where they go.</param>
    /// <param name="channels">How many are copied.</param>
    /// <param name="height">Lines of an image.</param>
    /// <param name="width">Pixels of a line.</param>
    /// <param name="zeros">Channels behind them that become 0.</param>
    /// <param name="from">First sample.</param>
    /// <param name="to">Past the last sample.</param>
    public static void CopyChannels(
        ref float source, int pixel, int line, int sample, ref float target, int targetPixel, int targetLine, int targetSample, int channels, int height, int width, int zeros,
        nint from, nint to)
    {
        for (nint n = from; n < to; n++)
        {
            for (nint h = 0; h < height; h++)
            {
                ref float x = ref Unsafe.Add(ref source, (n * sample) + (h * line)), y = ref Unsafe.Add(ref target, (n * targetSample) + (h * targetLine));
                for (var w = 0; w < width; w++)
                {
                    Copy(ref x, ref y, channels);
                    if (zeros > 0)
                        MemoryMarshal.CreateSpan(ref Unsafe.Add(ref y, channels), zeros).Clear();
                    x = ref Unsafe.Add(ref x, pixel);
                    y = ref Unsafe.Add(ref y, targetPixel);
                }
            }
        }
    }

    /// <summary>Zeroes channels of pixels.</summary>
    /// <param name="target">The first of the channels in the first pixel of sample 0.</param>
    /// <param name="pixel">Floats from one pixel to the next.</param>
    /// <param name="line">Floats from one line to the next.</param>
    /// <param name="sample">Floats from one sample to the next.</param>
    /// <param name="channels">How many become 0.</param>
    /// <param name="height">Lines.</param>
    /// <param name="width">Pixels of a line.</param>
    /// <param name="from">The first sample.</param>
    /// <param name="to">Past the last sample.</param>
    public static void ClearChannels(ref float target, int pixel, int line, int sample, int channels, int height, int width, nint from, nint to)
    {
        for (nint n = from; n < to; n++)
        {
            for (nint h = 0; h < height; h++)
            {
                ref float y = ref Unsafe.Add(ref target, (n * sample) + (h * line));
                for (nint w = 0; w < width; w++)
                    MemoryMarshal.CreateSpan(ref Unsafe.Add(ref y, w * pixel), channels).Clear();
            }
        }
    }

    /// <summary>
    /// Lays out the channels of groups so that every output channel finds those of its group in its own place:
    /// <c>spread[pixel, i, g·outs + o] = x[pixel, g·ins + i]</c>, and 0 up to a multiple of 16 output channels.
    /// </summary>
    /// <param name="x">The first pixel of sample 0.</param>
    /// <param name="pixel">Floats from one pixel to the next.</param>
    /// <param name="line">Floats from one line to the next.</param>
    /// <param name="sample">Floats from one sample to the next.</param>
    /// <param name="spread">The first pixel of sample 0.</param>
    /// <param name="spreadPixel">Floats from one pixel to the next.</param>
    /// <param name="spreadLine">Floats from one line to the next.</param>
    /// <param name="spreadSample">Floats from one sample to the next.</param>
    /// <param name="groups">Groups.</param>
    /// <param name="ins">Input channels of each.</param>
    /// <param name="outs">Output channels of each.</param>
    /// <param name="height">Lines of an image.</param>
    /// <param name="width">Pixels of a line.</param>
    /// <param name="from">First sample.</param>
    /// <param name="to">Past the last sample.</param>
    public static void SpreadGroups(
        ref float x, int pixel, int line, int sample, ref float spread, int spreadPixel, int spreadLine, int spreadSample, int groups, int ins, int outs, int height, int width,
        nint from, nint to)
    {
        int channels = groups * outs, padded = (channels + Lanes - 1) / Lanes * Lanes;
        for (nint n = from; n < to; n++)
        {
            for (nint h = 0; h < height; h++)
            {
                ref float source = ref Unsafe.Add(ref x, (n * sample) + (h * line)), target = ref Unsafe.Add(ref spread, (n * spreadSample) + (h * spreadLine));
                for (var w = 0; w < width; w++)
                {
                    for (var i = 0; i < ins; i++)
                    {
                        Span<float> block = MemoryMarshal.CreateSpan(ref Unsafe.Add(ref target, i * padded), padded);
                        for (var g = 0; g < groups; g++)
                            block.Slice(g * outs, outs).Fill(Unsafe.Add(ref source, (g * ins) + i));
                        block[channels..].Clear();
                    }
                    source = ref Unsafe.Add(ref source, pixel);
                    target = ref Unsafe.Add(ref target, spreadPixel);
                }
            }
        }
    }

    /// <summary>
    /// The gradient of <see cref="SpreadGroups"/>: <c>x[pixel, g·ins + i] = Σo spread[pixel, i, g·outs + o]</c>, or the same added to what is there;
    /// otherwise channels up to a multiple of 16 become 0.
    /// </summary>
    /// <param name="spread">The first pixel of sample 0.</param>
    /// <param name="spreadPixel">Floats from one pixel to the next.</param>
    /// <param name="spreadLine">Floats from one line to the next.</param>
    /// <param name="spreadSample">Floats from one sample to the next.</param>
    /// <param name="x">The first pixel of sample 0.</param>
    /// <param name="pixel">Floats from one pixel to the next.</param>
    /// <param name="line">Floats from one line to the next.</param>
    /// <param name="sample">Floats from one sample to the next.</param>
    /// <param name="groups">Groups.</param>
    /// <param name="ins">Input channels of each.</param>
    /// <param name="outs">Output channels of each.</param>
    /// <param name="height">Lines of an image.</param>
    /// <param name="width">Pixels of a line.</param>
    /// <param name="adds">Adds to what is there.</param>
    /// <param name="from">First sample.</param>
    /// <param name="to">Past the last sample.</param>
    public static void GatherGroups(
        ref float spread, int spreadPixel, int spreadLine, int spreadSample, ref float x, int pixel, int line, int sample, int groups, int ins, int outs, int height, int width,
        bool adds, nint from, nint to)
    {
        int blockStep = ((groups * outs) + Lanes - 1) / Lanes * Lanes, channels = groups * ins, padded = (channels + Lanes - 1) / Lanes * Lanes;
        for (nint n = from; n < to; n++)
        {
            for (nint h = 0; h < height; h++)
            {
                ref float source = ref Unsafe.Add(ref spread, (n * spreadSample) + (h * spreadLine)), target = ref Unsafe.Add(ref x, (n * sample) + (h * line));
                for (var w = 0; w < width; w++)
                {
                    Span<float> sums = MemoryMarshal.CreateSpan(ref target, padded);
                    if (!adds)
                        sums.Clear();
                    for (var channel = 0; channel < channels; channel++)
                    {
                        (int g, int i) = Math.DivRem(channel, ins);
                        foreach (float value in MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref source, (i * blockStep) + (g * outs)), outs))
                            sums[channel] += value;
                    }
                    source = ref Unsafe.Add(ref source, spreadPixel);
                    target = ref Unsafe.Add(ref target, pixel);
                }
            }
        }
    }

    /// <summary>Zeroes floats that follow one another.</summary>
    public static void Clear(ref float values, nint floats)
    {
        for (nint done = 0; done < floats; done += Array.MaxLength)
            MemoryMarshal.CreateSpan(ref Unsafe.Add(ref values, done), (int)Math.Min(floats - done, Array.MaxLength)).Clear();
    }

    /// <summary>
    /// Samples as rows to samples as lanes: <c>lanes[f, s] = rows[s, f]</c> for <paramref name="count"/> ≤ 16 samples; lanes without
    /// a sample become 0.
    /// </summary>
    /// <param name="rows">First value of the first sample.</param>
    /// <param name="rowStep">Floats from one sample to the next.</param>
    /// <param name="count">Samples, 1 to 16.</param>
    /// <param name="features">Values of a sample.</param>
    /// <param name="lanes">Receives <c>[features, 16]</c>.</param>
    public static void RowsToLanes(ref float rows, int rowStep, int count, int features, ref float lanes)
    {
        var f = 0;
        if (count == Lanes && Avx512F.IsSupported)
        {
            for (; f <= features - Lanes; f += Lanes)
                Transpose16(ref Unsafe.Add(ref rows, f), rowStep, ref Unsafe.Add(ref lanes, f * Lanes), Lanes);
        }
        else if (count == Lanes && Avx.IsSupported)
        {
            for (; f <= features - 8; f += 8)
            {
                Transpose8(ref Unsafe.Add(ref rows, f), rowStep, ref Unsafe.Add(ref lanes, f * Lanes), Lanes);
                Transpose8(ref Unsafe.Add(ref rows, (8 * rowStep) + f), rowStep, ref Unsafe.Add(ref lanes, (f * Lanes) + 8), Lanes);
            }
        }
        for (; f < features; f++)
        {
            for (var s = 0; s < Lanes; s++)
                Unsafe.Add(ref lanes, (f * Lanes) + s) = s < count ? Unsafe.Add(ref rows, (s * rowStep) + f) : 0;
        }
    }

    /// <summary>Samples as lanes to samples as rows, the inverse of <see cref="RowsToLanes"/>; values from <paramref name="features"/> to <paramref name="padded"/> of a row become 0.</summary>
    /// <param name="lanes"><c>[features, 16]</c>.</param>
    /// <param name="features">Values of a sample.</param>
    /// <param name="padded">Values of a row that are written.</param>
    /// <param name="rows">Receives the rows.</param>
    /// <param name="rowStep">Floats from one row to the next.</param>
    /// <param name="count">Rows to write, 1 to 16.</param>
    public static void LanesToRows(ref float lanes, int features, int padded, ref float rows, int rowStep, int count)
    {
        var f = 0;
        if (count == Lanes && Avx512F.IsSupported)
        {
            for (; f <= features - Lanes; f += Lanes)
                Transpose16(ref Unsafe.Add(ref lanes, f * Lanes), Lanes, ref Unsafe.Add(ref rows, f), rowStep);
        }
        else if (count == Lanes && Avx.IsSupported)
        {
            for (; f <= features - 8; f += 8)
            {
                Transpose8(ref Unsafe.Add(ref lanes, f * Lanes), Lanes, ref Unsafe.Add(ref rows, f), rowStep);
                Transpose8(ref Unsafe.Add(ref lanes, (f * Lanes) + 8), Lanes, ref Unsafe.Add(ref rows, (8 * rowStep) + f), rowStep);
            }
        }
        for (; f < padded; f++)
        {
            for (var s = 0; s < count; s++)
                Unsafe.Add(ref rows, (s * rowStep) + f) = f < features ? Unsafe.Add(ref lanes, (f * Lanes) + s) : 0;
        }
    }

    /// <summary>
    /// Planes of an image to its pixels: <c>image[n, h, w, c] = rows[n, c, h, w]</c>; channels from <paramref name="channels"/> to
    /// <paramref name="padded"/> become 0.
    /// </summary>
    /// <param name="rows">Sample 0, <c>[channels, height, width]</c> each.</param>
    /// <param name="rowStep">Floats from one sample to the next.</param>
    /// <param name="channels">Channels of a sample.</param>
    /// <param name="height">Lines of an image.</param>
    /// <param name="width">Pixels of a line.</param>
    /// <param name="image">The first pixel of sample 0.</param>
    /// <param name="padded">Channels of a pixel that are written.</param>
    /// <param name="pixel">Floats from one pixel to the next.</param>
    /// <param name="line">Floats from one line to the next.</param>
    /// <param name="sample">Floats from one sample to the next.</param>
    /// <param name="from">First sample.</param>
    /// <param name="to">Past the last sample.</param>
    public static void RowsToPixels(
        ref float rows, nint rowStep, int channels, int height, int width, ref float image, int padded, int pixel, int line, int sample, nint from, nint to)
    {
        int area = height * width;
        (int lines, int columns) = line == width * pixel ? (1, area) : (height, width);
        for (nint n = from; n < to; n++)
        {
            for (nint h = 0; h < lines; h++)
            {
                ref float source = ref Unsafe.Add(ref rows, (n * rowStep) + (h * columns));
                Transpose(ref source, channels, columns, area, ref Unsafe.Add(ref image, (n * sample) + (h * line)), padded, pixel);
            }
        }
    }

    /// <summary>Pixels of an image to its planes, the inverse of <see cref="RowsToPixels"/>.</summary>
    public static void PixelsToRows(
        ref float image, int pixel, int line, int sample, int channels, int height, int width, ref float rows, nint rowStep, nint from, nint to)
    {
        int area = height * width;
        if (area == 1)
        {
            for (nint n = from; n < to; n++)
                MemoryMarshal.CreateSpan(ref Unsafe.Add(ref image, n * sample), channels).CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.Add(ref rows, n * rowStep), channels));
            return;
        }
        (int lines, int columns) = line == width * pixel ? (1, area) : (height, width);
        for (nint n = from; n < to; n++)
        {
            for (nint h = 0; h < lines; h++)
            {
                ref float target = ref Unsafe.Add(ref rows, (n * rowStep) + (h * columns));
                Transpose(ref Unsafe.Add(ref image, (n * sample) + (h * line)), columns, channels, pixel, ref target, columns, area);
            }
        }
    }

    /// <summary>
    /// Samples as lanes to the pixels of their images: <c>image[s, h, w, c] = lanes[c, h, w, s]</c>; channels from <paramref name="channels"/> to
    /// <paramref name="padded"/> become 0.
    /// </summary>
    /// <param name="lanes"><c>[channels, height, width, 16]</c>.</param>
    /// <param name="channels">Channels of a sample.</param>
    /// <param name="height">Lines of an image.</param>
    /// <param name="width">Pixels of a line.</param>
    /// <param name="image">The first pixel of the first sample.</param>
    /// <param name="padded">Channels of a pixel that are written.</param>
    /// <param name="pixel">Floats from one pixel to the next.</param>
    /// <param name="line">Floats from one line to the next.</param>
    /// <param name="sample">Floats from one sample to the next.</param>
    /// <param name="count">Samples, 1 to 16.</param>
    public static void LanesToPixels(ref float lanes, int channels, int height, int width, ref float image, int padded, int pixel, int line, int sample, int count)
    {
        int plane = height * width * Lanes;
        for (nint h = 0; h < height; h++)
        {
            for (nint w = 0; w < width; w++)
                Transpose(ref Unsafe.Add(ref lanes, ((h * width) + w) * Lanes), channels, count, plane, ref Unsafe.Add(ref image, (h * line) + (w * pixel)), padded, sample);
        }
    }

    /// <summary>Pixels of images to samples as lanes, the inverse of <see cref="LanesToPixels"/>; lanes without a sample become 0.</summary>
    public static void PixelsToLanes(ref float image, int pixel, int line, int sample, int channels, int height, int width, ref float lanes, int count)
    {
        int plane = height * width * Lanes;
        for (nint h = 0; h < height; h++)
        {
            for (nint w = 0; w < width; w++)
                Transpose(ref Unsafe.Add(ref image, (h * line) + (w * pixel)), count, channels, sample, ref Unsafe.Add(ref lanes, ((h * width) + w) * Lanes), Lanes, plane);
        }
    }

    /// <summary>Adds up what groups of samples have for themselves: the sums of the floats from <paramref name="from"/> on, up to <paramref name="to"/>, which are multiples of 16 or the end.</summary>
    /// <param name="parts">The first group's.</param>
    /// <param name="step">Floats from one group's to the next.</param>
    /// <param name="groups">How many there are.</param>
    /// <param name="sums">Where the sums go.</param>
    /// <param name="from">The first float.</param>
    /// <param name="to">Past the last.</param>
    public static void SumGroups(ref float parts, int step, int groups, ref float sums, int from, int to)
    {
        Span<float> sum = MemoryMarshal.CreateSpan(ref Unsafe.Add(ref sums, from), to - from);
        for (var group = 0; group < groups; group++)
        {
            ReadOnlySpan<float> part = MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref parts, ((nint)group * step) + from), to - from);
            if (group == 0)
                part.CopyTo(sum);
            else
                TensorPrimitives.Add(sum, part, sum);
        }
    }

    /// <summary>Adds floats to others: <c>sums[i] += parts[i]</c>.</summary>
    /// <param name="parts">What is added.</param>
    /// <param name="sums">What it is added to.</param>
    /// <param name="from">The first float.</param>
    /// <param name="to">Past the last.</param>
    public static void Add(ref float parts, ref float sums, int from, int to)
    {
        Span<float> sum = MemoryMarshal.CreateSpan(ref Unsafe.Add(ref sums, from), to - from);
        TensorPrimitives.Add(sum, MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref parts, from), to - from), sum);
    }

    /// <summary>Makes means of all batches of those of the batches before: <c>means[i] += (batch[i] − means[i]) / number</c>.</summary>
    /// <param name="batch">The last batch's.</param>
    /// <param name="means">The means; with the first batch they become its own.</param>
    /// <param name="number">How many batches there are with it.</param>
    /// <param name="from">The first float.</param>
    /// <param name="to">Past the last.</param>
    public static void MoveMean(ref float batch, ref float means, long number, int from, int to)
    {
        double share = 1.0 / number;
        for (int i = from; i < to; i++)
        {
            ref float mean = ref Unsafe.Add(ref means, i);
            mean = (float)(mean + ((Unsafe.Add(ref batch, i) - (double)mean) * share));
        }
    }

    /// <summary>Rows to columns: <c>target[c, r] = source[r, c]</c>; values from <paramref name="rows"/> to <paramref name="padded"/> of a target's row become 0.</summary>
    /// <param name="source"><c>[rows, columns]</c>.</param>
    /// <param name="rows">Rows of the source.</param>
    /// <param name="columns">Columns of the source, rows of the target.</param>
    /// <param name="sourceStep">Floats from one row of the source to the next.</param>
    /// <param name="target">Receives <c>[columns, padded]</c>.</param>
    /// <param name="padded">Values of a target's row that are written.</param>
    /// <param name="targetStep">Floats from one row of the target to the next.</param>
    public static void Transpose(ref float source, int rows, int columns, int sourceStep, ref float target, int padded, int targetStep)
    {
        if (rows == 3 && padded == 3 && targetStep == 3)
        {
            Interleaving.Three(ref source, columns, sourceStep, ref target);
            return;
        }
        var done = 0;
        if (Avx512F.IsSupported)
        {
            for (; done <= rows - Lanes; done += Lanes)
            {
                ref float strip = ref Unsafe.Add(ref source, (nint)done * sourceStep), to = ref Unsafe.Add(ref target, done);
                var c = 0;
                for (; c <= columns - Lanes; c += Lanes)
                    Transpose16(ref Unsafe.Add(ref strip, c), sourceStep, ref Unsafe.Add(ref to, (nint)c * targetStep), targetStep);
                TransposeStrip(ref strip, Lanes, c, columns, sourceStep, ref to, targetStep);
            }
        }
        if (Avx.IsSupported)
        {
            for (; done <= rows - 8; done += 8)
                TransposeStrip(ref Unsafe.Add(ref source, (nint)done * sourceStep), 8, 0, columns, sourceStep, ref Unsafe.Add(ref target, done), targetStep);
        }
        for (var c = 0; c < columns; c++)
        {
            for (int r = done; r < padded; r++)
                Unsafe.Add(ref target, ((nint)c * targetStep) + r) = r < rows ? Unsafe.Add(ref source, ((nint)r * sourceStep) + c) : 0;
        }
    }

    /// <summary>Rows, a multiple of eight, from a column on.</summary>
    private static void TransposeStrip(ref float source, int rows, int first, int columns, nint sourceStep, ref float target, nint targetStep)
    {
        int c = first;
        for (; c <= columns - 8; c += 8)
        {
            for (nint r = 0; r < rows; r += 8)
                Transpose8(ref Unsafe.Add(ref source, (r * sourceStep) + c), sourceStep, ref Unsafe.Add(ref target, (c * targetStep) + r), targetStep);
        }
        for (; c < columns; c++)
        {
            for (nint r = 0; r < rows; r++)
                Unsafe.Add(ref target, (c * targetStep) + r) = Unsafe.Add(ref source, (r * sourceStep) + c);
        }
    }

    /// <summary>A 16 × 16 block: pairs, fours, then 128-bit lanes are interleaved, 64 shuffles in all.</summary>
    private static void Transpose16(ref float source, nint sourceStep, ref float target, nint targetStep)
    {
        // Four rows at a time are transposed in 4 × 4 blocks; the blocks are then moved to their place.
        Quad(ref source, 0, sourceStep, out Vector512<float> a0, out Vector512<float> a1, out Vector512<float> a2, out Vector512<float> a3);
        Quad(ref source, 4, sourceStep, out Vector512<float> b0, out Vector512<float> b1, out Vector512<float> b2, out Vector512<float> b3);
        Quad(ref source, 8, sourceStep, out Vector512<float> c0, out Vector512<float> c1, out Vector512<float> c2, out Vector512<float> c3);
        Quad(ref source, 12, sourceStep, out Vector512<float> d0, out Vector512<float> d1, out Vector512<float> d2, out Vector512<float> d3);
        Spread(a0, b0, c0, d0, ref Unsafe.Add(ref target, 0 * targetStep), 4 * targetStep);
        Spread(a1, b1, c1, d1, ref Unsafe.Add(ref target, 1 * targetStep), 4 * targetStep);
        Spread(a2, b2, c2, d2, ref Unsafe.Add(ref target, 2 * targetStep), 4 * targetStep);
        Spread(a3, b3, c3, d3, ref Unsafe.Add(ref target, 3 * targetStep), 4 * targetStep);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Quad(
        ref float source, nint row, nint step, out Vector512<float> q0, out Vector512<float> q1, out Vector512<float> q2, out Vector512<float> q3)
    {
        Vector512<float> r0 = Vector512.LoadUnsafe(ref Unsafe.Add(ref source, row * step));
        Vector512<float> r1 = Vector512.LoadUnsafe(ref Unsafe.Add(ref source, (row + 1) * step));
        Vector512<float> r2 = Vector512.LoadUnsafe(ref Unsafe.Add(ref source, (row + 2) * step));
        Vector512<float> r3 = Vector512.LoadUnsafe(ref Unsafe.Add(ref source, (row + 3) * step));
        Vector512<double> low01 = Avx512F.UnpackLow(r0, r1).AsDouble(), high01 = Avx512F.UnpackHigh(r0, r1).AsDouble();
        Vector512<double> low23 = Avx512F.UnpackLow(r2, r3).AsDouble(), high23 = Avx512F.UnpackHigh(r2, r3).AsDouble();
        q0 = Avx512F.UnpackLow(low01, low23).AsSingle();
        q1 = Avx512F.UnpackHigh(low01, low23).AsSingle();
        q2 = Avx512F.UnpackLow(high01, high23).AsSingle();
        q3 = Avx512F.UnpackHigh(high01, high23).AsSingle();
    }

    /// <summary>The four 128-bit lanes of a column of blocks, each to a row of its own.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Spread(Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d, ref float target, nint step)
    {
        Vector512<float> ab02 = Avx512F.Shuffle4x128(a, b, 0b10_00_10_00), ab13 = Avx512F.Shuffle4x128(a, b, 0b11_01_11_01);
        Vector512<float> cd02 = Avx512F.Shuffle4x128(c, d, 0b10_00_10_00), cd13 = Avx512F.Shuffle4x128(c, d, 0b11_01_11_01);
        Avx512F.Shuffle4x128(ab02, cd02, 0b10_00_10_00).StoreUnsafe(ref target);
        Avx512F.Shuffle4x128(ab13, cd13, 0b10_00_10_00).StoreUnsafe(ref Unsafe.Add(ref target, step));
        Avx512F.Shuffle4x128(ab02, cd02, 0b11_01_11_01).StoreUnsafe(ref Unsafe.Add(ref target, 2 * step));
        Avx512F.Shuffle4x128(ab13, cd13, 0b11_01_11_01).StoreUnsafe(ref Unsafe.Add(ref target, 3 * step));
    }

    /// <summary>An 8 × 8 block for AVX.</summary>
    private static void Transpose8(ref float source, nint sourceStep, ref float target, nint targetStep)
    {
        Half(ref source, 0, sourceStep, out Vector256<float> a0, out Vector256<float> a1, out Vector256<float> a2, out Vector256<float> a3);
        Half(ref source, 4, sourceStep, out Vector256<float> b0, out Vector256<float> b1, out Vector256<float> b2, out Vector256<float> b3);
        Join(a0, b0, ref target, 0, targetStep);
        Join(a1, b1, ref target, 1, targetStep);
        Join(a2, b2, ref target, 2, targetStep);
        Join(a3, b3, ref target, 3, targetStep);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Half(
        ref float source, nint row, nint step, out Vector256<float> q0, out Vector256<float> q1, out Vector256<float> q2, out Vector256<float> q3)
    {
        Vector256<float> r0 = Vector256.LoadUnsafe(ref Unsafe.Add(ref source, row * step));
        Vector256<float> r1 = Vector256.LoadUnsafe(ref Unsafe.Add(ref source, (row + 1) * step));
        Vector256<float> r2 = Vector256.LoadUnsafe(ref Unsafe.Add(ref source, (row + 2) * step));
        Vector256<float> r3 = Vector256.LoadUnsafe(ref Unsafe.Add(ref source, (row + 3) * step));
        Vector256<double> low01 = Avx.UnpackLow(r0, r1).AsDouble(), high01 = Avx.UnpackHigh(r0, r1).AsDouble();
        Vector256<double> low23 = Avx.UnpackLow(r2, r3).AsDouble(), high23 = Avx.UnpackHigh(r2, r3).AsDouble();
        q0 = Avx.UnpackLow(low01, low23).AsSingle();
        q1 = Avx.UnpackHigh(low01, low23).AsSingle();
        q2 = Avx.UnpackLow(high01, high23).AsSingle();
        q3 = Avx.UnpackHigh(high01, high23).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Join(Vector256<float> upper, Vector256<float> lower, ref float target, nint row, nint step)
    {
        Avx.Permute2x128(upper, lower, 0x20).StoreUnsafe(ref Unsafe.Add(ref target, row * step));
        Avx.Permute2x128(upper, lower, 0x31).StoreUnsafe(ref Unsafe.Add(ref target, (row + 4) * step));
    }
}
