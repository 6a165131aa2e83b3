using NetGen;

namespace SamplesShared;

/// <summary>A picture of which the values are drawn, 0 black to 1 white, channel by channel.</summary>
/// <param name="channels">Channels, at least 1.</param>
/// <param name="height">Rows, at least 1.</param>
/// <param name="width">Pixels of a row, at least 1.</param>
public sealed class Canvas(int channels, int height, int width)
{
    /// <summary>The values, [channels, height, width].</summary>
    public float[] Values { get; } = new float[channels * height * width];

    /// <summary>Paints over what lies within a form, its edge softened over a pixel.</summary>
    /// <param name="distance">How far outside of the form a place (x, y) lies, below 0 within it.</param>
    /// <param name="colour">A value for each channel.</param>
    public Canvas Paint(Func<float, float, float> distance, params ReadOnlySpan<float> colour)
    {
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                float share = Math.Clamp(0.5f - distance(x, y), 0, 1);
                for (int channel = 0; share > 0 && channel < channels; channel++)
                {
                    ref float value = ref Values[(((channel * height) + y) * width) + x];
                    value += share * (colour[channel] - value);
                }
            }
        }
        return this;
    }

    /// <summary>Adds a number to each value.</summary>
    public Canvas Add(Func<float> number)
    {
        foreach (ref float value in Values.AsSpan())
            value += number();
        return this;
    }

    /// <summary>A disk.</summary>
    public static Func<float, float, float> Disk(float x, float y, float radius) => (px, py) => MathF.Sqrt(((px - x) * (px - x)) + ((py - y) * (py - y))) - radius;

    /// <summary>A ring.</summary>
    public static Func<float, float, float> Ring(float x, float y, float radius, float thickness) =>
        (px, py) => MathF.Abs(Disk(x, y, radius)(px, py)) - (thickness / 2);

    /// <summary>A rectangle about a place, turned by an angle.</summary>
    public static Func<float, float, float> Box(float x, float y, float halfWidth, float halfHeight, float angle = 0)
    {
        (float sin, float cos) = MathF.SinCos(angle);
        return (px, py) =>
        {
            float across = MathF.Abs((cos * (px - x)) + (sin * (py - y))) - halfWidth, down = MathF.Abs((cos * (py - y)) - (sin * (px - x))) - halfHeight;
            return MathF.Max(across, down);
        };
    }

    /// <summary>An equilateral triangle about a place, turned by an angle.</summary>
    public static Func<float, float, float> Triangle(float x, float y, float radius, float angle = 0) => (px, py) =>
        Enumerable.Range(0, 3).Max(side =>
        {
            (float sin, float cos) = MathF.SinCos(angle + (side * MathF.Tau / 3));
            return (cos * (px - x)) + (sin * (py - y)) - (radius / 2);
        });

    /// <summary>What lies in one form or in both.</summary>
    public static Func<float, float, float> Or(Func<float, float, float> one, Func<float, float, float> other) => (x, y) => MathF.Min(one(x, y), other(x, y));

    /// <summary>What lies in both forms.</summary>
    public static Func<float, float, float> And(Func<float, float, float> one, Func<float, float, float> other) => (x, y) => MathF.Max(one(x, y), other(x, y));

    /// <summary>A picture from a file in grey, its middle at this size.</summary>
    /// <exception cref="DataFormatException">The file is damaged or of another format.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static float[] ReadGrey(string path, int height, int width)
    {
        float[] colours = RgbImage.Read(path).Middle(height, width, Math.Max(height, width));
        int area = height * width;
        return [.. Enumerable.Range(0, area).Select(i => (0.299f * colours[i]) + (0.587f * colours[area + i]) + (0.114f * colours[(2 * area) + i]))];
    }
}
