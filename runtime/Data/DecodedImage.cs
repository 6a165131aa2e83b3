namespace NetGen;

/// <summary>What comes out of an image file.</summary>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Pixels">Row by row from the top, each pixel one byte of grey, or red, green and blue, as was asked for.</param>
internal readonly record struct DecodedImage(int Width, int Height, byte[] Pixels)
{
    /// <summary>Reads a PNG, PGM or PPM file, which its first bytes tell.</summary>
    public static DecodedImage Read(string path, int channels)
    {
        using FileStream file = InputFile.Open(path);
        Span<byte> start = stackalloc byte[ImageSignature.Bytes];
        start = start[..file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        // A file of another format may be of any size, and is not read.
        ImageSignature.CheckRead(path, start);
        long length = file.Length;
        if (length > GrayImage.MaxFileBytes)
            throw new DataFormatException(path, $"it has {length} bytes; at most {GrayImage.MaxFileBytes} are read");
        var bytes = new byte[Math.Max(length, start.Length)];
        start.CopyTo(bytes);
        int read = start.Length + file.ReadAtLeast(bytes.AsSpan(start.Length), bytes.Length - start.Length, throwOnEndOfStream: false);
        return Decode(path, bytes.AsSpan(0, read), channels);
    }

    /// <summary>Reads a file's bytes.</summary>
    public static DecodedImage Decode(string name, ReadOnlySpan<byte> bytes, int channels)
    {
        ArgumentNullException.ThrowIfNull(name);
        ImageSignature.CheckRead(name, bytes);
        return ImageSignature.IsPng(bytes) ? PngDecoder.Decode(name, bytes, channels) : NetpbmDecoder.Decode(name, bytes, channels);
    }

    /// <summary>
    /// Refuses colours that a small file would blow up to more memory than a picture of its size takes; in grey the most pixels take 64 MiB.
    /// </summary>
    public static void CheckMemory(string name, int width, int height, int channels, int fileBytes)
    {
        const long Always = GrayImage.MaxPixels;
        const int MostForAByte = 32;
        if ((long)channels * width * height > Math.Max(Always, MostForAByte * (long)fileBytes))
            throw new DataFormatException(name, $"it makes {width}×{height} pixels in colour of {fileBytes} bytes, more than {MostForAByte} for each; a picture does not");
    }
}
