namespace NetGen;

/// <summary>
/// Digits drawn by code, in the form of <see cref="Mnist"/>: [1, 28, 28], class 0 to 9, white ink on black, framed as
/// <see cref="Mnist.Prepare"/> frames an image. For a first run without a network connection; a network that learns them well is not yet a
/// reader of real handwriting.
/// </summary>
public static class DrawnDigits
{
    private const int Classes = 10, ImageSize = DigitArtist.Side * DigitArtist.Side;

    /// <summary>
    /// Draws a training and a test set. The same seed gives the same images on every machine, whatever its number of cores, and a smaller set
    /// is the beginning of a larger one. Every ten images in a row hold each digit once.
    /// </summary>
    /// <param name="seed">Decides every image.</param>
    /// <param name="train">Images to train on.</param>
    /// <param name="test">Images to test on.</param>
    /// <param name="normalize">True: pixels as <see cref="Mnist"/> normalises them; false: 0 for black to 1 for white.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number of images is negative, or too large for one array.</exception>
    public static DataSplit Create(Seed seed = default, int train = 12_000, int test = 2_000, bool normalize = true) =>
        new(Draw(seed.Derive(1), train, normalize), Draw(seed.Derive(2), test, normalize));

    private static DataSet Draw(Seed seed, int count, bool normalize)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Array.MaxLength / ImageSize);
        GrayLevels levels = normalize ? new(Mnist.Mean, Mnist.Std) : new(0, 1);
        var inputs = new float[count * ImageSize];
        var labels = new int[count];
        Parallel.For(0, (count + Classes - 1) / Classes, round => DrawRound(seed.Derive((ulong)round), round * Classes, levels, inputs, labels));
        var data = new DataSet(new Shape(1, DigitArtist.Side, DigitArtist.Side), inputs, labels, Classes);
        return normalize ? data.WithLevels(PixelLevels.Of([Mnist.Mean], [Mnist.Std])) : data;
    }

    /// <summary>Ten images, each digit once, in an order of their own.</summary>
    private static void DrawRound(Seed seed, int first, GrayLevels levels, float[] inputs, int[] labels)
    {
        Span<int> digits = stackalloc int[Classes];
        Span<byte> pixels = stackalloc byte[ImageSize];
        var random = new RandomStream(seed);
        random.Permutation(digits);
        for (int i = first; i < Math.Min(first + Classes, labels.Length); i++)
        {
            labels[i] = digits[i - first];
            DigitArtist.Draw(labels[i], ref random, pixels);
            byte[] framed = DigitFrame.Fit(new GrayImage(DigitArtist.Side, DigitArtist.Side, pixels));
            levels.Convert(framed, inputs.AsSpan(i * ImageSize, ImageSize));
        }
    }
}
