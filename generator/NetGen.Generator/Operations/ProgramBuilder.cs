using NetGen.Generator.Collections;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Operations;

/// <summary>Where layers describe their forward pass as operations on values.</summary>
internal sealed class ProgramBuilder
{
    private readonly List<Value> values = [];
    private readonly List<Operation> operations = [];
    private readonly Dictionary<int, Dictionary<string, int>> parameters = [];
    private int owner;
    private string layer = "";

    /// <summary>The number of the layer that is being described.</summary>
    public int Node { get; private set; }

    /// <summary>Whether that layer is in training what it is in evaluation.</summary>
    public bool IsFrozen { get; private set; }

    /// <summary>The first of its counters, by its number among the network's; -1: it has none.</summary>
    public int Counter { get; private set; }

    public IReadOnlyList<Value> Values => values;

    public EquatableArray<Operation> Operations => operations.ToEquatableArray();

    /// <summary>Starts a layer.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="node">Its number.</param>
    /// <param name="specs">Parameters of its own.</param>
    /// <param name="sharedWith">The layer above whose parameters it has; -1: it has its own.</param>
    /// <param name="isFrozen">Whether it is in training what it is in evaluation.</param>
    /// <param name="counter">The first of its counters, by its number among the network's; -1: it has none.</param>
    public void Begin(string name, int node, EquatableArray<ParameterSpec> specs, int sharedWith = -1, bool isFrozen = false, int counter = -1)
    {
        (layer, Node, IsFrozen, Counter) = (name, node, isFrozen, counter);
        owner = sharedWith < 0 ? node : sharedWith;
        if (sharedWith >= 0)
            return;
        Dictionary<string, int> own = parameters[node] = new(StringComparer.Ordinal);
        foreach (ParameterSpec spec in specs)
        {
            own.Add(spec.Name, Add(
                $"{name}.{spec.Name}", spec.Trains ? ValueKind.Parameter : ValueKind.Buffer, TensorShape.Flat(checked((int)spec.Size)), v => v with { Parameter = spec }));
        }
    }

    /// <summary>A parameter of the layer; -1 if it has none of that name.</summary>
    public int Parameter(string name) => parameters[owner].TryGetValue(name, out int id) ? id : -1;

    public TensorShape Shape(int value) => values[value].Shape;

    /// <summary>The network's input.</summary>
    public int NewInput(TensorShape shape) => Add(Value.NameOf("network", "input"), ValueKind.Input, shape);

    /// <summary>The layer's output, or something on the way to it.</summary>
    public int New(TensorShape shape, string purpose = "") => Add(Value.NameOf(layer, purpose), ValueKind.Activation, shape);

    /// <summary>What the layer works out for the whole batch.</summary>
    public int NewStatistics(string purpose, TensorShape shape) => Add(Value.NameOf(layer, purpose), ValueKind.Statistics, shape);

    /// <summary>The same memory with another shape, as the layer's output.</summary>
    public int View(int value, TensorShape shape) => Add(layer, values[value].Kind == ValueKind.Input ? ValueKind.Input : ValueKind.Activation, shape, v => v with { Alias = value });

    public void Emit(Operation operation) => operations.Add(operation);

    private int Add(string name, ValueKind kind, TensorShape shape, Func<Value, Value>? change = null)
    {
        var value = new Value(values.Count, name, kind, shape);
        values.Add(change is null ? value : change(value));
        return value.Id;
    }
}
