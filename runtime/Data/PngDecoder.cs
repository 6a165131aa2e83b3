using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace NetGen;

/// <summary>
/// Reads PNG images of every colour type, bit depth and interlacing (PNG specification, third edition: https://www.w3.org/TR/png-3/).
/// Colour profiles and gamma are passed over.
/// </summary>
internal static class PngDecoder
{
    /// <summary>Bytes of a chunk's length and type, which its data follow.</summary>
    private const int ChunkHead = 8;

    private static readonly SearchValues<byte> AsciiLetters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    /// <summary>What a file begins with.</summary>
    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Reads a file.</summary>
    /// <param name="name">Its name, for messages.</param>
    /// <param name="bytes">Its bytes.</param>
    /// <param name="channels">1 for grey, 3 for red, green and blue.</param>
    public static DecodedImage Decode(string name, ReadOnlySpan<byte> bytes, int channels)
    {
        if (!bytes.StartsWith(Signature))
        {
            throw new DataFormatException(name,
                "its first 8 bytes are not those of a PNG file; it was changed on its way as if it were text, perhaps");
        }

        PngHeader? header = null;
        byte[] palette = [], transparency = [];
        var parts = new List<Range>();
        bool isDataOver = false;
        int position = Signature.Length;
        while (true)
        {
            Chunk chunk = ReadChunk(name, bytes, ref position);
            if (header is null && chunk.Type != "IHDR")
                throw new DataFormatException(name, $"its first chunk is {chunk.Type}; IHDR is expected");
            isDataOver |= parts.Count > 0 && chunk.Type != "IDAT";
            switch (chunk.Type)
            {
                case "IHDR" when header is null:
                    header = PngHeader.Parse(name, chunk.Data);
                    break;
                case "PLTE" when parts.Count == 0 && palette.Length == 0:
                    if (chunk.Data.Length is 0 or > 768 || chunk.Data.Length % 3 != 0)
                    {
                        throw new DataFormatException(name,
                            $"its PLTE chunk has {chunk.Data.Length} bytes; 3 for each of 1 to 256 colours are expected");
                    }
                    palette = chunk.Data.ToArray();
                    break;
                case "tRNS" when parts.Count == 0:
                    transparency = chunk.Data.ToArray();
                    break;
                case "IDAT" when !isDataOver:
                    parts.Add((chunk.Start + ChunkHead)..(chunk.Start + ChunkHead + chunk.Data.Length));
                    break;
                case "IEND":
                    var colours = new PngColours(name, header!, palette, transparency);
                    DecodedImage.CheckMemory(name, header!.Width, header.Height, channels, bytes.Length);
                    return new(header.Width, header.Height, PngPixels.Unpack(name, header, colours, Join(bytes, parts), channels));
                default:
                    // An upper-case first letter marks chunks without which the image cannot be understood.
                    if (char.IsAsciiLetterUpper(chunk.Type[0]))
                    {
                        throw new DataFormatException(name,
                            $"its chunk {chunk.Type} at byte {chunk.Start} is unknown, or not where it belongs");
                    }
                    break;
            }
        }
    }

    private static byte[] Join(ReadOnlySpan<byte> bytes, List<Range> parts)
    {
        var joined = new byte[parts.Sum(part => part.End.Value - part.Start.Value)];
        int end = 0;
        foreach (Range part in parts)
        {
            bytes[part].CopyTo(joined.AsSpan(end));
            end += part.End.Value - part.Start.Value;
        }
        return joined;
    }

    private static Chunk ReadChunk(string name, ReadOnlySpan<byte> bytes, ref int position)
    {
        int start = position;
        ReadOnlySpan<byte> rest = bytes[start..];
        if (rest.Length < 12)
            throw new DataFormatException(name, $"it is cut short: a chunk is expected at byte {start}, {rest.Length} bytes follow");
        uint length = BinaryPrimitives.ReadUInt32BigEndian(rest);
        if (rest[4..8].ContainsAnyExcept(AsciiLetters))
            throw new DataFormatException(name, $"the chunk at byte {start} has a type that is not four letters");
        string type = Encoding.ASCII.GetString(rest[4..8]);
        if (length > rest.Length - 12)
        {
            throw new DataFormatException(name,
                $"it is cut short: its chunk {type} at byte {start} has {length} bytes, {rest.Length - 12} follow");
        }
        ReadOnlySpan<byte> data = rest.Slice(8, (int)length);
        uint expected = BinaryPrimitives.ReadUInt32BigEndian(rest[(8 + data.Length)..]), found = PngCrc.Of(rest.Slice(4, 4 + data.Length));
        if (expected != found)
        {
            throw new DataFormatException(name,
                $"its chunk {type} at byte {start} is damaged: the sum {expected:X8} is expected, {found:X8} is found");
        }
        position = start + 12 + data.Length;
        return new(type, start, data);
    }

    private readonly ref struct Chunk(string type, int start, ReadOnlySpan<byte> data)
    {
        public string Type { get; } = type;

        public int Start { get; } = start;

        public ReadOnlySpan<byte> Data { get; } = data;
    }
}
