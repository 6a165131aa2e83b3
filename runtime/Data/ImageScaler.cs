namespace NetGen;

/// <summary>
/// Brings images to one size, as values 0 to 1, a channel after the other. Each pixel is an average of the source's under a triangle as wide as two
/// of the coarser pixels: linear interpolation where an image grows, and no pattern of its own where it shrinks.
/// </summary>
/// <param name="width">Pixels in a row of the result.</param>
/// <param name="height">Rows of the result.</param>
internal sealed class ImageScaler(int width, int height)
{
    /// <summary>Scales an image.</summary>
    /// <param name="pixels">Its pixels, row by row, each of so many bytes.</param>
    /// <param name="from">Its width and height.</param>
    /// <param name="channels">Bytes of a pixel.</param>
    /// <param name="seen">What of it is brought to the size.</param>
    /// <param name="result">[channels, height, width].</param>
    public void Scale(ReadOnlySpan<byte> pixels, (int Width, int Height) from, int channels, ImageRegion seen, Span<float> result)
    {
        Taps[] columns = Weights(from.Width, seen.Left, seen.Width, width), rows = Weights(from.Height, seen.Top, seen.Height, height);
        int first = rows[0].First, count = rows[^1].First + rows[^1].Weights.Length - first;
        var narrow = new float[count * width];
        for (int channel = 0; channel < channels; channel++)
        {
            for (int y = 0; y < count; y++)
            {
                ReadOnlySpan<byte> line = pixels.Slice((first + y) * from.Width * channels, from.Width * channels);
                for (int x = 0; x < width; x++)
                {
                    float sum = 0;
                    Taps taps = columns[x];
                    for (int i = 0; i < taps.Weights.Length; i++)
                        sum += taps.Weights[i] * line[((taps.First + i) * channels) + channel];
                    narrow[(y * width) + x] = sum;
                }
            }
            Span<float> plane = result.Slice(channel * width * height, width * height);
            for (int y = 0; y < height; y++)
            {
                Span<float> line = plane.Slice(y * width, width);
                line.Clear();
                for (int i = 0; i < rows[y].Weights.Length; i++)
                {
                    ReadOnlySpan<float> source = narrow.AsSpan((rows[y].First + i - first) * width, width);
                    float weight = rows[y].Weights[i];
                    for (int x = 0; x < width; x++)
                        line[x] += weight * source[x];
                }
                foreach (ref float value in line)
                    value /= 255;
            }
        }
    }

    /// <summary>For each pixel of a line its source pixels, of those from <paramref name="start"/> on over <paramref name="length"/>.</summary>
    private static Taps[] Weights(int size, double start, double length, int target)
    {
        var taps = new Taps[target];
        double ratio = length / target, reach = Math.Max(1, ratio);
        for (int i = 0; i < target; i++)
        {
            double centre = start + ((i + 0.5) * ratio);
            int first = Math.Max(0, (int)Math.Floor(centre - reach)), last = Math.Min(size - 1, (int)Math.Ceiling(centre + reach));
            double[] weights = [.. Enumerable.Range(first, last - first + 1).Select(j => Math.Max(0, 1 - (Math.Abs(j + 0.5 - centre) / reach)))];
            double sum = weights.Sum();
            taps[i] = new(first, [.. weights.Select(weight => (float)(weight / sum))]);
        }
        return taps;
    }

    private readonly record struct Taps(int First, float[] Weights);
}
