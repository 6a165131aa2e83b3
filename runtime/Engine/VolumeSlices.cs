using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetGen.Engine;

/// <summary>Slices of volumes to channels and back; called by emitted code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class VolumeSlices
{
    /// <summary><c>y[n, c·K + k, (o, r), q] = x[n, c, (o·stride + k·dilation − before, r − above), q − left]</c> for K taps k.</summary>
    /// <param name="x">The volumes.</param>
    /// <param name="y">Where they go.</param>
    /// <param name="channels">Channels of a volume.</param>
    /// <param name="padded">Channels of a pixel that are written, zeros behind its own.</param>
    /// <param name="slices">Where values come from.</param>
    /// <param name="from">First sample.</param>
    /// <param name="to">Past the last sample.</param>
    public static void Unfold(PixelTensor x, PixelTensor y, int channels, int padded, in SliceWindows slices, nint from, nint to)
    {
        int taps = slices.Taps;
        for (nint n = from; n < to; n++)
        {
            for (var row = 0; row < slices.OutputLines; row++)
            {
                for (var column = 0; column < slices.OutputColumns; column++)
                {
                    ref float target = ref y.At(n, row, column);
                    int sourceColumn = slices.ColumnOf(column);
                    for (var tap = 0; tap < taps; tap++)
                    {
                        int sourceLine = slices.LineOf(row, tap);
                        if (sourceLine < 0 || sourceColumn < 0)
                        {
                            for (nint c = 0; c < channels; c++)
                                Unsafe.Add(ref target, (c * taps) + tap) = 0;
                            continue;
                        }
                        ref float source = ref x.At(n, sourceLine, sourceColumn);
                        if (taps == 1)
                        {
                            MemoryMarshal.CreateSpan(ref source, channels).CopyTo(MemoryMarshal.CreateSpan(ref target, channels));
                            continue;
                        }
                        for (nint c = 0; c < channels; c++)
                            Unsafe.Add(ref target, (c * taps) + tap) = Unsafe.Add(ref source, c);
                    }
                    MemoryMarshal.CreateSpan(ref Unsafe.Add(ref target, (nint)channels * taps), padded - (channels * taps)).Clear();
                }
            }
        }
    }

    /// <summary>The transpose of <see cref="Unfold"/>: each value is added to the one that its place is read from there.</summary>
    /// <param name="x">The volumes. What was there is lost.</param>
    /// <param name="y">What is added up.</param>
    /// <param name="channels">Channels of a volume.</param>
    /// <param name="padded">Channels of a pixel that are written, zeros behind its own.</param>
    /// <param name="slices">Where values go.</param>
    /// <param name="from">First sample.</param>
    /// <param name="to">Past the last sample.</param>
    public static void Fold(PixelTensor x, PixelTensor y, int channels, int padded, in SliceWindows slices, nint from, nint to)
    {
        x.Clear(padded, slices.InputLines, slices.InputColumns, from, to);
        Add(x, y, channels, slices, from, to);
    }

    /// <summary>The same on a bias for each channel.</summary>
    /// <param name="x">The volumes. What was there is lost.</param>
    /// <param name="y">What is added up.</param>
    /// <param name="bias">The first channel's.</param>
    /// <param name="channels">Channels of a volume.</param>
    /// <param name="padded">Channels of a pixel that are written, zeros behind its own.</param>
    /// <param name="slices">Where values go.</param>
    /// <param name="from">First sample.</param>
    /// <param name="to">Past the last sample.</param>
    public static void Fold(PixelTensor x, PixelTensor y, ref readonly float bias, int channels, int padded, in SliceWindows slices, nint from, nint to)
    {
        ReadOnlySpan<float> biases = MemoryMarshal.CreateReadOnlySpan(in bias, channels);
        for (nint n = from; n < to; n++)
        {
            for (var row = 0; row < slices.InputLines; row++)
            {
                for (var column = 0; column < slices.InputColumns; column++)
                {
                    Span<float> pixel = MemoryMarshal.CreateSpan(ref x.At(n, row, column), padded);
                    biases.CopyTo(pixel);
                    pixel[channels..].Clear();
                }
            }
        }
        Add(x, y, channels, slices, from, to);
    }

    private static void Add(PixelTensor x, PixelTensor y, int channels, in SliceWindows slices, nint from, nint to)
    {
        int taps = slices.Taps;
        for (nint n = from; n < to; n++)
        {
            for (var row = 0; row < slices.OutputLines; row++)
            {
                for (var tap = 0; tap < taps; tap++)
                {
                    int targetLine = slices.LineOf(row, tap);
                    if (targetLine < 0)
                        continue;
                    for (var column = 0; column < slices.OutputColumns; column++)
                    {
                        int targetColumn = slices.ColumnOf(column);
                        if (targetColumn < 0)
                            continue;
                        ref float source = ref Unsafe.Add(ref y.At(n, row, column), tap);
                        ref float target = ref x.At(n, targetLine, targetColumn);
                        for (nint c = 0; c < channels; c++)
                            Unsafe.Add(ref target, c) += Unsafe.Add(ref source, c * taps);
                    }
                }
            }
        }
    }
}
