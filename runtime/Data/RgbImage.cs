namespace NetGen;

/// <summary>An image in colour: red, green and blue of 256 levels each. Immutable.</summary>
public sealed class RgbImage
{
    private readonly byte[] pixels;

    /// <summary>An image of these pixels, which are copied.</summary>
    /// <param name="width">Pixels in a row, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="pixels">Red, green and blue of each pixel, row by row from the top.</param>
    /// <exception cref="ArgumentException">The number of bytes is not three times width times height.</exception>
    public RgbImage(int width, int height, ReadOnlySpan<byte> pixels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if (pixels.Length != 3L * width * height)
        {
            throw new ArgumentException(
                $"An image of {width}×{height} in colour has {3L * width * height} bytes, {pixels.Length} are given.", nameof(pixels));
        }
        this.pixels = pixels.ToArray();
        Width = width;
        Height = height;
    }

    private RgbImage(DecodedImage image) => (Width, Height, pixels) = (image.Width, image.Height, image.Pixels);

    /// <summary>Pixels in a row.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Red, green and blue of each pixel, row by row from the top.</summary>
    public ReadOnlySpan<byte> Pixels => pixels;

    /// <summary>
    /// Reads a PNG, PGM or PPM file, which its first bytes tell. 16 bits are rounded to 8, and where a PNG is transparent white paper shows. The
    /// same sizes are refused as <see cref="GrayImage.Read"/> refuses, and files of which a byte makes more than 32 of a large image.
    /// </summary>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="DataFormatException">The file is damaged, of another format, or larger than that.</exception>
    /// <exception cref="IOException">It cannot be read: there is none, or it is a folder, a device or a pipe.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static RgbImage Read(string path) => new(DecodedImage.Read(path, channels: 3));

    /// <summary>
    /// The middle of the image as networks of photographs take it, as torchvision's Resize with antialias and CenterCrop make it: scaled linearly until the
    /// shorter side has so many pixels, and of that the middle. torchvision rounds to 256 levels on the way, so its values differ by up to 1/255.
    /// </summary>
    /// <param name="height">Rows of the middle, at least 1.</param>
    /// <param name="width">Pixels of its rows, at least 1.</param>
    /// <param name="shorterSide">The shorter side that the image is scaled to, no less than height and width.</param>
    /// <returns>[3, height, width]: red, green and blue, 0 to 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is below its least.</exception>
    public float[] Middle(int height, int width, int shorterSide)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(shorterSide, Math.Max(height, width));
        var values = new float[checked(3 * height * width)];
        new ImageScaler(width, height).Scale(pixels, (Width, Height), 3, ImageRegion.Middle((Width, Height), (width, height), shorterSide), values);
        return values;
    }

    /// <summary>The bytes of a PNG file of it, of 8 bits.</summary>
    public byte[] ToPng() => PngEncoder.Encode(Width, Height, channels: 3, pixels);

    /// <summary>Writes a PNG file of 8 bits. An existing file stays whole until the new one is.</summary>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="IOException">The file cannot be written: the disk is full, or the path is a folder, a device or a pipe.</exception>
    /// <exception cref="UnauthorizedAccessException">The file, or its folder, may not be written.</exception>
    public void WritePng(string path) => AtomicFile.Write(path, stream => stream.Write(ToPng()));

    /// <summary>Reads a file's bytes as <see cref="Read"/> does.</summary>
    /// <param name="name">The file's name, for messages.</param>
    /// <param name="bytes">Its bytes.</param>
    /// <exception cref="DataFormatException">They are damaged, or of another format.</exception>
    public static RgbImage Decode(string name, ReadOnlySpan<byte> bytes) => new(DecodedImage.Decode(name, bytes, channels: 3));
}
