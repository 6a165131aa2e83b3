namespace NetGen.Reports;

/// <summary>Numbers as pictures.</summary>
public static class Picture
{
    /// <summary>In grey, the least black and the greatest white.</summary>
    /// <param name="values">[height, width].</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="width">Pixels of a row, at least 1.</param>
    /// <exception cref="ArgumentException">There are not as many values.</exception>
    public static RgbImage Grey(ReadOnlySpan<float> values, int height, int width)
    {
        (float least, float greatest) = Range(values);
        return Grey(values, height, width, least, greatest);
    }

    /// <summary>In grey, from one number for black to another for white; what is not a number is black.</summary>
    /// <inheritdoc cref="Grey(ReadOnlySpan{float}, int, int)"/>
    /// <param name="values">[height, width].</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="width">Pixels of a row, at least 1.</param>
    /// <param name="black">What black stands for.</param>
    /// <param name="white">What white stands for.</param>
    public static RgbImage Grey(ReadOnlySpan<float> values, int height, int width, float black, float white)
    {
        Check(values.Length, height, width, 1);
        var pixels = new byte[3 * values.Length];
        for (int i = 0; i < values.Length; i++)
            pixels.AsSpan(3 * i, 3).Fill(Level((values[i] - black) / (white - black)));
        return new(width, height, pixels);
    }

    /// <summary>In two colours: 0 white, the greatest distance from it full blue below and full red above.</summary>
    /// <inheritdoc cref="Grey(ReadOnlySpan{float}, int, int)"/>
    public static RgbImage Signed(ReadOnlySpan<float> values, int height, int width)
    {
        Check(values.Length, height, width, 1);
        (float least, float greatest) = Range(values);
        float most = Math.Max(Math.Abs(least), Math.Abs(greatest));
        var pixels = new byte[3 * values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            float part = most > 0 ? values[i] / most : 0;
            pixels[3 * i] = Level(1 + Math.Min(0, part));
            pixels[(3 * i) + 1] = Level(1 - (0.9f * Math.Abs(part)));
            pixels[(3 * i) + 2] = Level(1 - Math.Max(0, part));
        }
        return new(width, height, pixels);
    }

    /// <summary>In colour, from one number for black to another for full light.</summary>
    /// <inheritdoc cref="Grey(ReadOnlySpan{float}, int, int)"/>
    /// <param name="values">[3, height, width]: red, green, blue.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="width">Pixels of a row, at least 1.</param>
    /// <param name="black">What black stands for.</param>
    /// <param name="white">What full light stands for.</param>
    public static RgbImage Colour(ReadOnlySpan<float> values, int height, int width, float black = 0, float white = 1)
    {
        Check(values.Length, height, width, 3);
        var pixels = new byte[values.Length];
        for (int i = 0; i < pixels.Length; i++)
            pixels[i] = Level((values[(i % 3 * height * width) + (i / 3)] - black) / (white - black));
        return new(width, height, pixels);
    }

    /// <summary>Pictures of one height side by side, two grey pixels between them.</summary>
    /// <param name="images">At least one.</param>
    /// <exception cref="ArgumentException">There is none, or their heights differ.</exception>
    public static RgbImage Row(params ReadOnlySpan<RgbImage> images)
    {
        const int Gap = 2, Ground = 128;
        int height = images.IsEmpty ? 0 : images[0].Height, width = -Gap;
        foreach (RgbImage image in images)
        {
            if (image.Height != height)
                throw new ArgumentException($"Pictures of {height} rows are expected, and one has {image.Height}.", nameof(images));
            width += image.Width + Gap;
        }
        if (width < 1)
            throw new ArgumentException("At least one picture is expected.", nameof(images));
        var pixels = new byte[checked(3 * width * height)];
        Array.Fill(pixels, (byte)Ground);
        int left = 0;
        foreach (RgbImage image in images)
        {
            for (int y = 0; y < height; y++)
                image.Pixels.Slice(3 * y * image.Width, 3 * image.Width).CopyTo(pixels.AsSpan(3 * ((y * width) + left)));
            left += image.Width + Gap;
        }
        return new(width, height, pixels);
    }

    /// <summary>The least and the greatest of the finite values; 0 where there is none.</summary>
    internal static (float Least, float Greatest) Range(ReadOnlySpan<float> values)
    {
        (float least, float greatest) = (float.PositiveInfinity, float.NegativeInfinity);
        foreach (float value in values)
        {
            if (!float.IsFinite(value))
                continue;
            (least, greatest) = (Math.Min(least, value), Math.Max(greatest, value));
        }
        return least <= greatest ? (least, greatest) : (0, 0);
    }

    private static byte Level(float part) => (byte)(part >= 1 ? 255 : part > 0 ? (255 * part) + 0.5f : 0);

    private static void Check(int count, int height, int width, int channels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        if (count != (long)channels * height * width)
            throw new ArgumentException($"A picture of {height} rows of {width} has {(long)channels * height * width} values, {count} are given.");
    }
}
