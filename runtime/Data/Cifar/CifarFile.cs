using System.IO.Compression;

namespace NetGen;

/// <summary>
/// The contents of a file of CIFAR's binary version: records of one or two bytes of labels, then 1,024 red, 1,024 green and 1,024 blue levels, row by
/// row (Krizhevsky, "Learning Multiple Layers of Features from Tiny Images", 2009).
/// </summary>
/// <param name="Bytes">The records, one after the other.</param>
/// <param name="LabelBytes">Bytes of labels before each image; the last is the class.</param>
internal sealed record CifarFile(byte[] Bytes, int LabelBytes)
{
    /// <summary>Pixels on a side, colours, and levels of an image.</summary>
    public const int Side = 32, Channels = 3, ImageBytes = Channels * Side * Side;

    /// <summary>More than this comes out of a small file only where it was made to fill the memory: photographs are hardly compressed at all.</summary>
    private const long UsualCompression = 8, UsualBytes = 1 << 22;

    /// <summary>Images.</summary>
    public int Count => Bytes.Length / RecordBytes;

    private int RecordBytes => LabelBytes + ImageBytes;

    /// <summary>Reads a file, plain or compressed by gzip, which its first bytes tell.</summary>
    /// <param name="path">The file.</param>
    /// <param name="labelBytes">Bytes of labels before each image.</param>
    /// <param name="classes">Labels lie below it.</param>
    /// <exception cref="DataFormatException">It is damaged, no whole number of records, or a label is no class.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static CifarFile Read(string path, int labelBytes, int classes)
    {
        var file = new CifarFile(ReadBytes(path, labelBytes + ImageBytes), labelBytes);
        for (int i = 0; i < file.Count; i++)
        {
            if (file.Label(i) >= classes)
                throw new DataFormatException(path, $"the label of image {i} is {file.Label(i)}; 0..{classes - 1} are expected");
        }
        return file;
    }

    /// <summary>The class of an image.</summary>
    public int Label(int index) => Bytes[(index * RecordBytes) + LabelBytes - 1];

    /// <summary>The levels of one colour of an image, row by row.</summary>
    public ReadOnlySpan<byte> Plane(int index, int channel) => Bytes.AsSpan((index * RecordBytes) + LabelBytes + (channel * Side * Side), Side * Side);

    private static byte[] ReadBytes(string path, int recordBytes)
    {
        using FileStream file = InputFile.Open(path);
        if (!GzipFile.IsCompressed(file))
            return ReadBytes(path, file, file.Length, recordBytes);
        try
        {
            uint length = GzipFile.UnpackedLength(path, file);
            if (length > (file.Length * UsualCompression) + UsualBytes)
            {
                throw new DataFormatException(path,
                    $"the gzip data ends with the number {length} for what comes out of it, more than {UsualCompression} times its size and 4 MiB: it is not unpacked");
            }
            using var unpacked = new GZipStream(file, CompressionMode.Decompress);
            return ReadBytes(path, unpacked, length, recordBytes);
        }
        catch (InvalidDataException exception)
        {
            throw GzipFile.Damaged(path, exception);
        }
    }

    private static byte[] ReadBytes(string path, Stream stream, long length, int recordBytes)
    {
        if (length == 0 || length % recordBytes != 0 || length > Array.MaxLength)
        {
            throw new DataFormatException(path,
                $"records of {recordBytes} bytes are expected, at least one of them and no more than {Array.MaxLength / recordBytes}; {length} bytes are found");
        }
        var bytes = new byte[length];
        int read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (read < bytes.Length)
            throw new DataFormatException(path, $"it is cut short: {length} bytes are expected, {read} come out of it");
        // Reading on to the end also makes gzip check its sum.
        return stream.ReadByte() < 0 ? bytes : throw new DataFormatException(path, $"{length} bytes are expected, and more follow them");
    }
}
