using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace NetGen.Engine;

/// <summary>
/// Poolings of volumes whose slices lie one below the other and whose pixels' channels are side by side, in whole blocks of 16; called by emitted code. A window
/// is of the slices, rows and columns that <see cref="VolumeAxis"/> says.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class VolumePooling
{
    /// <summary>The largest value of each window; not-a-number where there is one.</summary>
    /// <param name="x">The first pixel of sample 0.</param>
    /// <param name="xPixel">Floats from one pixel to the next.</param>
    /// <param name="xLine">Floats from one line to the next.</param>
    /// <param name="xSample">Floats from one sample to the next.</param>
    /// <param name="y">Where the first pixel goes.</param>
    /// <param name="yPixel">The same of where they go.</param>
    /// <param name="yLine">The same of where they go.</param>
    /// <param name="ySample">The same of where they go.</param>
    /// <param name="channels">Channels of a pixel, in whole blocks of 16.</param>
    /// <param name="slices">Slices.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="from">First sample.</param>
    /// <param name="to">Past the last sample.</param>
    public static void Max(
        ref float x, int xPixel, int xLine, int xSample, ref float y, int yPixel, int yLine, int ySample,
        int channels, in VolumeAxis slices, in VolumeAxis rows, in VolumeAxis columns, nint from, nint to)
    {
        var windows = new Windows(slices, rows, columns, from, to);
        while (windows.Next())
        {
            ref float target = ref Unsafe.Add(ref y, (windows.Sample * ySample) + (windows.Line * yLine) + (windows.Column * yPixel));
            for (nint c = 0; c < channels; c += Vector<float>.Count)
            {
                var largest = new Vector<float>(float.NegativeInfinity);
                for (nint s = windows.Slices.First; s < windows.Slices.Past; s++)
                {
                    for (nint r = windows.Rows.First; r < windows.Rows.Past; r++)
                    {
                        ref float source = ref Unsafe.Add(ref x, (windows.Sample * xSample) + (((s * rows.Input) + r) * xLine) + c);
                        for (nint q = windows.Columns.First; q < windows.Columns.Past; q++)
                            largest = Vector.Max(largest, Vector.LoadUnsafe(ref source, (nuint)(q * xPixel)));
                    }
                }
                largest.StoreUnsafe(ref target, (nuint)c);
            }
        }
    }

    /// <summary>The gradient of <see cref="Max"/>: each output's to the first largest value of its window, slice by slice and row by row.</summary>
    /// <param name="x">The first pixel of sample 0.</param>
    /// <param name="xPixel">Floats from one pixel to the next.</param>
    /// <param name="xLine">Floats from one line to the next.</param>
    /// <param name="xSample">Floats from one sample to the next.</param>
    /// <param name="y">What <see cref="Max"/> found.</param>
    /// <param name="yPixel">The same of that.</param>
    /// <param name="yLine">The same of that.</param>
    /// <param name="ySample">The same of that.</param>
    /// <param name="dy">Its gradients.</param>
    /// <param name="dyPixel">The same of those.</param>
    /// <param name="dyLine">The same of those.</param>
    /// <param name="dySample">The same of those.</param>
    /// <param name="dx">The gradients of x. What was there is lost.</param>
    /// <param name="dxPixel">The same of those.</param>
    /// <param name="dxLine">The same of those.</param>
    /// <param name="dxSample">The same of those.</param>
    /// <param name="channels">Channels of a pixel, in whole blocks of 16.</param>
    /// <param name="slices">Slices.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="from">First sample.</param>
    /// <param name="to">Past the last sample.</param>
    public static void MaxGradient(
        ref float x, int xPixel, int xLine, int xSample, ref float y, int yPixel, int yLine, int ySample,
        ref float dy, int dyPixel, int dyLine, int dySample, ref float dx, int dxPixel, int dxLine, int dxSample,
        int channels, in VolumeAxis slices, in VolumeAxis rows, in VolumeAxis columns, nint from, nint to)
    {
        Clear(ref dx, dxPixel, dxLine, dxSample, channels, slices, rows, columns, from, to);
        var windows = new Windows(slices, rows, columns, from, to);
        while (windows.Next())
        {
            ref float found = ref Unsafe.Add(ref y, (windows.Sample * ySample) + (windows.Line * yLine) + (windows.Column * yPixel));
            ref float given = ref Unsafe.Add(ref dy, (windows.Sample * dySample) + (windows.Line * dyLine) + (windows.Column * dyPixel));
            for (nint c = 0; c < channels; c += Vector<float>.Count)
            {
                Vector<float> largest = Vector.LoadUnsafe(ref found, (nuint)c), gradient = Vector.LoadUnsafe(ref given, (nuint)c);
                Vector<int> isOpen = Vector<int>.AllBitsSet;
                for (nint s = windows.Slices.First; s < windows.Slices.Past; s++)
                {
                    for (nint r = windows.Rows.First; r < windows.Rows.Past; r++)
                    {
                        nint line = (s * rows.Input) + r;
                        ref float source = ref Unsafe.Add(ref x, (windows.Sample * xSample) + (line * xLine) + c);
                        ref float target = ref Unsafe.Add(ref dx, (windows.Sample * dxSample) + (line * dxLine) + c);
                        for (nint q = windows.Columns.First; q < windows.Columns.Past; q++)
                        {
                            Vector<float> value = Vector.LoadUnsafe(ref source, (nuint)(q * xPixel));
                            // Of windows with a not-a-number, that is the largest.
                            Vector<int> isLargest = isOpen & (Vector.Equals(value, largest) | ~Vector.Equals(value, value));
                            isOpen &= ~isLargest;
                            ref float sum = ref Unsafe.Add(ref target, q * dxPixel);
                            (Vector.LoadUnsafe(ref sum) + Vector.ConditionalSelect(isLargest, gradient, Vector<float>.Zero)).StoreUnsafe(ref sum);
                        }
                    }
                }
            }
        }
    }

    /// <summary>The mean of each window.</summary>
    /// <inheritdoc cref="Max"/>
    public static void Mean(
        ref float x, int xPixel, int xLine, int xSample, ref float y, int yPixel, int yLine, int ySample,
        int channels, in VolumeAxis slices, in VolumeAxis rows, in VolumeAxis columns, nint from, nint to)
    {
        var windows = new Windows(slices, rows, columns, from, to);
        while (windows.Next())
        {
            ref float target = ref Unsafe.Add(ref y, (windows.Sample * ySample) + (windows.Line * yLine) + (windows.Column * yPixel));
            var scale = new Vector<float>(1 / windows.Counted);
            for (nint c = 0; c < channels; c += Vector<float>.Count)
            {
                Vector<float> sum = Vector<float>.Zero;
                for (nint s = windows.Slices.First; s < windows.Slices.Past; s++)
                {
                    for (nint r = windows.Rows.First; r < windows.Rows.Past; r++)
                    {
                        ref float source = ref Unsafe.Add(ref x, (windows.Sample * xSample) + (((s * rows.Input) + r) * xLine) + c);
                        for (nint q = windows.Columns.First; q < windows.Columns.Past; q++)
                            sum += Vector.LoadUnsafe(ref source, (nuint)(q * xPixel));
                    }
                }
                (sum * scale).StoreUnsafe(ref target, (nuint)c);
            }
        }
    }

    /// <summary>The gradient of <see cref="Mean"/>: each output's in equal parts to its window.</summary>
    /// <param name="dy">Gradients of the means.</param>
    /// <param name="dyPixel">Floats from one pixel to the next.</param>
    /// <param name="dyLine">Floats from one line to the next.</param>
    /// <param name="dySample">Floats from one sample to the next.</param>
    /// <param name="dx">The gradients of what the means are of. What was there is lost.</param>
    /// <param name="dxPixel">The same of those.</param>
    /// <param name="dxLine">The same of those.</param>
    /// <param name="dxSample">The same of those.</param>
    /// <param name="channels">Channels of a pixel, in whole blocks of 16.</param>
    /// <param name="slices">Slices.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="from">First sample.</param>
    /// <param name="to">Past the last sample.</param>
    public static void MeanGradient(
        ref float dy, int dyPixel, int dyLine, int dySample, ref float dx, int dxPixel, int dxLine, int dxSample,
        int channels, in VolumeAxis slices, in VolumeAxis rows, in VolumeAxis columns, nint from, nint to)
    {
        Clear(ref dx, dxPixel, dxLine, dxSample, channels, slices, rows, columns, from, to);
        var windows = new Windows(slices, rows, columns, from, to);
        while (windows.Next())
        {
            ref float given = ref Unsafe.Add(ref dy, (windows.Sample * dySample) + (windows.Line * dyLine) + (windows.Column * dyPixel));
            var scale = new Vector<float>(1 / windows.Counted);
            for (nint c = 0; c < channels; c += Vector<float>.Count)
            {
                Vector<float> gradient = Vector.LoadUnsafe(ref given, (nuint)c) * scale;
                for (nint s = windows.Slices.First; s < windows.Slices.Past; s++)
                {
                    for (nint r = windows.Rows.First; r < windows.Rows.Past; r++)
                    {
                        ref float target = ref Unsafe.Add(ref dx, (windows.Sample * dxSample) + (((s * rows.Input) + r) * dxLine) + c);
                        for (nint q = windows.Columns.First; q < windows.Columns.Past; q++)
                        {
                            ref float sum = ref Unsafe.Add(ref target, q * dxPixel);
                            (Vector.LoadUnsafe(ref sum) + gradient).StoreUnsafe(ref sum);
                        }
                    }
                }
            }
        }
    }

    private static void Clear(
        ref float dx, int pixel, int line, int sample, int channels, in VolumeAxis slices, in VolumeAxis rows, in VolumeAxis columns, nint from, nint to)
    {
        for (nint n = from; n < to; n++)
        {
            for (nint row = 0; row < (nint)slices.Input * rows.Input; row++)
            {
                for (nint column = 0; column < columns.Input; column++)
                {
                    ref float target = ref Unsafe.Add(ref dx, (n * sample) + (row * line) + (column * pixel));
                    for (nint c = 0; c < channels; c += Vector<float>.Count)
                        Vector<float>.Zero.StoreUnsafe(ref target, (nuint)c);
                }
            }
        }
    }

    /// <summary>All windows of some samples, one after the other.</summary>
    private ref struct Windows(VolumeAxis slices, VolumeAxis rows, VolumeAxis columns, nint from, nint to)
    {
        private int slice, row, column = -1;

        public nint Sample { get; private set; } = from;

        /// <summary>The line of the output.</summary>
        public readonly nint Line => ((nint)slice * rows.Output) + row;

        /// <summary>Its column.</summary>
        public readonly nint Column => column;

        public (int First, int Past) Slices { get; private set; } = slices.Of(0);

        public (int First, int Past) Rows { get; private set; } = rows.Of(0);

        public (int First, int Past) Columns { get; private set; }

        /// <summary>How many places the mean is of.</summary>
        public readonly float Counted => (float)slices.Counted(slice) * rows.Counted(row) * columns.Counted(column);

        public bool Next()
        {
            if (++column == columns.Output)
            {
                column = 0;
                if (++row == rows.Output)
                {
                    row = 0;
                    if (++slice == slices.Output)
                    {
                        slice = 0;
                        Sample++;
                    }
                    Slices = slices.Of(slice);
                }
                Rows = rows.Of(row);
            }
            Columns = columns.Of(column);
            return Sample < to;
        }
    }
}

