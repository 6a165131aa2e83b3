using System.Buffers.Binary;
using System.Collections.Immutable;
using System.IO.Compression;

namespace NetGen;

/// <summary>
/// The contents of an IDX file of unsigned bytes, the format of MNIST: two zero bytes, the type of the numbers, the number of dimensions, an
/// extent of 32 bits (most significant byte first) per dimension, then the numbers in row-major order (LeCun, Cortes and Burges, "The MNIST
/// database of handwritten digits").
/// </summary>
/// <param name="Extents">The dimensions, outermost first, for example 60000, 28, 28.</param>
/// <param name="Values">The numbers in row-major order, as many as the extents' product.</param>
public sealed record IdxFile(ImmutableArray<int> Extents, byte[] Values)
{
    private const byte UnsignedByte = 0x08;

    /// <summary>More than this comes out of a small file only where it was made to fill the memory: MNIST is compressed by less than 5.</summary>
    private const long UsualCompression = 32, UsualBytes = 1 << 25;

    /// <summary>Types that the format knows and this reader does not take.</summary>
    private static readonly ImmutableDictionary<byte, string> OtherTypes = ImmutableDictionary.CreateRange<byte, string>(
        [new(0x09, "signed bytes"), new(0x0B, "16-bit integers"), new(0x0C, "32-bit integers"), new(0x0D, "32-bit floats"), new(0x0E, "64-bit floats")]);

    /// <summary>
    /// Reads a file, plain or compressed by gzip, which its first bytes tell. Of a compressed one no more is read than 32 times its size and 32 MiB.
    /// </summary>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="DataFormatException">It is damaged, of another format or of another type of numbers, or more comes out of it than that.</exception>
    /// <exception cref="IOException">It cannot be read: there is none, or it is a folder, a device or a pipe.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static IdxFile Read(string path)
    {
        using FileStream file = InputFile.Open(path);
        if (!GzipFile.IsCompressed(file))
            return Read(path, file, file.Length, long.MaxValue);
        try
        {
            uint length = GzipFile.UnpackedLength(path, file);
            using var unpacked = new GZipStream(file, CompressionMode.Decompress);
            IdxFile idx = Read(path, unpacked, file.Length * GzipFile.LargestCompression, (file.Length * UsualCompression) + UsualBytes);
            long found = 4 + 4 * idx.Extents.Length + idx.Values.LongLength;
            return length == (uint)found
                ? idx
                : throw new DataFormatException(path,
                    $"{found} bytes come out of the gzip data, which ends with the number {length}: it is cut short, or other bytes follow it");
        }
        catch (InvalidDataException exception)
        {
            throw GzipFile.Damaged(path, exception);
        }
    }

    private static IdxFile Read(string path, Stream stream, long possibleBytes, long mostBytes)
    {
        ImmutableArray<int> extents = ReadExtents(path, stream, out int headerLength);
        long count = 1;
        foreach (int extent in extents)
        {
            count *= extent;
            if (count > Array.MaxLength)
            {
                throw new DataFormatException(path,
                    $"its dimensions {Describe(extents)} make more values than the {Array.MaxLength} that can be read");
            }
        }
        if (count > possibleBytes - headerLength)
            throw CutShort(path, extents, count, null);
        if (count > mostBytes)
        {
            throw new DataFormatException(path,
                $"its dimensions {Describe(extents)} make {count} values, more than {UsualCompression} times its compressed size and 32 MiB: it is not unpacked");
        }

        var values = new byte[count];
        int read = stream.ReadAtLeast(values, values.Length, throwOnEndOfStream: false);
        if (read < values.Length)
            throw CutShort(path, extents, count, read);
        // Reading on to the end also makes gzip check its sum.
        return stream.ReadByte() < 0
            ? new(extents, values)
            : throw new DataFormatException(path, $"its dimensions {Describe(extents)} make {count} values, but more bytes follow them");
    }

    private static ImmutableArray<int> ReadExtents(string path, Stream stream, out int length)
    {
        Span<byte> magic = stackalloc byte[4];
        int read = stream.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false);
        if (read < magic.Length)
            throw new DataFormatException(path, $"an IDX file begins with 4 bytes that tell its type; this one has {read} bytes");
        if (magic is not [0, 0, _, _])
        {
            throw new DataFormatException(path,
                $"an IDX file begins with two zero bytes, this one with {magic[0]:X2} {magic[1]:X2}: a file of another format");
        }
        if (magic[2] != UnsignedByte)
        {
            string found = OtherTypes.GetValueOrDefault(magic[2], "a type that IDX does not know");
            throw new DataFormatException(path, $"unsigned bytes (type 08) are expected, {found} (type {magic[2]:X2}) are found");
        }
        if (magic[3] == 0)
            throw new DataFormatException(path, "it has no dimensions; 1 or more are expected");

        ImmutableArray<int>.Builder extents = ImmutableArray.CreateBuilder<int>(magic[3]);
        Span<byte> bytes = stackalloc byte[4];
        for (int dimension = 0; dimension < magic[3]; dimension++)
        {
            if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
                throw new DataFormatException(path, $"it ends in the middle of its {magic[3]} dimensions");
            uint extent = BinaryPrimitives.ReadUInt32BigEndian(bytes);
            if (extent > int.MaxValue)
                throw new DataFormatException(path, $"its dimension {dimension} is {extent}; at most {int.MaxValue} can be read");
            extents.Add((int)extent);
        }
        length = 4 + 4 * magic[3];
        return extents.MoveToImmutable();
    }

    private static DataFormatException CutShort(string path, ImmutableArray<int> extents, long expected, long? found) =>
        new(path,
            $"its dimensions {Describe(extents)} make {expected} values, but {(found is null ? "the file is too small for them" : $"only {found} follow")}: it is cut short");

    internal static string Describe(ImmutableArray<int> extents) => string.Join("×", extents);
}
