using System.Collections.Immutable;
using NetGen.Engine;

namespace NetGen;

/// <summary>Which of a file's tensors go where in a network, by their names.</summary>
/// <param name="Parameters">The tensor for each of the network's parameters; null where there is none.</param>
/// <param name="Counters">The tensor for each of the network's counters; null where there is none.</param>
/// <param name="Report">The same for people.</param>
internal sealed record WeightsMatch(ImmutableArray<TensorEntry?> Parameters, ImmutableArray<TensorEntry?> Counters, WeightsReport Report)
{
    /// <summary>Matches names, and checks shapes and types of what matches.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="network">The network.</param>
    /// <param name="tensors">What is in the file.</param>
    /// <param name="names">The network's name for each of the file's, null to pass over one; without it they are the same.</param>
    /// <param name="strict">Nothing may be missing or left over. Counters may always be missing: no evaluation uses them.</param>
    /// <exception cref="WeightsException">A shape or type is wrong, two tensors have one name, or something is missing or left over.</exception>
    public static WeightsMatch Of(
        string path, NetworkDefinition network, ImmutableArray<TensorEntry> tensors, Func<string, string?>? names, bool strict)
    {
        var found = new Dictionary<string, TensorEntry>();
        var skipped = new List<string>();
        foreach (TensorEntry tensor in tensors)
        {
            string? name = names is null ? tensor.Name : names(tensor.Name);
            if (name is null)
                skipped.Add(tensor.Name);
            else if (!found.TryAdd(name, tensor))
            {
                throw WeightsException.OfTensor(path, tensor.Name,
                    $"and '{Shown.Text(found[name].Name)}' are both to become '{Shown.Text(name)}' of {network.Name}");
            }
        }
        HashSet<string> expected = [.. network.Parameters.Select(parameter => parameter.Name), .. network.Counters];
        KeyValuePair<string, TensorEntry>[] unknown = [.. found.Where(pair => !expected.Contains(pair.Key)).OrderBy(pair => pair.Value.Begin)];

        ImmutableArray<ParameterDefinition> missing = [.. network.Parameters.Where(parameter => !found.ContainsKey(parameter.Name))];
        ImmutableArray<TensorEntry?>.Builder parameters = ImmutableArray.CreateBuilder<TensorEntry?>(network.Parameters.Length);
        foreach (ParameterDefinition parameter in network.Parameters)
        {
            TensorEntry? entry = found.GetValueOrDefault(parameter.Name);
            if (entry is not null)
                CheckParameter(path, network, parameter, entry);
            else if (strict)
                throw Missing(path, network, parameter, unknown, missing.Length - 1);
            parameters.Add(entry);
        }
        ImmutableArray<TensorEntry?> counters = [.. network.Counters.Select(found.GetValueOrDefault)];
        foreach (TensorEntry counter in counters.OfType<TensorEntry>())
            CheckCounter(path, network, counter);
        if (strict && unknown.Length > 0)
        {
            string[] others = [.. unknown.Skip(1).Select(pair => pair.Value.Name)];
            throw WeightsException.OfTensor(path, unknown[0].Value.Name,
                $"is unknown to {network.Name}{(others.Length == 0 ? "" : $", and so are {Shown.Names(others)}")}");
        }
        return new(parameters.MoveToImmutable(), counters, new WeightsReport(
            [.. network.Parameters.Select(parameter => parameter.Name).Concat(network.Counters).Where(found.ContainsKey)],
            [.. missing.Select(parameter => parameter.Name)],
            [.. unknown.Select(pair => pair.Value.Name)],
            [.. skipped]));
    }

    private static void CheckParameter(string path, NetworkDefinition network, ParameterDefinition parameter, TensorEntry entry)
    {
        if (!HasShape(entry, parameter.Shape))
        {
            throw WeightsException.OfTensor(path, entry.Name,
                $"has shape {Shown.Shape(entry.Extents)}, {network.Name} expects {parameter.Shape}{OfParameter(entry, parameter.Name)}");
        }
        if (!entry.Type.IsFloatingPoint)
        {
            throw WeightsException.OfTensor(path, entry.Name,
                $"has dtype {entry.Type}, {network.Name} expects F32 (F64, F16 and BF16 are converted){OfParameter(entry, parameter.Name)}");
        }
    }

    /// <summary>PyTorch writes a number without dimensions, and takes one in a list too.</summary>
    private static void CheckCounter(string path, NetworkDefinition network, TensorEntry entry)
    {
        if (entry.Count != 1 || entry.Extents.Length > 1 || !entry.Type.ConvertsToFloat)
        {
            throw WeightsException.OfTensor(path, entry.Name,
                $"has dtype {entry.Type} and shape {Shown.Shape(entry.Extents)}, {network.Name} expects a count of batches: I64 and []");
        }
    }

    private static string OfParameter(TensorEntry entry, string parameter) => entry.Name == parameter ? "" : $" for '{parameter}'";

    private static bool HasShape(TensorEntry entry, Shape shape) =>
        entry.Extents.SequenceEqual(shape.Extents.Select(extent => (long)extent));

    private static WeightsException Missing(
        string path, NetworkDefinition network, ParameterDefinition parameter, KeyValuePair<string, TensorEntry>[] unknown, int others)
    {
        string more = others == 0 ? "" : $", and {others} more {(others == 1 ? "is" : "are")} missing";
        string instead = unknown.Length == 0 ? ""
            : $"; the file holds {Shown.Names([.. unknown.Select(pair => pair.Value.Name)])}, unknown to {network.Name}";
        return WeightsException.OfTensor(path, parameter.Name,
            $"is missing, {network.Name} expects it with shape {parameter.Shape}{more}{instead}{Suggestion(parameter, unknown)}");
    }

    /// <summary>How to name the only tensor that fits, or the layer after it.</summary>
    private static string Suggestion(ParameterDefinition parameter, KeyValuePair<string, TensorEntry>[] unknown)
    {
        KeyValuePair<string, TensorEntry>[] fitting = [.. unknown.Where(pair => HasShape(pair.Value, parameter.Shape)).Take(2)];
        if (fitting is not [(string name, TensorEntry tensor)])
            return "";
        (string layer, string part) = Split(parameter.Name);
        (string prefix, string last) = Split(name);
        return part == last && prefix.Length > 0
            ? $". '{Shown.Text(tensor.Name)}' alone has that shape: As = \"{Shown.Text(prefix)}\" on {layer} names the layer so"
            : $". '{Shown.Text(tensor.Name)}' alone has that shape: the names of LoadWeights can make it '{parameter.Name}'";
    }

    /// <summary>A layer's name, and its parameter's.</summary>
    private static (string Layer, string Parameter) Split(string name) =>
        name.LastIndexOf('.') is >= 0 and var dot ? (name[..dot], name[(dot + 1)..]) : ("", name);
}