/// <summary>
/// One direction: output o has the inputs from ⌊(o·Step − Before) / Parts⌋ to, without it, ⌊(o·Step + Reach) / Parts⌋, as far as there are such. Its mean
/// is of the places among them from −CountedBefore to, without it, CountedPast.
/// </summary>
/// <param name="Input">Inputs.</param>
/// <param name="Output">Outputs.</param>
/// <param name="Step">Parts of inputs between neighbouring outputs.</param>
/// <param name="Parts">Parts of an input; where above 1, Before is 0.</param>
/// <param name="Before">Inputs before the first.</param>
/// <param name="Reach">From where an output begins to where its window ends.</param>
/// <param name="CountedBefore">Places before the first input that means are of.</param>
/// <param name="CountedPast">Where the places end that means are of.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct VolumeAxis(int Input, int Output, int Step, int Parts, int Before, int Reach, int CountedBefore, int CountedPast)
{
    /// <summary>The inputs of an output.</summary>
    public (int First, int Past) Of(int output) => ((int)Math.Max(0, Start(output)), (int)Math.Min(Input, End(output)));

    /// <summary>How many places the mean of an output is of.</summary>
    public int Counted(int output) => (int)(Math.Min(End(output), CountedPast) - Math.Max(Start(output), -CountedBefore));

    private long Start(int output) => (((long)output * Step) - Before) / Parts;

    private long End(int output) => (((long)output * Step) + Reach) / Parts;
}
