using System.IO.Compression;
using System.Text;

namespace NetGen.Tests.Data;

/// <summary>PNG files put together chunk by chunk, by the specification.</summary>
internal static class PngBytes
{
    private static readonly byte[] Signature = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    public static byte[] File(params byte[][] chunks) => [.. Signature, .. chunks.SelectMany(chunk => chunk)];

    public static byte[] Chunk(string type, byte[] data)
    {
        byte[] summed = [.. Encoding.ASCII.GetBytes(type), .. data];
        return [.. BigEndian((uint)data.Length), .. summed, .. BigEndian(Crc(summed))];
    }

    public static byte[] Header(int width, int height, int depth, int colour, bool isInterlaced = false) =>
        Chunk("IHDR", [.. BigEndian((uint)width), .. BigEndian((uint)height), (byte)depth, (byte)colour, 0, 0, (byte)(isInterlaced ? 1 : 0)]);

    public static byte[] End => Chunk("IEND", []);

    public static byte[] Zlib(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal))
            zlib.Write(bytes);
        return packed.ToArray();
    }

    /// <summary>The filtered lines of an image, filters 0 to 4 in turn.</summary>
    /// <param name="samples">[row][column * channels + channel].</param>
    /// <param name="depth">Bits of a sample.</param>
    /// <param name="channels">Samples of a pixel.</param>
    public static byte[] Lines(int[][] samples, int depth, int channels)
    {
        var bytes = new List<byte>();
        byte[] above = [];
        int step = Math.Max(1, depth * channels / 8);
        for (int row = 0; row < samples.Length; row++)
        {
            byte[] line = Pack(samples[row], depth);
            byte[] before = above.Length == 0 ? new byte[line.Length] : above;
            int filter = row % 5;
            bytes.Add((byte)filter);
            for (int i = 0; i < line.Length; i++)
            {
                int a = i < step ? 0 : line[i - step], b = before[i], c = i < step ? 0 : before[i - step];
                int predicted = filter switch { 0 => 0, 1 => a, 2 => b, 3 => (a + b) / 2, _ => new[] { a, b, c }.MinBy(value => Math.Abs(a + b - c - value)) };
                bytes.Add((byte)(line[i] - predicted));
            }
            above = line;
        }
        return [.. bytes];
    }

    /// <summary>The lines of the seven reduced images, by the pattern of 8×8 in the specification.</summary>
    public static byte[] InterlacedLines(int[][] samples, int depth, int channels)
    {
        string[] pattern = ["16462646", "77777777", "56565656", "77777777", "36463646", "77777777", "56565656", "77777777"];
        var bytes = new List<byte>();
        for (char pass = '1'; pass <= '7'; pass++)
        {
            int[][] reduced = [.. samples
                .Select((row, y) => row.Where((_, i) => pattern[y % 8][i / channels % 8] == pass).ToArray())
                .Where(row => row.Length > 0)];
            bytes.AddRange(Lines(reduced, depth, channels));
        }
        return [.. bytes];
    }

    private static byte[] Pack(int[] samples, int depth)
    {
        string bits = string.Concat(samples.Select(sample => Convert.ToString(sample, 2).PadLeft(depth, '0')));
        bits = bits.PadRight((bits.Length + 7) / 8 * 8, '0');
        return [.. Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(8 * i, 8), 2))];
    }

    private static byte[] BigEndian(uint value) => [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];

    private static uint Crc(byte[] bytes)
    {
        uint crc = 0xFFFFFFFF;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
        }
        return ~crc;
    }
}
