using System.Buffers.Binary;
using System.Collections.Immutable;

namespace NetGen;

/// <summary>Writes safetensors files, which PyTorch and most other tools read. <see cref="SafeTensorsFile"/> reads them.</summary>
public static class SafeTensors
{
    private const int ChunkBytes = 1 << 16;

    private static readonly ImmutableDictionary<string, string> PyTorchFormat = ImmutableDictionary<string, string>.Empty.Add("format", "pt");

    /// <summary>
    /// Writes tensors to a file: whole, or, where anything fails, not at all, so that an older file of that name stays as it was. What could not be
    /// read back is refused before anything is written.
    /// </summary>
    /// <param name="path">The file; an existing one is replaced at the end, and its permissions are kept. Of a link, the file it leads to is replaced.</param>
    /// <param name="tensors">The tensors. Types of more bytes come first in the file, so that every tensor is aligned; else the order stays.</param>
    /// <param name="metadata">Free text by key; null writes <c>format: pt</c>, as PyTorch does.</param>
    /// <exception cref="ArgumentNullException"><paramref name="path"/>, <paramref name="tensors"/> or one of them is null.</exception>
    /// <exception cref="ArgumentException">
    /// The path is empty; two tensors have one name; a name is <c>__metadata__</c>, longer than 1,024 characters or no valid text; a shape has more
    /// than 64 dimensions, or other than as many values as it says; a value does not go into its type; the metadata has keys or text of that kind,
    /// or more than 65,536 entries; or all that makes more than 100,000,000 bytes.
    /// </exception>
    /// <exception cref="IOException">
    /// The path is a folder, a device, a pipe or a socket, its folder does not exist, or the disk is full or fails.
    /// </exception>
    /// <exception cref="UnauthorizedAccessException">The file, or its folder, may not be written.</exception>
    public static void Write(string path, IReadOnlyList<SavedTensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        (byte[] header, SavedTensor[] ordered) = Prepare(tensors, metadata);
        AtomicFile.Write(path, stream => Write(stream, header, ordered));
    }

    /// <summary>Writes tensors to a stream, from where it stands, in the form of a file. The stream is left open, and need not be able to seek.</summary>
    /// <param name="stream">The stream; where it throws, part may have been written.</param>
    /// <param name="tensors">The tensors.</param>
    /// <param name="metadata">Free text by key; null writes <c>format: pt</c>, as PyTorch does.</param>
    /// <exception cref="ArgumentNullException"><paramref name="stream"/>, <paramref name="tensors"/> or one of them is null.</exception>
    /// <exception cref="ArgumentException">
    /// The stream cannot be written to, or the tensors could not be read back, as for a file. Nothing has been written.
    /// </exception>
    public static void Write(Stream stream, IReadOnlyList<SavedTensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanWrite)
            throw new ArgumentException("The stream cannot be written to.", nameof(stream));
        (byte[] header, SavedTensor[] ordered) = Prepare(tensors, metadata);
        Write(stream, header, ordered);
        stream.Flush();
    }

    private static (byte[] Header, SavedTensor[] Tensors) Prepare(IReadOnlyList<SavedTensor> tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        SavedTensor[] given = [.. tensors];
        for (var i = 0; i < given.Length; i++)
            ArgumentNullException.ThrowIfNull(given[i], $"{nameof(tensors)}[{i}]");
        SavedTensor[] ordered = [.. given.OrderByDescending(tensor => tensor.Type.Size)];
        byte[] header = new SafeTensorsHeader(
            SafeTensorsChecks.Entries(ordered), metadata is null ? PyTorchFormat : SafeTensorsChecks.Metadata(metadata)).ToBytes();
        return header.Length <= SafeTensorsHeader.MaxLength
            ? (header, ordered)
            : throw new ArgumentException(
                $"The header would have {header.Length} bytes; {SafeTensorsHeader.MaxLength} are allowed.", nameof(tensors));
    }

    private static void Write(Stream stream, byte[] header, SavedTensor[] tensors)
    {
        Span<byte> prefix = stackalloc byte[SafeTensorsHeader.PrefixLength];
        BinaryPrimitives.WriteInt64LittleEndian(prefix, header.Length);
        stream.Write(prefix);
        stream.Write(header);
        var chunk = new byte[ChunkBytes];
        foreach (SavedTensor tensor in tensors)
            Write(stream, tensor, chunk);
    }

    private static void Write(Stream stream, SavedTensor tensor, byte[] chunk)
    {
        if (tensor.Exact is { } number)
        {
            BinaryPrimitives.WriteInt64LittleEndian(chunk, number);
            stream.Write(chunk, 0, sizeof(long));
            return;
        }
        int perChunk = ChunkBytes / tensor.Type.Size;
        foreach (ReadOnlyMemory<float> part in tensor.Parts())
        {
            for (int start = 0; start < part.Length; start += perChunk)
            {
                ReadOnlySpan<float> values = part.Span.Slice(start, Math.Min(perChunk, part.Length - start));
                Span<byte> bytes = chunk.AsSpan(0, values.Length * tensor.Type.Size);
                tensor.Type.Encode(values, bytes);
                stream.Write(bytes);
            }
        }
    }
}
