using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetGen.Engine;

/// <summary>Slices of volumes to channels and back, over volumes whose slices lie one below the other and whose pixels' channels are side by side; called by emitted code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class VolumeSlices
{
    /// <summary><c>y[n, c·K + k, (o, r), q] = x[n, c, (o·stride + k·dilation − before, r − above), q − left]</c> for K taps k.</summary>
    /// <param name="x">The first pixel of sample 0.</param>
    /// <param name="pixel">Floats from one pixel to the next.</param>
    /// <param name="line">Floats from one line to the next.</param>
    /// <param name="sample">Floats from one sample to the next.</param>
    /// <param name="y">Where the first pixel goes.</param>
    /// <param name="yPixel">The same of where they go.</param>
    /// <param name="yLine">The same of where they go.</param>
    /// <param name="ySample">The same of where they go.</param>
    /// <param name="channels">Channels of the volume.</param>
    /// <param name="padded">Channels of a pixel that are written, zeros behind its own.</param>
    /// <param name="slices">Where values come from.</param>
    /// <param name="from">First sample.</param>
    /// <param name="to">Past the last sample.</param>
    public static void Unfold(
        ref float x, int pixel, int line, int sample, ref float y, int yPixel, int yLine, int ySample, int channels, int padded, in SliceWindows slices, nint from, nint to)
    {
        int taps = slices.Taps;
        for (nint n = from; n < to; n++)
        {
            for (var row = 0; row < slices.OutputLines; row++)
            {
                ref float targetLine = ref Unsafe.Add(ref y, (n * ySample) + ((nint)row * yLine));
                for (var column = 0; column < slices.OutputColumns; column++)
                {
                    ref float target = ref Unsafe.Add(ref targetLine, (nint)column * yPixel);
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
                        ref float source = ref Unsafe.Add(ref x, (n * sample) + ((nint)sourceLine * line) + ((nint)sourceColumn * pixel));
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

    /// <summary>The gradient of <see cref="Unfold"/>: each gradient is added to that of the value that its value was read from.</summary>
    /// <param name="dx">The gradient of the volume: its first pixel of sample 0. What was there is lost.</param>
    /// <param name="pixel">Floats from one pixel to the next.</param>
    /// <param name="line">Floats from one line to the next.</param>
    /// <param name="sample">Floats from one sample to the next.</param>
    /// <param name="dy">The gradients.</param>
    /// <param name="yPixel">The same of the gradients.</param>
    /// <param name="yLine">The same of the gradients.</param>
    /// <param name="ySample">The same of the gradients.</param>
    /// <param name="channels">Channels of the volume.</param>
    /// <param name="padded">Channels of a pixel that are written, zeros behind its own.</param>
    /// <param name="slices">Where values came from.</param>
    /// <param name="from">First sample.</param>
    /// <param name="to">Past the last sample.</param>
    public static void Fold(
        ref float dx, int pixel, int line, int sample, ref float dy, int yPixel, int yLine, int ySample, int channels, int padded, in SliceWindows slices, nint from, nint to)
    {
        int taps = slices.Taps;
        for (nint n = from; n < to; n++)
        {
            for (var row = 0; row < slices.InputLines; row++)
            {
                for (var column = 0; column < slices.InputColumns; column++)
                    MemoryMarshal.CreateSpan(ref Unsafe.Add(ref dx, (n * sample) + ((nint)row * line) + ((nint)column * pixel)), padded).Clear();
            }
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
                        ref float source = ref Unsafe.Add(ref dy, (n * ySample) + ((nint)row * yLine) + ((nint)column * yPixel) + tap);
                        ref float target = ref Unsafe.Add(ref dx, (n * sample) + ((nint)targetLine * line) + ((nint)targetColumn * pixel));
                        for (nint c = 0; c < channels; c++)
                            Unsafe.Add(ref target, c) += Unsafe.Add(ref source, c * taps);
                    }
                }
            }
        }
    }
}

/// <summary>What is outside of a volume.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum Outside
{
    /// <summary>Zeros.</summary>
    Zeros,

    /// <summary>The volume mirrored at its outermost pixels.</summary>
    Reflect,

    /// <summary>The outermost pixel again.</summary>
    Replicate,

    /// <summary>The other side of the volume.</summary>
    Circular,
}

/// <summary>Which slice, row and column of a volume is read for those of another one.</summary>
/// <param name="Outside">What is outside of the volume.</param>
/// <param name="Taps">Slices that are read for one.</param>
/// <param name="Stride">Slices from one output to the next.</param>
/// <param name="Dilation">Slices from one tap to the next; below 0: backwards.</param>
/// <param name="Before">Slices before the first one.</param>
/// <param name="InputSlices">Slices that are read.</param>
/// <param name="OutputSlices">Slices that are written.</param>
/// <param name="InputRows">Rows of a slice that are read.</param>
/// <param name="InputPitch">Rows from one of them to the next.</param>
/// <param name="OutputRows">Rows of a slice that are written; those between it and the next one become 0.</param>
/// <param name="OutputPitch">Rows from one of them to the next.</param>
/// <param name="Above">Rows above the first one.</param>
/// <param name="InputColumns">Columns that are read.</param>
/// <param name="OutputColumns">Columns that are written.</param>
/// <param name="Left">Columns left of the first one.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct SliceWindows(
    Outside Outside, int Taps, int Stride, int Dilation, int Before, int InputSlices, int OutputSlices, int InputRows, int InputPitch, int OutputRows, int OutputPitch, int Above,
    int InputColumns, int OutputColumns, int Left)
{
    /// <summary>Lines of all slices that are read.</summary>
    public int InputLines => ((InputSlices - 1) * InputPitch) + InputRows;

    /// <summary>Lines of all slices that are written.</summary>
    public int OutputLines => ((OutputSlices - 1) * OutputPitch) + OutputRows;

    /// <summary>The line that is read for a line and a tap; -1: none, but zeros.</summary>
    public int LineOf(int line, int tap)
    {
        (int slice, int row) = Math.DivRem(line, OutputPitch);
        if (row >= OutputRows)
            return -1;
        int sourceSlice = Within((slice * Stride) + (tap * Dilation) - Before, InputSlices), sourceRow = Within(row - Above, InputRows);
        return sourceSlice < 0 || sourceRow < 0 ? -1 : (sourceSlice * InputPitch) + sourceRow;
    }

    /// <summary>The column that is read for a column; -1: none, but zeros.</summary>
    public int ColumnOf(int column) => Within(column - Left, InputColumns);

    private int Within(int place, int count) => (uint)place < (uint)count ? place : Outside switch
    {
        Outside.Reflect => place < 0 ? -place : (2 * (count - 1)) - place,
        Outside.Replicate => place < 0 ? 0 : count - 1,
        Outside.Circular => place < 0 ? place + count : place - count,
        _ => -1,
    };
}
