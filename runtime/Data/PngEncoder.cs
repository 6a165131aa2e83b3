using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace NetGen;

/// <summary>Writes PNG images of 8 bits, grey or in colour, without interlacing (PNG specification, third edition: https://www.w3.org/TR/png-3/).</summary>
internal static class PngEncoder
{
    /// <summary>A file's bytes.</summary>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="channels">1 for grey, 3 for red, green and blue.</param>
    /// <param name="pixels">Row by row from the top.</param>
    public static byte[] Encode(int width, int height, int channels, ReadOnlySpan<byte> pixels)
    {
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], height);
        header[8..].Clear();
        header[8] = 8;
        header[9] = (byte)(channels == 1 ? PngColourType.Grayscale : PngColourType.Truecolour);
        using var file = new MemoryStream();
        file.Write(PngDecoder.Signature);
        WriteChunk(file, "IHDR", header);
        WriteChunk(file, "IDAT", Pack(pixels, width * channels, channels));
        WriteChunk(file, "IEND", []);
        return file.ToArray();
    }

    /// <summary>Each line as its differences from the line above where that makes it smaller, or from the pixel to the left: filters 2 and 1.</summary>
    private static byte[] Pack(ReadOnlySpan<byte> pixels, int lineBytes, int channels)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.SmallestSize))
        {
            byte[] above = new byte[lineBytes], left = new byte[1 + lineBytes], up = new byte[1 + lineBytes];
            (left[0], up[0]) = (1, 2);
            for (int start = 0; start < pixels.Length; start += lineBytes)
            {
                ReadOnlySpan<byte> line = pixels.Slice(start, lineBytes);
                int sumLeft = 0, sumUp = 0;
                for (int i = 0; i < line.Length; i++)
                {
                    left[i + 1] = (byte)(line[i] - (i < channels ? 0 : line[i - channels]));
                    up[i + 1] = (byte)(line[i] - above[i]);
                    sumLeft += Math.Abs((int)(sbyte)left[i + 1]);
                    sumUp += Math.Abs((int)(sbyte)up[i + 1]);
                }
                zlib.Write(sumLeft < sumUp ? left : up);
                line.CopyTo(above);
            }
        }
        return packed.ToArray();
    }

    private static void WriteChunk(MemoryStream file, string type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        byte[] summed = [.. Encoding.ASCII.GetBytes(type), .. data];
        file.Write(summed);
        BinaryPrimitives.WriteUInt32BigEndian(number, PngCrc.Of(summed));
        file.Write(number);
    }
}
