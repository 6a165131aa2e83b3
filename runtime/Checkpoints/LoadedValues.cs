using System.Runtime.InteropServices;
using NetGen.Engine;

namespace NetGen;

/// <summary>What was read for a network, all of it checked, and nothing of it assigned yet.</summary>
internal sealed class LoadedValues
{
    private const int ChunkBytes = 1 << 16;

    private readonly float[]?[] parameters;
    private readonly long?[] counters;

    private LoadedValues(int parameters, int counters)
    {
        this.parameters = new float[parameters][];
        this.counters = new long?[counters];
    }

    /// <summary>Reads the data after a header to its end, in the order in which it arrives; what the network does not take is passed over.</summary>
    /// <exception cref="WeightsException">It ends early, or holds numbers that no network can have.</exception>
    public static LoadedValues Read(string path, Stream stream, SafeTensorsHeader header, WeightsMatch match)
    {
        var read = new LoadedValues(match.Parameters.Length, match.Counters.Length);
        Dictionary<string, int> parameterOf = Indices(match.Parameters), counterOf = Indices(match.Counters);
        foreach (TensorEntry tensor in header.Tensors)
        {
            if (parameterOf.TryGetValue(tensor.Name, out int parameter))
            {
                float[] values = TensorBytes.Read(path, tensor, stream.ReadExactly);
                CheckFinite(path, tensor.Name, values);
                read.parameters[parameter] = values;
            }
            else if (counterOf.TryGetValue(tensor.Name, out int counter))
            {
                read.counters[counter] = TensorBytes.ReadWhole(path, tensor, stream.ReadExactly) is { } count and >= 0
                    ? count
                    : throw WeightsException.OfTensor(path, tensor.Name, "counts batches, and holds no whole number from 0 to 2^63 - 1");
            }
            else
            {
                Skip(path, stream, tensor);
            }
        }
        return read;
    }

    /// <summary>Puts the values where the network has them. This cannot fail half-way.</summary>
    public void Assign(NetworkDefinition definition, Span<float> flat, Span<long> counts)
    {
        for (var i = 0; i < parameters.Length; i++)
        {
            ParameterDefinition parameter = definition.Parameters[i];
            if (parameters[i] is { } values)
                StridedLayout.Scatter(parameter.Layout, values, ref MemoryMarshal.GetReference(flat[parameter.Offset..]));
        }
        for (var i = 0; i < counters.Length; i++)
            counts[i] = counters[i] ?? counts[i];
    }

    /// <exception cref="WeightsException">A value is NaN or infinite.</exception>
    public static void CheckFinite(string path, string tensor, ReadOnlySpan<float> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]))
            {
                throw WeightsException.OfTensor(path, tensor,
                    FormattableString.Invariant($"holds {values[i]} at index {i}; weights must be finite"));
            }
        }
    }

    private static Dictionary<string, int> Indices(IReadOnlyList<TensorEntry?> entries)
    {
        var indices = new Dictionary<string, int>();
        for (var i = 0; i < entries.Count; i++)
        {
            if (entries[i] is { } entry)
                indices.Add(entry.Name, i);
        }
        return indices;
    }

    private static void Skip(string path, Stream stream, TensorEntry tensor)
    {
        long rest = tensor.End - tensor.Begin;
        if (stream.CanSeek)
        {
            stream.Seek(rest, SeekOrigin.Current);
            return;
        }
        var chunk = new byte[Math.Min(rest, ChunkBytes)];
        while (rest > 0)
        {
            int read = stream.Read(chunk, 0, (int)Math.Min(rest, chunk.Length));
            if (read == 0)
                throw TensorBytes.CutShort(path, tensor);
            rest -= read;
        }
    }
}
