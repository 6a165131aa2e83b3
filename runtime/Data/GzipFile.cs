using System.Buffers.Binary;

namespace NetGen;

/// <summary>What a file compressed by gzip (RFC 1952) tells before it is unpacked.</summary>
internal static class GzipFile
{
    /// <summary>Deflate makes nothing smaller than by this factor (RFC 1951: 258 bytes from two bits).</summary>
    public const long LargestCompression = 1032;

    /// <summary>Whether its first bytes are gzip's. It stands at its beginning afterwards.</summary>
    public static bool IsCompressed(FileStream file)
    {
        Span<byte> start = stackalloc byte[2];
        bool isCompressed = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == 2 && start is [0x1F, 0x8B];
        file.Position = 0;
        return isCompressed;
    }

    /// <summary>
    /// The length that the last four bytes tell, modulo 2³². The decompressor checks its sum where it is there, but takes a file that ends before it.
    /// </summary>
    /// <exception cref="DataFormatException">The file has fewer bytes.</exception>
    public static uint UnpackedLength(string path, FileStream file)
    {
        Span<byte> bytes = stackalloc byte[4];
        if (file.Length < bytes.Length)
            throw new DataFormatException(path, $"the gzip data is cut short: {file.Length} bytes");
        file.Position = file.Length - bytes.Length;
        file.ReadExactly(bytes);
        file.Position = 0;
        return BinaryPrimitives.ReadUInt32LittleEndian(bytes);
    }

    /// <summary>Data that the decompressor refuses.</summary>
    public static DataFormatException Damaged(string path, InvalidDataException exception) =>
        new(path, $"the gzip data is damaged: {Shown.Message(exception.Message)}", exception);
}
