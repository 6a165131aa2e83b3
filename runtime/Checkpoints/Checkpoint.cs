using System.Collections.Immutable;
using System.Runtime.InteropServices;
using NetGen.Engine;

namespace NetGen;

/// <summary>A network's parameters as a safetensors file in PyTorch's names, shapes and order.</summary>
internal static class Checkpoint
{
    /// <summary>PyTorch's count of a normalisation's batches: a whole number that no evaluation uses.</summary>
    private const string BatchCounter = "num_batches_tracked";

    /// <summary>Writes the parameters; an existing file stays whole until the new one is.</summary>
    /// <param name="path">The file.</param>
    /// <param name="parameters">What to write, in this order.</param>
    /// <param name="flat">The buffer of the kernels.</param>
    /// <exception cref="WeightsException">A value is not finite: a file of such weights could not be loaded.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save(string path, ImmutableArray<ParameterDefinition> parameters, ReadOnlySpan<float> flat)
    {
        var tensors = new List<SavedTensor>(parameters.Length);
        foreach (ParameterDefinition parameter in parameters)
        {
            CheckLayout(parameter, flat.Length);
            var values = new float[parameter.Shape.Size];
            StridedLayout.Gather(parameter.Layout, ref MemoryMarshal.GetReference(flat[parameter.Offset..]), values);
            CheckFinite(path, parameter.Name, values);
            tensors.Add(new(parameter.Name, parameter.Shape, values) { Type = IsBatchCounter(parameter.Name) ? TensorType.I64 : TensorType.F32 });
        }
        SafeTensors.Write(path, tensors);
    }

    /// <summary>
    /// Reads the parameters of a network. Everything is read and checked before the first float changes; floats that belong to no
    /// parameter stay as they are.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="definition">The network, whose parameters the file must hold, and no others except batch counters.</param>
    /// <param name="flat">The buffer of the kernels.</param>
    /// <exception cref="WeightsException">The file is damaged or of another network; the message names the tensor.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static void Load(string path, NetworkDefinition definition, Span<float> flat)
    {
        foreach (ParameterDefinition parameter in definition.Parameters)
            CheckLayout(parameter, flat.Length);

        using SafeTensorsFile file = SafeTensorsFile.Open(path);
        ImmutableArray<TensorEntry> entries = Match(path, definition, file);
        var values = new float[entries.Length][];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = file.Read(entries[i]);
            CheckFinite(path, entries[i].Name, values[i]);
        }
        for (int i = 0; i < values.Length; i++)
        {
            ParameterDefinition parameter = definition.Parameters[i];
            StridedLayout.Scatter(parameter.Layout, values[i], ref MemoryMarshal.GetReference(flat[parameter.Offset..]));
        }
    }

    /// <summary>The file's tensor for every parameter.</summary>
    private static ImmutableArray<TensorEntry> Match(string path, NetworkDefinition definition, SafeTensorsFile file)
    {
        Dictionary<string, TensorEntry> found = file.Tensors.ToDictionary(tensor => tensor.Name);
        HashSet<string> expected = [.. definition.Parameters.Select(parameter => parameter.Name)];
        string[] extra = [.. file.Tensors.Select(tensor => tensor.Name).Where(name => !expected.Contains(name) && !IsBatchCounter(name))];

        ImmutableArray<TensorEntry>.Builder entries = ImmutableArray.CreateBuilder<TensorEntry>(definition.Parameters.Length);
        foreach (ParameterDefinition parameter in definition.Parameters)
        {
            if (!found.TryGetValue(parameter.Name, out TensorEntry? entry))
            {
                string instead = extra.Length == 0 ? "" : $"; the file holds {Quote(extra)}, unknown to {definition.Name}";
                throw WeightsException.OfTensor(path, parameter.Name,
                    $"is missing, {definition.Name} expects it with shape {parameter.Shape}{instead}");
            }
            if (!entry.Extents.SequenceEqual(parameter.Shape.Extents.Select(extent => (long)extent)))
            {
                throw WeightsException.OfTensor(path, entry.Name,
                    $"has shape {entry.ShapeText}, {definition.Name} expects {parameter.Shape}");
            }
            if (!(IsBatchCounter(entry.Name) ? entry.Type.ConvertsToFloat : entry.Type.IsFloatingPoint))
            {
                throw WeightsException.OfTensor(path, entry.Name,
                    $"has dtype {entry.Type}, {definition.Name} expects F32 (F64, F16 and BF16 are converted)");
            }
            entries.Add(entry);
        }
        return extra.Length == 0
            ? entries.MoveToImmutable()
            : throw WeightsException.OfTensor(path, extra[0],
                $"is unknown to {definition.Name}{(extra.Length == 1 ? "" : $", and so are {Quote(extra[1..])}")}");
    }

    private static bool IsBatchCounter(string name) => name == BatchCounter || name.EndsWith("." + BatchCounter, StringComparison.Ordinal);

    /// <summary>The first names, and how many more there are.</summary>
    private static string Quote(string[] names)
    {
        const int Shown = 3;
        string list = string.Join(", ", names.Take(Shown).Select(name => $"'{name}'"));
        return names.Length <= Shown ? list : $"{list} and {names.Length - Shown} more";
    }

    private static void CheckFinite(string path, string tensor, ReadOnlySpan<float> values)
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

    /// <summary>A layout that leaves the buffer is a fault of the program, found before anything is touched.</summary>
    private static void CheckLayout(ParameterDefinition parameter, int floats)
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
