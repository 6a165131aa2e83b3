using System.Collections.Immutable;
using NetGen.Engine;

namespace NetGen;

/// <summary>A network's parameters and counters as a safetensors file in PyTorch's names, shapes and types.</summary>
internal static class Checkpoint
{
    /// <summary>What messages call a stream that has no name of its own.</summary>
    private const string StreamName = "stream";

    /// <summary>Writes a file; an existing one stays whole until the new one is.</summary>
    /// <param name="path">The file.</param>
    /// <param name="definition">What to write.</param>
    /// <param name="flat">The buffer of the kernels.</param>
    /// <param name="counters">A count for each of the definition's.</param>
    /// <exception cref="WeightsException">A value is not finite: a file of such weights could not be loaded.</exception>
    /// <inheritdoc cref="SafeTensors.Write(string, IReadOnlyList{SavedTensor}, IReadOnlyDictionary{string, string}?)" path="/exception"/>
    public static void Save(string path, NetworkDefinition definition, ReadOnlyMemory<float> flat, ReadOnlySpan<long> counters = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        SafeTensors.Write(path, Tensors(path, definition, flat, counters));
    }

    /// <summary>Writes to a stream, from where it stands, and leaves it open.</summary>
    /// <inheritdoc cref="Save(string, NetworkDefinition, ReadOnlyMemory{float}, ReadOnlySpan{long})"/>
    public static void Save(Stream stream, NetworkDefinition definition, ReadOnlyMemory<float> flat, ReadOnlySpan<long> counters = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        SafeTensors.Write(stream, Tensors(NameOf(stream), definition, flat, counters));
    }

    /// <summary>
    /// Reads a file into a network. Everything is read and checked before the first value changes; floats that belong to no parameter stay as they
    /// are.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="definition">The network.</param>
    /// <param name="flat">The buffer of the kernels.</param>
    /// <param name="counters">A count for each of the definition's.</param>
    /// <param name="names">The network's name for each of the file's, null to pass over one; without it they are the same.</param>
    /// <param name="strict">Nothing may be missing or left over.</param>
    /// <param name="isNew">
    /// Whether nobody has the network yet, so that it may be left half read: values go to their places as they come, and are not held twice.
    /// </param>
    /// <exception cref="WeightsException">The file is damaged, of another network, or changes while it is read; the message names the tensor.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static WeightsReport Load(
        string path, NetworkDefinition definition, Span<float> flat, Span<long> counters = default, Func<string, string?>? names = null, bool strict = true, bool isNew = false)
    {
        CheckLayouts(definition, flat.Length, counters.Length);
        using FileStream stream = InputFile.Open(path);
        (long Length, DateTime Written) before = Version(stream);
        SafeTensorsHeader header = SafeTensorsHeader.Read(path, stream, before.Length, available: before.Length);
        WeightsMatch match = WeightsMatch.Of(path, definition, header.Tensors, names, strict);
        var values = new LoadedValues(definition);
        if (isNew)
            values.ReadInto(flat, path, stream, header, match);
        else
            values.Read(path, stream, header, match);
        if (Version(stream) != before)
            throw new WeightsException(path, "was changed while it was read");
        values.Assign(flat, counters);
        return match.Report;
    }

    /// <summary>Reads one file's bytes from a stream, from where it stands and no further, and leaves it open.</summary>
    /// <inheritdoc cref="Load(string, NetworkDefinition, Span{float}, Span{long}, Func{string, string?}?, bool, bool)"/>
    public static WeightsReport Load(
        Stream stream, NetworkDefinition definition, Span<float> flat, Span<long> counters = default, Func<string, string?>? names = null, bool strict = true, bool isNew = false)
    {
        ArgumentNullException.ThrowIfNull(stream);
        CheckLayouts(definition, flat.Length, counters.Length);
        if (!stream.CanRead)
            throw new ArgumentException("The stream cannot be read from.", nameof(stream));
        string name = NameOf(stream);
        long? available = stream.CanSeek ? Math.Max(0, stream.Length - stream.Position) : null;
        SafeTensorsHeader header = SafeTensorsHeader.Read(name, stream, length: null, available);
        if (available - header.DataStart is { } rest && rest < header.DataLength)
            throw new WeightsException(name, $"its header tells of {header.DataLength} bytes of data, but {rest} follow: it is cut short");
        WeightsMatch match = WeightsMatch.Of(name, definition, header.Tensors, names, strict);
        var values = new LoadedValues(definition);
        if (isNew)
            values.ReadInto(flat, name, stream, header, match);
        else
            values.Read(name, stream, header, match);
        values.Assign(flat, counters);
        return match.Report;
    }

    private static string NameOf(Stream stream) => stream is FileStream file ? file.Name : StreamName;

    private static (long Length, DateTime Written) Version(FileStream file) => (file.Length, File.GetLastWriteTimeUtc(file.SafeFileHandle));

    private static List<SavedTensor> Tensors(string path, NetworkDefinition definition, ReadOnlyMemory<float> flat, ReadOnlySpan<long> counters)
    {
        CheckLayouts(definition, flat.Length, counters.Length);
        var tensors = new List<SavedTensor>(definition.Parameters.Length + counters.Length);
        foreach (ParameterDefinition parameter in definition.Parameters)
        {
            SavedTensor tensor = SavedTensor.Of(parameter, flat);
            var first = 0;
            foreach (ReadOnlyMemory<float> part in tensor.Parts())
            {
                LoadedValues.CheckFinite(path, parameter.Name, part.Span, first);
                first += part.Length;
            }
            tensors.Add(tensor);
        }
        for (var i = 0; i < counters.Length; i++)
            tensors.Add(SavedTensor.Whole(definition.Counters[i], counters[i]));
        return tensors;
    }

    /// <summary>A layout that leaves the buffer is a fault of the program, found before anything is touched.</summary>
    private static void CheckLayouts(NetworkDefinition definition, int floats, int counters)
    {
        if (counters != definition.Counters.Length)
            throw new ArgumentException($"{definition.Name} has {definition.Counters.Length} counters, and {counters} are given.");
        foreach (ParameterDefinition parameter in definition.Parameters)
        {
            long count = StridedLayout.Count(parameter.Layout);
            if (count != parameter.Shape.Size)
            {
                throw new ArgumentException(
                    $"The layout of '{parameter.Name}' covers {count} values, its shape {parameter.Shape} has {parameter.Shape.Size}.");
            }
            long last = parameter.Offset + StridedLayout.Reach(parameter.Layout);
            if (parameter.Offset < 0 || last >= floats)
                throw new ArgumentException($"'{parameter.Name}' lies at {parameter.Offset}..{last}, the buffer has {floats} floats.");
        }
    }
}
