using System.IO.Compression;

namespace NetGen;

/// <summary>The compressed data of a PNG as pixels, grey or in colour.</summary>
internal static class PngPixels
{
    /// <summary>Deflate makes nothing smaller than by this factor (RFC 1951: 258 bytes from two bits).</summary>
    private const long LargestCompression = 1032;

    /// <summary>For larger images the data is unpacked to its end once before memory is taken for what comes out of it.</summary>
    private const int UncheckedPixels = 1 << 20;

    /// <summary>Unpacks all lines.</summary>
    /// <param name="name">The file, for messages.</param>
    /// <param name="header">Its header.</param>
    /// <param name="colours">What its samples look like.</param>
    /// <param name="packed">The data of its IDAT chunks, one after the other.</param>
    /// <param name="channels">1 for grey, 3 for red, green and blue.</param>
    /// <exception cref="DataFormatException">The data is damaged, or does not make the header's pixels.</exception>
    public static byte[] Unpack(string name, PngHeader header, PngColours colours, byte[] packed, int channels)
    {
        if (header.DataBytes > packed.Length * LargestCompression)
            throw CutShort(name, header);
        // Inflating begins with these two bytes (RFC 1950). .NET has no word of its own for a dictionary, which PNG does not have.
        const int PresetDictionary = 0x20;
        if (packed.Length > 1 && (packed[1] & PresetDictionary) != 0)
            throw new DataFormatException(name, "its compressed data asks for a dictionary, which PNG does not have");
        try
        {
            if ((long)header.Width * header.Height > UncheckedPixels)
                CheckLength(name, header, packed);
            return Read(name, header, colours, packed, channels);
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            // Some faults of the data are IOExceptions, though nothing is read from a disk.
            throw new DataFormatException(name, $"its compressed data is damaged: {Shown.Message(exception.Message)}", exception);
        }
    }

    private static void CheckLength(string name, PngHeader header, byte[] packed)
    {
        using ZLibStream data = Open(packed);
        var chunk = new byte[1 << 16];
        long rest = header.DataBytes;
        while (rest >= 0 && data.Read(chunk) is > 0 and int read)
            rest -= read;
        if (rest > 0)
            throw CutShort(name, header);
        if (rest < 0)
            throw TooLong(name, header);
    }

    private static byte[] Read(string name, PngHeader header, PngColours colours, byte[] packed, int channels)
    {
        var pixels = new byte[channels * header.Width * header.Height];
        int longest = header.Passes.Max(header.LineBytes);
        byte[] line = new byte[longest], above = new byte[longest];
        using ZLibStream data = Open(packed);
        foreach (PngPass pass in header.Passes)
        {
            int length = header.LineBytes(pass), columns = pass.Columns(header.Width), rows = pass.Rows(header.Height);
            above.AsSpan().Clear();
            for (int row = 0; row < rows; row++)
            {
                if (data.ReadAtLeast(line.AsSpan(0, length), length, throwOnEndOfStream: false) < length)
                    throw CutShort(name, header);
                PngFilter.Undo(name, line[0], line.AsSpan(1..length), above.AsSpan(1..length), Math.Max(1, header.BitsPerPixel / 8));
                int y = pass.Top + (row * pass.Down);
                for (int column = 0; column < columns; column++)
                {
                    int pixel = (y * header.Width) + pass.Left + (column * pass.Across);
                    colours.Read(line.AsSpan(1), column, pixels.AsSpan(channels * pixel, channels));
                }
                (line, above) = (above, line);
            }
        }
        return data.ReadByte() < 0 ? pixels : throw TooLong(name, header);
    }

    private static ZLibStream Open(byte[] packed) => new(new MemoryStream(packed, writable: false), CompressionMode.Decompress);

    private static DataFormatException CutShort(string name, PngHeader header) =>
        new(name, $"its data is cut short: it ends before its {header.Width}×{header.Height} pixels do");

    private static DataFormatException TooLong(string name, PngHeader header) =>
        new(name, $"its data is longer than its {header.Width}×{header.Height} pixels need");
}
