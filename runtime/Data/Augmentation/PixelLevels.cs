using System.Collections.Immutable;
using System.Numerics.Tensors;

namespace NetGen;

/// <summary>What black and full light are among a set's values, after it was normalised.</summary>
/// <param name="Black">For each channel, or one for all.</param>
/// <param name="White">For each channel, or one for all.</param>
internal sealed record PixelLevels(ImmutableArray<float> Black, ImmutableArray<float> White)
{
    /// <summary>0 and 1: nothing was done.</summary>
    public static PixelLevels Unit { get; } = new([0], [1]);

    /// <summary>0 and 1 after each value became (x - mean) / std.</summary>
    public static PixelLevels Of(IEnumerable<float> mean, IEnumerable<float> std) => Unit.Normalized([.. mean.Select(each => (double)each)], [.. std.Select(each => (double)each)]);

    /// <summary>What they are after each value became (x - mean) / std, of one mean or one for each channel.</summary>
    public PixelLevels Normalized(ReadOnlySpan<double> mean, ReadOnlySpan<double> std)
    {
        int channels = Math.Max(mean.Length, Black.Length);
        float[] black = new float[channels], white = new float[channels];
        for (int channel = 0; channel < channels; channel++)
        {
            int from = channel % mean.Length, own = channel % Black.Length;
            black[channel] = (Black[own] - (float)mean[from]) / (float)std[from];
            white[channel] = (White[own] - (float)mean[from]) / (float)std[from];
        }
        return new([.. black], [.. white]);
    }

    /// <summary>Black of a channel.</summary>
    public float BlackOf(int channel) => Black[channel % Black.Length];

    /// <summary>A value as it is in the set on a scale from 0 for black to 1.</summary>
    public float ToUnit(float value, int channel) => (value - BlackOf(channel)) / RangeOf(channel);

    /// <summary>Values as they are in the set to 0 for black to 1, in place.</summary>
    /// <param name="image">Channels, one after the other.</param>
    /// <param name="area">Pixels of each.</param>
    public void ToUnit(Span<float> image, int area)
    {
        for (int start = 0, channel = 0; start < image.Length && this != Unit; start += area, channel++)
        {
            Span<float> plane = image.Slice(start, area);
            TensorPrimitives.Subtract(plane, BlackOf(channel), plane);
            TensorPrimitives.Divide(plane, RangeOf(channel), plane);
        }
    }

    /// <summary>0 for black to 1 to values as they are in the set, in place.</summary>
    /// <inheritdoc cref="ToUnit(Span{float}, int)"/>
    public void FromUnit(Span<float> image, int area)
    {
        for (int start = 0, channel = 0; start < image.Length && this != Unit; start += area, channel++)
        {
            Span<float> plane = image.Slice(start, area);
            TensorPrimitives.Multiply(plane, RangeOf(channel), plane);
            TensorPrimitives.Add(plane, BlackOf(channel), plane);
        }
    }

    /// <summary>How far white of a channel lies above black.</summary>
    private float RangeOf(int channel) => White[channel % White.Length] - BlackOf(channel);
}
