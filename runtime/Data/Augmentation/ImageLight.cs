using System.Numerics.Tensors;

namespace NetGen;

/// <summary>
/// Light and colours of images with values from 0 for black to 1, as torchvision's functional transforms of tensors change them; results are held within
/// that range.
/// </summary>
internal static class ImageLight
{
    /// <summary>The weights of torchvision's grey level: ITU-R BT.601.</summary>
    private const float Red = 0.2989f, Green = 0.587f, Blue = 0.114f;

    /// <summary>Times a factor.</summary>
    public static void Brighten(Span<float> image, ImageSize size, float factor)
    {
        TensorPrimitives.Multiply(image, factor, image);
        Hold(image);
    }

    /// <summary>Distances from the mean grey level times a factor; of other than three channels from the mean of all.</summary>
    public static void Contrast(Span<float> image, ImageSize size, float factor)
    {
        float mean = 0;
        for (int channel = 0; channel < size.Channels; channel++)
            mean += Weight(channel, size.Channels) * TensorPrimitives.Sum<float>(image.Slice(channel * size.Area, size.Area)) / size.Area;
        float rest = (1 - factor) * mean;
        TensorPrimitives.Multiply(image, factor, image);
        TensorPrimitives.Add(image, rest, image);
        Hold(image);
    }

    /// <summary>Distances from each pixel's own grey level times a factor.</summary>
    public static void Saturate(Span<float> image, ImageSize size, float factor)
    {
        Span<float> red = image[..size.Area], green = image.Slice(size.Area, size.Area), blue = image[(2 * size.Area)..];
        for (int i = 0; i < red.Length; i++)
        {
            float rest = (1 - factor) * ((Red * red[i]) + (Green * green[i]) + (Blue * blue[i]));
            red[i] = (factor * red[i]) + rest;
            green[i] = (factor * green[i]) + rest;
            blue[i] = (factor * blue[i]) + rest;
        }
        Hold(image);
    }

    /// <summary>Hues moved by a part of the circle: to hue, saturation and value and back (Smith, "Color gamut transform pairs", 1978).</summary>
    public static void TurnHue(Span<float> image, ImageSize size, float turns)
    {
        Span<float> red = image[..size.Area], green = image.Slice(size.Area, size.Area), blue = image[(2 * size.Area)..];
        for (int i = 0; i < red.Length; i++)
        {
            float r = red[i], g = green[i], b = blue[i], value = Math.Max(r, Math.Max(g, b)), range = value - Math.Min(r, Math.Min(g, b));
            if (range == 0)
                continue;
            // In sixths of the circle: red 0, green 2, blue 4.
            float hue = value == r ? (g - b) / range : value == g ? 2 + ((b - r) / range) : 4 + ((r - g) / range);
            hue += 6 * turns;
            red[i] = Channel(hue + 5, value, range);
            green[i] = Channel(hue + 3, value, range);
            blue[i] = Channel(hue + 1, value, range);
        }
        Hold(image);
    }

    private static float Channel(float sixths, float value, float range)
    {
        float place = sixths - (6 * MathF.Floor(sixths / 6));
        return value - (range * Math.Clamp(Math.Min(place, 4 - place), 0, 1));
    }

    private static float Weight(int channel, int channels) => channels != 3 ? 1f / channels : channel == 0 ? Red : channel == 1 ? Green : Blue;

    private static void Hold(Span<float> image)
    {
        TensorPrimitives.Max(image, 0, image);
        TensorPrimitives.Min(image, 1, image);
    }
}
