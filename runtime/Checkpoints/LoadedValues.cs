using System.Runtime.InteropServices;
using NetGen.Engine;

namespace NetGen;

/// <summary>What is read for a network, all of it checked.</summary>
internal sealed class LoadedValues
{
    private const int ChunkBytes = 1 << 16;

    private const int PartFloats = 1 << 18;

    private readonly NetworkDefinition definition;
    private readonly float[]?[] parameters;
    private readonly long?[] counters;

    /// <summary>Nothing yet, for a network.</summary>
    public LoadedValues(NetworkDefinition definition)
    {
        this.definition = definition;
        parameters = new float[definition.Parameters.Length][];
        counters = new long?[definition.Counters.Length];
    }

    /// <summary>
    /// Reads the data after a header to its end, in the order in which it arrives; what the network does not take is passed over. All of it is held
    /// until it is assigned: as much memory again as the network's parameters.
    /// </summary>
    /// <exception cref="WeightsException">It ends early, or holds numbers that no network can have.</exception>
    public void Read(string path, Stream stream, SafeTensorsHeader header, WeightsMatch match) => Read(path, stream, header, match, (tensor, parameter) =>
    {
        float[] values = TensorBytes.Read(path, tensor, stream.ReadExactly);
        CheckFinite(path, tensor.Name, values, 0);
        parameters[parameter] = values;
    });

    /// <summary>The same, but parameters go to their places part by part as they come, and are not held; where it fails, some have gone.</summary>
    /// <inheritdoc cref="Read(string, Stream, SafeTensorsHeader, WeightsMatch)"/>
    public unsafe void ReadInto(Span<float> flat, string path, Stream stream, SafeTensorsHeader header, WeightsMatch match)
    {
        var part = new float[0];
        fixed (float* pinned = flat)
        {
            float* start = pinned;
            Read(path, stream, header, match, (tensor, parameter) =>
            {
                ParameterDefinition place = definition.Parameters[parameter];
                foreach (LayoutPart next in StridedLayout.Parts(place.Layout, PartFloats))
                {
                    if (part.Length < next.Count)
                        part = new float[next.Count];
                    Span<float> values = part.AsSpan(0, next.Count);
                    TensorBytes.ReadNext(path, tensor, stream.ReadExactly, values);
                    CheckFinite(path, tensor.Name, values, next.First);
                    StridedLayout.Scatter(next.Layout, values, ref start[place.Offset + next.Kernel]);
                }
            });
        }
    }

    /// <summary>Puts what is held where the network has it. This cannot fail half-way.</summary>
    public void Assign(Span<float> flat, Span<long> counts)
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
    public static void CheckFinite(string path, string tensor, ReadOnlySpan<float> values, int first)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]))
            {
                throw WeightsException.OfTensor(path, tensor,
                    FormattableString.Invariant($"holds {values[i]} at index {first + i}; weights must be finite"));
            }
        }
    }

    private void Read(string path, Stream stream, SafeTensorsHeader header, WeightsMatch match, Action<TensorEntry, int> take)
    {
        Dictionary<string, int> parameterOf = Indices(match.Parameters), counterOf = Indices(match.Counters);
        foreach (TensorEntry tensor in header.Tensors)
        {
            if (parameterOf.TryGetValue(tensor.Name, out int parameter))
            {
                take(tensor, parameter);
            }
            else if (counterOf.TryGetValue(tensor.Name, out int counter))
            {
                counters[counter] = TensorBytes.ReadWhole(path, tensor, stream.ReadExactly) is { } count and >= 0
                    ? count
                    : throw WeightsException.OfTensor(path, tensor.Name, "counts batches, and holds no whole number from 0 to 2^63 - 1");
            }
            else
            {
                Skip(path, stream, tensor);
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
