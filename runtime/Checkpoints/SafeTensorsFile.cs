using System.Buffers.Binary;
using System.Collections.Immutable;

namespace NetGen;

/// <summary>
/// A safetensors file opened for reading, its header checked in full: 8 bytes with the header's length (little-endian), the header (JSON),
/// then the tensors' bytes without gaps (https://huggingface.co/docs/safetensors).
/// </summary>
public sealed class SafeTensorsFile : IDisposable
{
    private const int ChunkBytes = 1 << 16;

    private readonly FileStream stream;
    private readonly SafeTensorsHeader header;
    private readonly long dataStart;
    private readonly byte[] chunk = new byte[ChunkBytes];

    private SafeTensorsFile(string path, FileStream stream, SafeTensorsHeader header, long dataStart)
    {
        FilePath = path;
        this.stream = stream;
        this.header = header;
        this.dataStart = dataStart;
    }

    /// <summary>The file, as it was given.</summary>
    public string FilePath { get; }

    /// <summary>The tensors, in the order of their bytes.</summary>
    public ImmutableArray<TensorEntry> Tensors => header.Tensors;

    /// <summary>Free text by key; PyTorch writes <c>format: pt</c>.</summary>
    public ImmutableDictionary<string, string> Metadata => header.Metadata;

    /// <summary>Opens a file and checks its header against its length.</summary>
    /// <exception cref="WeightsException">It is no safetensors file, or a damaged one.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static SafeTensorsFile Open(string path)
    {
        if (Directory.Exists(path))
            throw new IOException($"'{path}' is a folder; the name of a file is expected.");
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        try
        {
            Span<byte> prefix = stackalloc byte[8];
            if (stream.Length < prefix.Length)
            {
                throw new WeightsException(path,
                    $"a safetensors file begins with the 8 bytes of its header's length; this one has {stream.Length} bytes");
            }
            stream.ReadExactly(prefix);
            ulong length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
            if (length > SafeTensorsHeader.MaxLength)
            {
                throw new WeightsException(path,
                    $"its first 8 bytes tell of a header of {length} bytes; {SafeTensorsHeader.MaxLength} are allowed: not a safetensors file");
            }
            long rest = stream.Length - prefix.Length;
            if ((long)length > rest)
            {
                throw new WeightsException(path,
                    $"its first 8 bytes tell of a header of {length} bytes, but {rest} follow: not a safetensors file, or cut short");
            }
            var text = new byte[length];
            stream.ReadExactly(text);
            return new(path, stream, SafeTensorsHeader.Parse(path, text, rest - text.Length), prefix.Length + text.Length);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>The tensor of that name; null where there is none.</summary>
    public TensorEntry? Find(string name) => Tensors.FirstOrDefault(tensor => tensor.Name == name);

    /// <summary>The values of a tensor in row-major order, converted to float where they are of another type.</summary>
    /// <exception cref="WeightsException">The tensor holds more values than an array can, or the file was cut short after it was opened.</exception>
    /// <exception cref="NotSupportedException">Its type does not convert (<see cref="TensorType.ConvertsToFloat"/>).</exception>
    public float[] Read(TensorEntry tensor)
    {
        if (tensor.Count > Array.MaxLength)
        {
            throw WeightsException.OfTensor(FilePath, tensor.Name,
                $"holds {tensor.Count} values; an array holds {Array.MaxLength} at most");
        }
        var values = new float[tensor.Count];
        stream.Position = dataStart + tensor.Begin;
        try
        {
            int perChunk = ChunkBytes / tensor.Type.Size;
            for (int start = 0; start < values.Length; start += perChunk)
            {
                Span<float> part = values.AsSpan(start, Math.Min(perChunk, values.Length - start));
                Span<byte> bytes = chunk.AsSpan(0, part.Length * tensor.Type.Size);
                stream.ReadExactly(bytes);
                tensor.Type.Decode(bytes, part);
            }
        }
        catch (EndOfStreamException exception)
        {
            throw new WeightsException(FilePath, $"was cut short while tensor '{tensor.Name}' was read", exception);
        }
        return values;
    }

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();
}
