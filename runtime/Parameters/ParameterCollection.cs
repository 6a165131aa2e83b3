using System.Collections;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using NetGen.Engine;

namespace NetGen;

/// <summary>A network's parameters and buffers, in the order of its layers.</summary>
public sealed class ParameterCollection : IReadOnlyList<Parameter>
{
    private readonly string network;
    private readonly ImmutableArray<Parameter> parameters;

    internal ParameterCollection(NetworkState network)
    {
        this.network = network.Definition.Name;
        parameters = [.. network.Definition.Parameters.Select(definition => new Parameter(network, definition))];
    }

    /// <summary>How many there are.</summary>
    public int Count => parameters.Length;

    /// <summary>One by its position in the order of the layers.</summary>
    public Parameter this[int index] => parameters[index];

    /// <summary>One by its name, for example <c>conv1.weight</c>.</summary>
    /// <exception cref="KeyNotFoundException">There is no such parameter; the message lists those there are.</exception>
    public Parameter this[string name] => TryGet(name, out Parameter? found)
        ? found
        : throw new KeyNotFoundException($"{network} has no parameter '{name}'. It has {string.Join(", ", parameters.Select(p => p.Name))}.");

    /// <summary>Looks for one by its name.</summary>
    public bool TryGet(string name, [NotNullWhen(true)] out Parameter? parameter)
    {
        parameter = parameters.FirstOrDefault(p => p.Name == name);
        return parameter is not null;
    }

    /// <summary>Walks them in the order of the layers.</summary>
    public ImmutableArray<Parameter>.Enumerator GetEnumerator() => parameters.GetEnumerator();

    IEnumerator<Parameter> IEnumerable<Parameter>.GetEnumerator() => ((IEnumerable<Parameter>)parameters).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => ((IEnumerable)parameters).GetEnumerator();
}
