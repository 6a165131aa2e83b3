namespace NetGen;

/// <summary>Images of one size side by side and under one another, on grey.</summary>
/// <param name="rows">Images under one another.</param>
/// <param name="columns">Images side by side.</param>
/// <param name="width">Pixels of a row of each.</param>
/// <param name="height">Rows of each.</param>
/// <param name="gap">Pixels between them.</param>
internal sealed class ImageSheet(int rows, int columns, int width, int height, int gap)
{
    private const byte Ground = 128;

    private readonly int wide = (columns * (width + gap)) - gap, high = (rows * (height + gap)) - gap;
    private readonly byte[] pixels = Grey(3 * ((columns * (width + gap)) - gap) * ((rows * (height + gap)) - gap));

    /// <summary>All of them.</summary>
    public RgbImage Image => new(wide, high, pixels);

    /// <summary>Puts an image in its place.</summary>
    public void Put(int row, int column, RgbImage image)
    {
        for (int y = 0; y < height; y++)
        {
            int start = ((row * (height + gap)) + y) * wide + (column * (width + gap));
            image.Pixels.Slice(3 * y * width, 3 * width).CopyTo(pixels.AsSpan(3 * start));
        }
    }

    private static byte[] Grey(int count)
    {
        var pixels = new byte[count];
        Array.Fill(pixels, Ground);
        return pixels;
    }
}
