using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace NetGen;

/// <summary>The bytes of a tensor as numbers.</summary>
internal static class TensorBytes
{
    private const int ChunkBytes = 1 << 16;

    /// <summary>A tensor's values as floats.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="tensor">The tensor.</param>
    /// <param name="next">Fills a span with the tensor's next bytes, or throws <see cref="EndOfStreamException"/>.</param>
    /// <exception cref="WeightsException">There are more values than an array holds, or the bytes end early.</exception>
    /// <exception cref="NotSupportedException">The type does not convert.</exception>
    public static float[] Read(string path, TensorEntry tensor, Action<Span<byte>> next)
    {
        if (tensor.Count > Array.MaxLength)
            throw WeightsException.OfTensor(path, tensor.Name, $"holds {tensor.Count} values; an array holds {Array.MaxLength} at most");
        if (!tensor.Type.ConvertsToFloat)
            throw new NotSupportedException($"Numbers of type {tensor.Type} cannot be read as floats.");
        var values = new float[tensor.Count];
        ReadNext(path, tensor, next, values);
        return values;
    }

    /// <summary>The next of a tensor's values, of a type that converts to floats.</summary>
    /// <inheritdoc cref="Read"/>
    public static void ReadNext(string path, TensorEntry tensor, Action<Span<byte>> next, Span<float> values)
    {
        try
        {
            if (tensor.Type == TensorType.F32 && BitConverter.IsLittleEndian)
            {
                // A span holds 2³¹ bytes, an array of floats four times that.
                for (int start = 0; start < values.Length; start += ChunkFloats)
                    next(MemoryMarshal.AsBytes(values.Slice(start, Math.Min(ChunkFloats, values.Length - start))));
                return;
            }
            int perChunk = ChunkBytes / tensor.Type.Size;
            var chunk = new byte[Math.Min(ChunkBytes, (long)values.Length * tensor.Type.Size)];
            for (int start = 0; start < values.Length; start += perChunk)
            {
                Span<float> part = values.Slice(start, Math.Min(perChunk, values.Length - start));
                Span<byte> bytes = chunk.AsSpan(0, part.Length * tensor.Type.Size);
                next(bytes);
                tensor.Type.Decode(bytes, part);
            }
        }
        catch (EndOfStreamException exception)
        {
            throw CutShort(path, tensor, exception);
        }
    }

    /// <summary>A tensor of one whole number, exactly; null where it is not one.</summary>
    /// <inheritdoc cref="Read"/>
    public static long? ReadWhole(string path, TensorEntry tensor, Action<Span<byte>> next)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        bytes = bytes[..tensor.Type.Size];
        try
        {
            next(bytes);
        }
        catch (EndOfStreamException exception)
        {
            throw CutShort(path, tensor, exception);
        }
        if (tensor.Type == TensorType.I64)
            return BinaryPrimitives.ReadInt64LittleEndian(bytes);
        Span<float> value = stackalloc float[1];
        tensor.Type.Decode(bytes, value);
        return float.IsInteger(value[0]) && Math.Abs(value[0]) < long.MaxValue ? (long)value[0] : null;
    }

    private const int ChunkFloats = 1 << 28;

    public static WeightsException CutShort(string path, TensorEntry tensor, Exception? cause = null) =>
        new(path, $"was cut short while tensor '{Shown.Text(tensor.Name)}' was read", cause);
}
