using System.Text;

namespace NetGen;

/// <summary>An image in 256 levels of grey, 0 black and 255 white. Immutable.</summary>
public sealed class GrayImage
{
    /// <summary>Larger images are refused before memory is taken for them: a small file can claim to be of any size.</summary>
    internal const long MaxPixels = 1 << 26;

    /// <summary>The longest side that is read.</summary>
    internal const long MaxSide = 1 << 16;

    /// <summary>The largest file: a plain PPM of the most pixels has about as many bytes.</summary>
    internal const long MaxFileBytes = 1 << 30;

    private readonly byte[] pixels;

    /// <summary>An image of these pixels, which are copied.</summary>
    /// <param name="width">Pixels in a row, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="pixels">The levels, row by row from the top.</param>
    /// <exception cref="ArgumentException">The number of pixels is not width times height.</exception>
    public GrayImage(int width, int height, ReadOnlySpan<byte> pixels)
        : this(pixels.ToArray(), width, height)
    {
    }

    internal GrayImage(byte[] pixels, int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if (pixels.Length != (long)width * height)
        {
            throw new ArgumentException(
                $"An image of {width}×{height} has {(long)width * height} pixels, {pixels.Length} are given.", nameof(pixels));
        }
        this.pixels = pixels;
        Width = width;
        Height = height;
    }

    /// <summary>Pixels in a row.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>The levels, row by row from the top.</summary>
    public ReadOnlySpan<byte> Pixels => pixels;

    /// <summary>
    /// Reads a PNG, PGM or PPM file, which its first bytes tell. Colours become the luma of ITU-R BT.601, 16 bits are rounded to 8, and where
    /// a PNG is transparent white paper shows. Sides of more than 65,536 pixels, images of more than 67,108,864 and files of more than 1 GiB are
    /// refused.
    /// </summary>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="DataFormatException">The file is damaged, of another format, or larger than that.</exception>
    /// <exception cref="IOException">It cannot be read: there is none, or it is a folder, a device or a pipe.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static GrayImage Read(string path) => Of(DecodedImage.Read(path, channels: 1));

    /// <summary>Reads a file's bytes as <see cref="Read"/> does.</summary>
    /// <param name="name">The file's name, for messages.</param>
    /// <param name="bytes">Its bytes.</param>
    /// <exception cref="DataFormatException">They are damaged, or of another format.</exception>
    public static GrayImage Decode(string name, ReadOnlySpan<byte> bytes) => Of(DecodedImage.Decode(name, bytes, channels: 1));

    /// <summary>Writes a binary PGM file (P5). An existing file stays whole until the new one is.</summary>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="IOException">The file cannot be written: the disk is full, or the path is a folder, a device or a pipe.</exception>
    /// <exception cref="UnauthorizedAccessException">The file, or its folder, may not be written.</exception>
    public void WritePgm(string path) => AtomicFile.Write(path, stream =>
    {
        stream.Write(Encoding.ASCII.GetBytes(FormattableString.Invariant($"P5\n{Width} {Height}\n255\n")));
        stream.Write(pixels);
    });

    /// <summary>The bytes of a PNG file of it, of 8 bits.</summary>
    public byte[] ToPng() => PngEncoder.Encode(Width, Height, channels: 1, pixels);

    /// <summary>Writes a PNG file of 8 bits. An existing file stays whole until the new one is.</summary>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="IOException">The file cannot be written: the disk is full, or the path is a folder, a device or a pipe.</exception>
    /// <exception cref="UnauthorizedAccessException">The file, or its folder, may not be written.</exception>
    public void WritePng(string path) => AtomicFile.Write(path, stream => stream.Write(ToPng()));

    /// <summary>The luma of ITU-R BT.601, rounded: 0.299 red, 0.587 green, 0.114 blue, whose weights add up to 1000.</summary>
    internal static int Luma(int red, int green, int blue) => (299 * red + 587 * green + 114 * blue + 500) / 1000;

    internal static void CheckSize(string name, long width, long height)
    {
        if (width < 1 || height < 1)
            throw new DataFormatException(name, $"it is {width}×{height} pixels; at least 1×1 is expected");
        if (width > MaxSide || height > MaxSide)
            throw new DataFormatException(name, $"it is {width}×{height} pixels; at most {MaxSide} on a side are read");
        if (width * height > MaxPixels)
            throw new DataFormatException(name, $"it is {width}×{height} pixels; at most {MaxPixels} are read");
    }

    private static GrayImage Of(DecodedImage image) => new(image.Pixels, image.Width, image.Height);
}
