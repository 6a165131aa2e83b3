using System.ComponentModel;
using System.Numerics;

namespace NetGen.Engine;

/// <summary>Poolings of volumes in whole blocks of 16 channels; called by emitted code. A window is of the slices, rows and columns that <see cref="VolumeAxis"/> says.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class VolumePooling
{
    /// <summary>The largest value of each window; not-a-number where there is one.</summary>
    /// <param name="x">The volumes.</param>
    /// <param name="y">Where the largest values go.</param>
    /// <param name="channels">Channels of a pixel, in whole blocks of 16.</param>
    /// <param name="slices">Slices.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="from">First sample.</param>
    /// <param name="to">Past the last sample.</param>
    public static void Max(PixelTensor x, PixelTensor y, int channels, in VolumeAxis slices, in VolumeAxis rows, in VolumeAxis columns, nint from, nint to)
    {
        var windows = new VolumeWindows(slices, rows, columns, from, to);
        while (windows.Next())
        {
            for (nint c = 0; c < channels; c += Vector<float>.Count)
            {
                var largest = new Vector<float>(float.NegativeInfinity);
                foreach ((nint line, nint column) in windows.Pixels)
                    largest = Vector.Max(largest, Vector.LoadUnsafe(ref x.At(windows.Sample, line, column), (nuint)c));
                largest.StoreUnsafe(ref y.At(windows.Sample, windows.Line, windows.Column), (nuint)c);
            }
        }
    }

    /// <summary>The gradient of <see cref="Max"/>: each output's to the first largest value of its window, slice by slice and row by row.</summary>
    /// <param name="x">The volumes.</param>
    /// <param name="y">What <see cref="Max"/> found.</param>
    /// <param name="dy">Its gradients.</param>
    /// <param name="dx">The gradients of x. What was there is lost.</param>
    /// <param name="channels">Channels of a pixel, in whole blocks of 16.</param>
    /// <param name="slices">Slices.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="from">First sample.</param>
    /// <param name="to">Past the last sample.</param>
    public static void MaxGradient(
        PixelTensor x, PixelTensor y, PixelTensor dy, PixelTensor dx, int channels, in VolumeAxis slices, in VolumeAxis rows, in VolumeAxis columns, nint from, nint to)
    {
        dx.Clear(channels, slices.Input * rows.Input, columns.Input, from, to);
        var windows = new VolumeWindows(slices, rows, columns, from, to);
        while (windows.Next())
        {
            for (nint c = 0; c < channels; c += Vector<float>.Count)
            {
                Vector<float> largest = Vector.LoadUnsafe(ref y.At(windows.Sample, windows.Line, windows.Column), (nuint)c);
                Vector<float> gradient = Vector.LoadUnsafe(ref dy.At(windows.Sample, windows.Line, windows.Column), (nuint)c);
                Vector<int> isOpen = Vector<int>.AllBitsSet;
                foreach ((nint line, nint column) in windows.Pixels)
                {
                    Vector<float> value = Vector.LoadUnsafe(ref x.At(windows.Sample, line, column), (nuint)c);
                    // Of windows with a not-a-number, that is the largest.
                    Vector<int> isLargest = isOpen & (Vector.Equals(value, largest) | ~Vector.Equals(value, value));
                    isOpen &= ~isLargest;
                    dx.Add(windows.Sample, line, column, c, Vector.ConditionalSelect(isLargest, gradient, Vector<float>.Zero));
                }
            }
        }
    }

    /// <summary>The mean of each window.</summary>
    /// <inheritdoc cref="Max"/>
    public static void Mean(PixelTensor x, PixelTensor y, int channels, in VolumeAxis slices, in VolumeAxis rows, in VolumeAxis columns, nint from, nint to)
    {
        var windows = new VolumeWindows(slices, rows, columns, from, to);
        while (windows.Next())
        {
            var scale = new Vector<float>(1 / windows.Counted);
            for (nint c = 0; c < channels; c += Vector<float>.Count)
            {
                Vector<float> sum = Vector<float>.Zero;
                foreach ((nint line, nint column) in windows.Pixels)
                    sum += Vector.LoadUnsafe(ref x.At(windows.Sample, line, column), (nuint)c);
                (sum * scale).StoreUnsafe(ref y.At(windows.Sample, windows.Line, windows.Column), (nuint)c);
            }
        }
    }

    /// <summary>The gradient of <see cref="Mean"/>: each output's in equal parts to its window.</summary>
    /// <param name="dy">Gradients of the means.</param>
    /// <param name="dx">The gradients of what the means are of. What was there is lost.</param>
    /// <param name="channels">Channels of a pixel, in whole blocks of 16.</param>
    /// <param name="slices">Slices.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="from">First sample.</param>
    /// <param name="to">Past the last sample.</param>
    public static void MeanGradient(PixelTensor dy, PixelTensor dx, int channels, in VolumeAxis slices, in VolumeAxis rows, in VolumeAxis columns, nint from, nint to)
    {
        dx.Clear(channels, slices.Input * rows.Input, columns.Input, from, to);
        var windows = new VolumeWindows(slices, rows, columns, from, to);
        while (windows.Next())
        {
            var scale = new Vector<float>(1 / windows.Counted);
            for (nint c = 0; c < channels; c += Vector<float>.Count)
            {
                Vector<float> gradient = Vector.LoadUnsafe(ref dy.At(windows.Sample, windows.Line, windows.Column), (nuint)c) * scale;
                foreach ((nint line, nint column) in windows.Pixels)
                    dx.Add(windows.Sample, line, column, c, gradient);
            }
        }
    }
}
