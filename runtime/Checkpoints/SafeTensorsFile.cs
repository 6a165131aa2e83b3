using System.Collections.Frozen;
using System.Collections.Immutable;

namespace NetGen;

/// <summary>
/// A safetensors file opened for reading, its header checked in full: 8 bytes with the header's length (little-endian), the header (JSON),
/// then the tensors' bytes without gaps (https://huggingface.co/docs/safetensors). Any number of threads may read from it at a time.
/// </summary>
/// <remarks>
/// Headers of more than 100,000,000 bytes, the format's bound, are refused, and so are tensors of more than 64 dimensions, names of more than
/// 1,024 characters and more than 65,536 entries of metadata, which no tool writes.
/// </remarks>
public sealed class SafeTensorsFile : IDisposable
{
    private readonly FileStream stream;
    private readonly SafeTensorsHeader header;
    private readonly FrozenDictionary<string, TensorEntry> byName;

    private SafeTensorsFile(string path, FileStream stream, SafeTensorsHeader header)
    {
        FilePath = path;
        this.stream = stream;
        this.header = header;
        byName = header.Tensors.ToFrozenDictionary(tensor => tensor.Name);
    }

    /// <summary>The file, as it was given.</summary>
    public string FilePath { get; }

    /// <summary>The tensors, in the order of their bytes.</summary>
    public ImmutableArray<TensorEntry> Tensors => header.Tensors;

    /// <summary>Free text by key; PyTorch writes <c>format: pt</c>.</summary>
    public ImmutableDictionary<string, string> Metadata => header.Metadata;

    /// <summary>Opens a file and checks its header against its length.</summary>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="WeightsException">It is no safetensors file, or a damaged one.</exception>
    /// <exception cref="IOException">It cannot be read: there is none, or it is a folder, a device or a pipe.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static SafeTensorsFile Open(string path)
    {
        FileStream stream = InputFile.Open(path);
        try
        {
            long length = stream.Length;
            return new(path, stream, SafeTensorsHeader.Read(path, stream, length, available: length));
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>The tensor of that name; null where there is none.</summary>
    public TensorEntry? Find(string name) => byName.GetValueOrDefault(name);

    /// <summary>The values of a tensor in row-major order, converted to float where they are of another type. Any thread, any number at a time.</summary>
    /// <exception cref="ArgumentException">The tensor is not of this file.</exception>
    /// <exception cref="WeightsException">The tensor holds more values than an array can, or the file was cut short after it was opened.</exception>
    /// <exception cref="NotSupportedException">Its type does not convert (<see cref="TensorType.ConvertsToFloat"/>).</exception>
    /// <exception cref="ObjectDisposedException">The file is closed.</exception>
    public float[] Read(TensorEntry tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        if (Find(tensor.Name) != tensor)
            throw new ArgumentException($"Tensor '{Shown.Text(tensor.Name)}' is not one of {Shown.Text(Path.GetFileName(FilePath))}.", nameof(tensor));
        ObjectDisposedException.ThrowIf(stream.SafeFileHandle.IsClosed, this);
        long position = header.DataStart + tensor.Begin;
        return TensorBytes.Read(FilePath, tensor, bytes =>
        {
            // Reads at an offset of its own, and moves no position that threads would share.
            while (!bytes.IsEmpty)
            {
                int read = RandomAccess.Read(stream.SafeFileHandle, bytes, position);
                if (read == 0)
                    throw new EndOfStreamException();
                position += read;
                bytes = bytes[read..];
            }
        });
    }

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();
}
