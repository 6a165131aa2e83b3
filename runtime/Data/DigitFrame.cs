namespace NetGen;

/// <summary>
/// Brings an image of one digit into the form of MNIST's, as its authors describe it: the digit fills a box of 20×20 with its proportions
/// kept, and its centre of mass lies in the middle of 28×28 (LeCun, Cortes and Burges, "The MNIST database of handwritten digits").
/// </summary>
internal static class DigitFrame
{
    private const int Side = 28, Box = 20;

    /// <summary>The digit in white on black, 28×28.</summary>
    /// <exception cref="ArgumentException">The image shows nothing: all its pixels are as light as its border.</exception>
    public static byte[] Fit(GrayImage image)
    {
        float[] ink = Ink(image);
        (int left, int top, int width, int height) = Bounds(image, ink);
        float scale = (float)Box / Math.Max(width, height);
        int columns = Math.Clamp((int)MathF.Round(width * scale), 1, Box), rows = Math.Clamp((int)MathF.Round(height * scale), 1, Box);

        // Rows first, then columns of the result: a separable filter.
        var narrow = new float[height * columns];
        for (int y = 0; y < height; y++)
            Resample(ink.AsSpan((top + y) * image.Width + left, width), 1, narrow.AsSpan(y * columns, columns), 1, width, columns);
        var small = new float[rows * columns];
        for (int x = 0; x < columns; x++)
            Resample(narrow.AsSpan(x), columns, small.AsSpan(x), columns, height, rows);
        return Centre(small, columns, rows);
    }

    /// <summary>How much ink each pixel holds, 0 to 1: its distance from the paper's level, of which the border's median tells.</summary>
    private static float[] Ink(GrayImage image)
    {
        byte[] border = Border(image);
        Array.Sort(border);
        int paper = border[border.Length / 2];
        ReadOnlySpan<byte> pixels = image.Pixels;
        int darkest = 255, lightest = 0;
        foreach (byte pixel in pixels)
        {
            darkest = Math.Min(darkest, pixel);
            lightest = Math.Max(lightest, pixel);
        }
        // Ink is on the side of the paper that reaches farther.
        int sign = lightest - paper >= paper - darkest ? 1 : -1;
        int strongest = sign > 0 ? lightest - paper : paper - darkest;
        // What nine of ten pixels of the border stay within tells of the paper's grain. A few grains reach farther, three times as far where they
        // are normally distributed; one that passed for ink would put the edge of the digit where it lies.
        int grain = Math.Max(border[(border.Length - 1) * 9 / 10] - paper, paper - border[(border.Length - 1) / 10]);
        if (strongest <= grain)
        {
            throw new ArgumentException(
                $"The image of {image.Width}×{image.Height} shows no digit: all of it is as light as its border.", nameof(image));
        }

        grain = Math.Max(grain, Math.Min(3 * grain, strongest / 3));
        var ink = new float[pixels.Length];
        for (int i = 0; i < ink.Length; i++)
        {
            int distance = sign * (pixels[i] - paper);
            ink[i] = distance > grain ? (float)distance / strongest : 0;
        }
        return ink;
    }

    private static byte[] Border(GrayImage image)
    {
        ReadOnlySpan<byte> pixels = image.Pixels;
        var border = new List<byte>(2 * (image.Width + image.Height));
        border.AddRange(pixels[..image.Width]);
        border.AddRange(pixels[^image.Width..]);
        for (int y = 0; y < image.Height; y++)
        {
            border.Add(pixels[y * image.Width]);
            border.Add(pixels[(y + 1) * image.Width - 1]);
        }
        return [.. border];
    }

    /// <summary>The smallest rectangle that holds all ink.</summary>
    private static (int Left, int Top, int Width, int Height) Bounds(GrayImage image, float[] ink)
    {
        int left = image.Width, right = -1, top = image.Height, bottom = -1;
        for (int i = 0; i < ink.Length; i++)
        {
            if (ink[i] == 0)
                continue;
            (int y, int x) = Math.DivRem(i, image.Width);
            left = Math.Min(left, x);
            right = Math.Max(right, x);
            top = Math.Min(top, y);
            bottom = Math.Max(bottom, y);
        }
        return (left, top, right - left + 1, bottom - top + 1);
    }

    /// <summary>
    /// One line at another size, through a triangle as wide as a pixel of the coarser one: exact where the size stays, linear interpolation
    /// where it grows, an average where it shrinks.
    /// </summary>
    private static void Resample(ReadOnlySpan<float> source, int sourceStep, Span<float> target, int targetStep, int from, int to)
    {
        float ratio = (float)from / to, reach = Math.Max(1, ratio);
        for (int i = 0; i < to; i++)
        {
            float centre = (i + 0.5f) * ratio;
            int first = Math.Max(0, (int)MathF.Floor(centre - reach)), last = Math.Min(from - 1, (int)MathF.Ceiling(centre + reach));
            float sum = 0, weights = 0;
            for (int j = first; j <= last; j++)
            {
                float weight = Math.Max(0, 1 - Math.Abs(j + 0.5f - centre) / reach);
                sum += weight * source[j * sourceStep];
                weights += weight;
            }
            target[i * targetStep] = sum / weights;
        }
    }

    private static byte[] Centre(float[] small, int columns, int rows)
    {
        float mass = 0, acrossMass = 0, downMass = 0, strongest = 0;
        for (int i = 0; i < small.Length; i++)
        {
            (int y, int x) = Math.DivRem(i, columns);
            mass += small[i];
            acrossMass += small[i] * x;
            downMass += small[i] * y;
            strongest = Math.Max(strongest, small[i]);
        }
        int left = Start(acrossMass / mass, columns), top = Start(downMass / mass, rows);
        var framed = new byte[Side * Side];
        for (int i = 0; i < small.Length; i++)
        {
            (int y, int x) = Math.DivRem(i, columns);
            // A thin line fades as it shrinks; its strongest pixel is white again.
            framed[(top + y) * Side + left + x] = (byte)(255 * small[i] / strongest + 0.5f);
        }
        return framed;
    }

    /// <summary>
    /// Where a line of this length begins, so that its centre of mass lies nearest to the middle of pixel 14, as in every image of MNIST, and
    /// none of it outside.
    /// </summary>
    private static int Start(float centreOfMass, int length) => Math.Clamp((int)MathF.Ceiling(Side / 2 - centreOfMass - 0.5f), 0, Side - length);
}
