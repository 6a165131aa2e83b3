using System.Buffers.Binary;
using System.Collections.Immutable;

namespace NetGen;

/// <summary>Writes safetensors files, which PyTorch and most other tools read. <see cref="SafeTensorsFile"/> reads them.</summary>
public static class SafeTensors
{
    private const int ChunkBytes = 1 << 16;

    private static readonly ImmutableDictionary<string, string> PyTorchFormat = ImmutableDictionary<string, string>.Empty.Add("format", "pt");

    /// <summary>
    /// Writes tensors to a file: whole, or, where anything fails, not at all, so that an older file of that name stays as it was.
    /// </summary>
    /// <param name="path">The file; an existing one is replaced at the end.</param>
    /// <param name="tensors">The tensors. Types of more bytes come first in the file, so that every tensor is aligned; else the order stays.</param>
    /// <param name="metadata">Free text by key; null writes <c>format: pt</c>, as PyTorch does.</param>
    /// <exception cref="ArgumentNullException"><paramref name="path"/>, <paramref name="tensors"/> or one of them is null.</exception>
    /// <exception cref="ArgumentException">Two tensors have one name, or a tensor's values do not go with its shape.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, IReadOnlyList<SavedTensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(tensors);
        for (var i = 0; i < tensors.Count; i++)
            ArgumentNullException.ThrowIfNull(tensors[i], $"{nameof(tensors)}[{i}]");
        SavedTensor[] ordered = [.. tensors.OrderByDescending(tensor => tensor.Type.Size)];
        byte[] header = new SafeTensorsHeader(Entries(ordered), metadata?.ToImmutableDictionary() ?? PyTorchFormat).ToBytes();
        if (header.Length > SafeTensorsHeader.MaxLength)
        {
            throw new ArgumentException(
                $"The header would have {header.Length} bytes; {SafeTensorsHeader.MaxLength} are allowed.", nameof(tensors));
        }
        AtomicFile.Write(path, stream =>
        {
            Span<byte> prefix = stackalloc byte[8];
            BinaryPrimitives.WriteInt64LittleEndian(prefix, header.Length);
            stream.Write(prefix);
            stream.Write(header);
            var chunk = new byte[ChunkBytes];
            foreach (SavedTensor tensor in ordered)
                Write(stream, tensor, chunk);
        });
    }

    private static ImmutableArray<TensorEntry> Entries(SavedTensor[] tensors)
    {
        var names = new HashSet<string>();
        ImmutableArray<TensorEntry>.Builder entries = ImmutableArray.CreateBuilder<TensorEntry>(tensors.Length);
        long begin = 0;
        foreach (SavedTensor tensor in tensors)
        {
            if (!names.Add(tensor.Name) || tensor.Name == "__metadata__")
                throw new ArgumentException($"The name '{tensor.Name}' is taken; every tensor needs one of its own.", nameof(tensors));
            if (tensor.Values.Length != tensor.Shape.Size)
            {
                throw new ArgumentException(
                    $"Tensor '{tensor.Name}' of shape {tensor.Shape} needs {tensor.Shape.Size} values, {tensor.Values.Length} are given.", nameof(tensors));
            }
            if (!tensor.Type.ConvertsToFloat)
            {
                throw new ArgumentException(
                    $"Tensor '{tensor.Name}' cannot be written as {tensor.Type}: floats do not convert to it.", nameof(tensors));
            }
            long end = begin + (long)tensor.Values.Length * tensor.Type.Size;
            entries.Add(new(tensor.Name, tensor.Type, [.. tensor.Shape.Extents.Select(extent => (long)extent)], begin, end));
            begin = end;
        }
        return entries.MoveToImmutable();
    }

    private static void Write(Stream stream, SavedTensor tensor, byte[] chunk)
    {
        ReadOnlySpan<float> values = tensor.Values.Span;
        int perChunk = ChunkBytes / tensor.Type.Size;
        for (int start = 0; start < values.Length; start += perChunk)
        {
            ReadOnlySpan<float> part = values.Slice(start, Math.Min(perChunk, values.Length - start));
            Span<byte> bytes = chunk.AsSpan(0, part.Length * tensor.Type.Size);
            tensor.Type.Encode(part, bytes);
            stream.Write(bytes);
        }
    }
}
