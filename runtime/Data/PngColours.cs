using System.Buffers.Binary;

namespace NetGen;

/// <summary>What the samples of a PNG's pixels look like in colour or in grey, on white paper where they are transparent.</summary>
internal sealed class PngColours
{
    private const int White = 255;

    private readonly string name;
    private readonly PngHeader header;

    /// <summary>Red, green and blue of the palette's colours.</summary>
    private readonly byte[] palette = [];

    /// <summary>The samples of the one colour that is transparent; null where there is none.</summary>
    private readonly int[]? transparent;

    /// <summary>Checks and keeps what the chunks PLTE and tRNS say; both may be empty.</summary>
    public PngColours(string name, PngHeader header, ReadOnlySpan<byte> colours, ReadOnlySpan<byte> transparency)
    {
        this.name = name;
        this.header = header;
        if (header.ColourType == PngColourType.Indexed)
            palette = OnPaper(name, header, colours, transparency);
        else if (transparency.Length > 0)
            transparent = TransparentColour(name, header, transparency);
    }

    /// <summary>A pixel in as many channels as there is room for: one of grey, or red, green and blue.</summary>
    /// <param name="line">The line's bytes.</param>
    /// <param name="column">The pixel's number in it.</param>
    /// <param name="pixel">One byte or three.</param>
    public void Read(ReadOnlySpan<byte> line, int column, Span<byte> pixel)
    {
        int first = column * header.Channels;
        int a = Sample(line, first);
        switch (header.ColourType)
        {
            case PngColourType.Indexed:
                if (3 * a >= palette.Length)
                    throw new DataFormatException(name, $"a pixel has colour {a}, its palette has {palette.Length / 3}");
                Put(palette[3 * a], palette[3 * a + 1], palette[3 * a + 2], pixel);
                break;
            case PngColourType.Grayscale:
                pixel.Fill(transparent is [int gray] && gray == a ? (byte)White : (byte)ToByte(a));
                break;
            case PngColourType.GrayscaleAlpha:
                pixel.Fill(OnPaper(ToByte(a), ToByte(Sample(line, first + 1))));
                break;
            default:
                int b = Sample(line, first + 1), c = Sample(line, first + 2);
                int alpha = header.ColourType == PngColourType.TruecolourAlpha ? ToByte(Sample(line, first + 3))
                    : transparent is [int red, int green, int blue] && (red, green, blue) == (a, b, c) ? 0
                    : White;
                if (pixel.Length == 1)
                    pixel[0] = OnPaper(GrayImage.Luma(ToByte(a), ToByte(b), ToByte(c)), alpha);
                else
                    Put(OnPaper(ToByte(a), alpha), OnPaper(ToByte(b), alpha), OnPaper(ToByte(c), alpha), pixel);
                break;
        }
    }

    private static void Put(byte red, byte green, byte blue, Span<byte> pixel)
    {
        if (pixel.Length == 1)
            pixel[0] = (byte)GrayImage.Luma(red, green, blue);
        else
            (pixel[0], pixel[1], pixel[2]) = (red, green, blue);
    }

    private static byte[] OnPaper(string name, PngHeader header, ReadOnlySpan<byte> colours, ReadOnlySpan<byte> transparency)
    {
        int count = colours.Length / 3;
        if (count == 0 || count > 1 << header.BitDepth)
            throw new DataFormatException(name, $"its palette has {count} colours; 1 to {1 << header.BitDepth} are expected");
        if (transparency.Length > count)
            throw new DataFormatException(name, $"its tRNS chunk has {transparency.Length} bytes for a palette of {count} colours");
        var shown = new byte[3 * count];
        for (int i = 0; i < shown.Length; i++)
            shown[i] = OnPaper(colours[i], i / 3 < transparency.Length ? transparency[i / 3] : White);
        return shown;
    }

    private static int[] TransparentColour(string name, PngHeader header, ReadOnlySpan<byte> transparency)
    {
        int expected = header.ColourType switch
        {
            PngColourType.Grayscale => 2,
            PngColourType.Truecolour => 6,
            _ => throw new DataFormatException(name, "it has a tRNS chunk beside an alpha channel"),
        };
        if (transparency.Length != expected)
            throw new DataFormatException(name, $"its tRNS chunk has {transparency.Length} bytes; {expected} are expected");
        var samples = new int[expected / 2];
        for (int i = 0; i < samples.Length; i++)
            samples[i] = BinaryPrimitives.ReadUInt16BigEndian(transparency[(2 * i)..]) & ((1 << header.BitDepth) - 1);
        return samples;
    }

    private int Sample(ReadOnlySpan<byte> line, int index)
    {
        if (header.BitDepth == 16)
            return BinaryPrimitives.ReadUInt16BigEndian(line[(2 * index)..]);
        int bit = index * header.BitDepth;
        return (line[bit / 8] >> (8 - header.BitDepth - bit % 8)) & ((1 << header.BitDepth) - 1);
    }

    /// <summary>A sample of the header's depth to 8 bits, rounded.</summary>
    private int ToByte(int sample)
    {
        int largest = (1 << header.BitDepth) - 1;
        return (sample * 255 + largest / 2) / largest;
    }

    private static byte OnPaper(int level, int alpha) => (byte)((level * alpha + White * (White - alpha) + White / 2) / White);
}
