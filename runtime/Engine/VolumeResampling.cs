using System.ComponentModel;
using System.Numerics;

namespace NetGen.Engine;

/// <summary>Pixels of volumes from those of others, in whole blocks of 16 channels: moved, repeated or mixed; called by emitted code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class VolumeResampling
{
    /// <summary>The pixels that one is mixed of.</summary>
    private const int MostTaps = 8;

    /// <summary>Each pixel from those that the directions say.</summary>
    /// <param name="x">The volumes.</param>
    /// <param name="y">What they become.</param>
    /// <param name="channels">Channels of a pixel, in whole blocks of 16.</param>
    /// <param name="slices">Slices.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="from">First sample.</param>
    /// <param name="to">Past the last sample.</param>
    public static void Resample(PixelTensor x, PixelTensor y, int channels, in ResampledAxis slices, in ResampledAxis rows, in ResampledAxis columns, nint from, nint to)
    {
        Span<Tap> memory = stackalloc Tap[MostTaps];
        for (var line = 0; line < slices.Output * rows.Output; line++)
        {
            for (var column = 0; column < columns.Output; column++)
            {
                Span<Tap> taps = memory[..Find(slices, rows, columns, line, column, memory)];
                for (nint n = from; n < to; n++)
                {
                    ref float target = ref y.At(n, line, column);
                    for (nint c = 0; c < channels; c += Vector<float>.Count)
                    {
                        Vector<float> sum = Vector<float>.Zero;
                        foreach (Tap tap in taps)
                            sum += tap.Weight * Vector.LoadUnsafe(ref x.At(n, tap.Line, tap.Column), (nuint)c);
                        sum.StoreUnsafe(ref target, (nuint)c);
                    }
                }
            }
        }
    }

    /// <summary>The gradient of <see cref="Resample"/>: each gradient to the pixels that its pixel was made of.</summary>
    /// <param name="dx">The gradients of the volumes. What was there is lost.</param>
    /// <param name="dy">The gradients.</param>
    /// <param name="channels">Channels of a pixel, in whole blocks of 16.</param>
    /// <param name="slices">Slices.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="from">First sample.</param>
    /// <param name="to">Past the last sample.</param>
    public static void Gradient(PixelTensor dx, PixelTensor dy, int channels, in ResampledAxis slices, in ResampledAxis rows, in ResampledAxis columns, nint from, nint to)
    {
        dx.Clear(channels, slices.Input * rows.Input, columns.Input, from, to);
        Span<Tap> memory = stackalloc Tap[MostTaps];
        for (var line = 0; line < slices.Output * rows.Output; line++)
        {
            for (var column = 0; column < columns.Output; column++)
            {
                Span<Tap> taps = memory[..Find(slices, rows, columns, line, column, memory)];
                for (nint n = from; n < to; n++)
                {
                    for (nint c = 0; c < channels; c += Vector<float>.Count)
                    {
                        Vector<float> gradient = Vector.LoadUnsafe(ref dy.At(n, line, column), (nuint)c);
                        foreach (Tap tap in taps)
                            dx.Add(n, tap.Line, tap.Column, c, tap.Weight * gradient);
                    }
                }
            }
        }
    }

    /// <summary>The pixels of which one is mixed, and how many they are.</summary>
    private static int Find(in ResampledAxis slices, in ResampledAxis rows, in ResampledAxis columns, int line, int column, Span<Tap> taps)
    {
        (int slice, int row) = Math.DivRem(line, rows.Output);
        ReadOnlySpan<(int First, int Second, float Share)> places = [slices.Of(slice), rows.Of(row), columns.Of(column)];
        Span<int> at = stackalloc int[3];
        var count = 0;
        for (var corner = 0; corner < MostTaps; corner++)
        {
            float weight = 1;
            for (var axis = 0; axis < 3; axis++)
            {
                bool isSecond = (corner & (1 << axis)) != 0;
                at[axis] = isSecond ? places[axis].Second : places[axis].First;
                weight *= at[axis] < 0 ? 0 : isSecond ? places[axis].Share : 1 - places[axis].Share;
            }
            if (weight > 0)
                taps[count++] = new Tap((at[0] * rows.Input) + at[1], at[2], weight);
        }
        return count;
    }

    /// <summary>A pixel and its weight.</summary>
    private readonly record struct Tap(int Line, int Column, float Weight);
}
