using System.Collections.Immutable;
using System.Runtime.InteropServices;
using NetGen.Engine;

namespace NetGen;

/// <summary>What a callback keeps in a checkpoint: texts and numbers by names of its own.</summary>
public sealed class CallbackState
{
    private readonly Dictionary<string, string> texts = [];
    private readonly Dictionary<string, SavedTensor> tensors = [];

    internal CallbackState()
    {
    }

    /// <summary>The names of the texts.</summary>
    internal IReadOnlyDictionary<string, string> Texts => texts;

    /// <summary>What is to be written.</summary>
    internal IReadOnlyDictionary<string, SavedTensor> Tensors => tensors;

    /// <summary>Keeps a text.</summary>
    /// <exception cref="ArgumentNullException">The name or the text is null.</exception>
    public void Set(string name, string text)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(text);
        texts[name] = text;
    }

    /// <summary>Keeps numbers, which must not change until <see cref="Callback.SaveState"/> has been called again: they are not copied.</summary>
    /// <exception cref="ArgumentNullException">The name is null.</exception>
    public void Set(string name, ReadOnlyMemory<float> values)
    {
        ArgumentNullException.ThrowIfNull(name);
        tensors[name] = new SavedTensor(name, values.IsEmpty ? throw new ArgumentException("There is at least one number.", nameof(values)) : [values.Length], values);
    }

    /// <summary>A text; null where there is none of that name.</summary>
    public string? Text(string name) => texts.GetValueOrDefault(name);

    /// <summary>Numbers; null where there are none of that name.</summary>
    public float[]? Values(string name) => tensors.TryGetValue(name, out SavedTensor? tensor) ? tensor.Values.ToArray() : null;

    /// <summary>Keeps floats that lie as a network's parameters do, each parameter's by itself, so that it does not matter how they lie.</summary>
    internal void Set(NetworkState network, AlignedBuffer values)
    {
        foreach (ParameterDefinition parameter in network.Definition.Parameters)
            tensors[parameter.Name] = SavedTensor.Of(parameter, values.Memory);
    }

    /// <summary>Takes them back; false where they are not there, or of another network.</summary>
    internal bool TryGet(NetworkState network, AlignedBuffer values)
    {
        ImmutableArray<ParameterDefinition> parameters = network.Definition.Parameters;
        if (!parameters.All(parameter => tensors.TryGetValue(parameter.Name, out SavedTensor? tensor) && tensor.Values.Length == parameter.Shape.Size))
            return false;
        // What lies between and behind them is the network's, and no file has it.
        network.Values.Span[..values.Length].CopyTo(values.Span);
        foreach (ParameterDefinition parameter in parameters)
            StridedLayout.Scatter(parameter.Layout, tensors[parameter.Name].Values.Span, ref MemoryMarshal.GetReference(values.Span[parameter.Offset..]));
        return true;
    }
}
