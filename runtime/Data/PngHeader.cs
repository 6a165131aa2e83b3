using System.Buffers.Binary;

namespace NetGen;

/// <summary>The IHDR chunk of a PNG image (PNG specification, third edition, 11.2.1).</summary>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="BitDepth">Bits of a sample: 1, 2, 4, 8 or 16.</param>
/// <param name="ColourType">What the samples of a pixel are.</param>
/// <param name="IsInterlaced">Adam7 interlacing.</param>
internal sealed record PngHeader(int Width, int Height, int BitDepth, PngColourType ColourType, bool IsInterlaced)
{
    /// <summary>Samples of a pixel.</summary>
    public int Channels => ColourType switch
    {
        PngColourType.Truecolour => 3,
        PngColourType.GrayscaleAlpha => 2,
        PngColourType.TruecolourAlpha => 4,
        _ => 1,
    };

    /// <summary>Bits of a pixel.</summary>
    public int BitsPerPixel => Channels * BitDepth;

    /// <summary>The reduced images that the pixels are sent as, those without a pixel left out.</summary>
    public IEnumerable<PngPass> Passes => (IsInterlaced ? PngPass.Adam7 : PngPass.Whole).Where(pass => pass.Columns(Width) > 0 && pass.Rows(Height) > 0);

    /// <summary>Bytes of a pass's line, its filter included.</summary>
    public int LineBytes(PngPass pass) => 1 + (int)((((long)pass.Columns(Width) * BitsPerPixel) + 7) / 8);

    /// <summary>Bytes of all lines.</summary>
    public long DataBytes => Passes.Sum(pass => (long)pass.Rows(Height) * LineBytes(pass));

    /// <summary>Reads and checks the chunk's data.</summary>
    public static PngHeader Parse(string name, ReadOnlySpan<byte> data)
    {
        if (data.Length != 13)
            throw new DataFormatException(name, $"its IHDR chunk has {data.Length} bytes; 13 are expected");
        uint width = BinaryPrimitives.ReadUInt32BigEndian(data), height = BinaryPrimitives.ReadUInt32BigEndian(data[4..]);
        GrayImage.CheckSize(name, width, height);
        byte depth = data[8], colour = data[9];
        bool isAllowed = (PngColourType)colour switch
        {
            PngColourType.Grayscale => depth is 1 or 2 or 4 or 8 or 16,
            PngColourType.Indexed => depth is 1 or 2 or 4 or 8,
            PngColourType.Truecolour or PngColourType.GrayscaleAlpha or PngColourType.TruecolourAlpha => depth is 8 or 16,
            _ => false,
        };
        if (!isAllowed)
            throw new DataFormatException(name, $"its header tells colour type {colour} with {depth} bits, which PNG does not have");
        if (data[10] != 0 || data[11] != 0 || data[12] > 1)
        {
            throw new DataFormatException(name,
                $"its header tells compression {data[10]}, filter {data[11]} and interlace {data[12]}; 0, 0 and 0 or 1 are expected");
        }
        return new((int)width, (int)height, depth, (PngColourType)colour, data[12] == 1);
    }
}

/// <summary>What the samples of a PNG's pixel are.</summary>
internal enum PngColourType : byte
{
    Grayscale = 0,
    Truecolour = 2,
    Indexed = 3,
    GrayscaleAlpha = 4,
    TruecolourAlpha = 6,
}
