namespace NetGen;

/// <summary>The cyclic redundancy check of PNG chunks: CRC-32 of ISO 3309 (PNG specification, annex D).</summary>
internal static class PngCrc
{
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(i => Entry((uint)i))];

    /// <summary>The sum of these bytes.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint sum = uint.MaxValue;
        foreach (byte value in bytes)
            sum = Table[(byte)(sum ^ value)] ^ (sum >> 8);
        return ~sum;
    }

    private static uint Entry(uint value)
    {
        for (int bit = 0; bit < 8; bit++)
            value = (value & 1) != 0 ? 0xEDB88320 ^ (value >> 1) : value >> 1;
        return value;
    }
}
