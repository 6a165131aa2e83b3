using NetGen.Generator.Collections;

namespace NetGen.Generator.Operations;

/// <summary>
/// Where operations put the operations that give their gradients, last operation first. A value's gradient is written by the first contribution
/// to it; later ones add to it.
/// </summary>
internal sealed class GradientBuilder
{
    private readonly IReadOnlyList<string> layers;
    private readonly List<Value> values = [];
    private readonly List<int> roots = [];
    private readonly List<Operation> operations = [];
    private readonly Dictionary<int, int> gradients = [];
    private readonly HashSet<int> written = [];

    /// <param name="forwardValues">What the forward pass reads and writes.</param>
    /// <param name="layers">The layers' names.</param>
    public GradientBuilder(IEnumerable<Value> forwardValues, IReadOnlyList<string> layers)
    {
        this.layers = layers;
        foreach (Value value in forwardValues)
            Add(value);
    }

    public EquatableArray<Value> Values => values.ToEquatableArray();

    public EquatableArray<Operation> Operations => operations.ToEquatableArray();

    /// <summary>The layer whose operations are being differentiated.</summary>
    public int Node { get; set; }

    public void Emit(Operation operation) => operations.Add(operation);

    /// <summary>The gradient of a value. Of a view, that of what it shows.</summary>
    public int Of(int value)
    {
        if (gradients.TryGetValue(value, out int known))
            return known;
        Value of = values[value];
        int alias = of.Alias < 0 ? -1 : Of(of.Alias);
        return gradients[value] = Add(new Value(0, Value.NameOf(of.Name, "gradient"), ValueKind.Gradient, of.Shape) { Alias = alias, GradientOf = value });
    }

    /// <summary>The gradient of a parameter.</summary>
    public int OfParameter(int parameter)
    {
        if (gradients.TryGetValue(parameter, out int known))
            return known;
        Value of = values[parameter];
        return gradients[parameter] = Add(new Value(0, Value.NameOf(of.Name, "gradient"), ValueKind.ParameterGradient, of.Shape) { Parameter = of.Parameter, GradientOf = parameter });
    }

    /// <summary>Memory for what belongs to the whole batch, of the shape of another.</summary>
    public int NewStatistics(string purpose, int alike) =>
        Add(new Value(0, Value.NameOf(layers[Node], purpose), ValueKind.Statistics, values[alike].Shape));

    /// <summary>Adds an operation that can add to what its target holds.</summary>
    public void Contribute(int value, Func<int, bool, Operation> make)
    {
        int gradient = Of(value);
        Emit(make(gradient, !written.Add(Root(gradient))));
    }

    /// <summary>Adds operations, of which one runs, that can only overwrite their target.</summary>
    public void ContributeWhole(int value, params Func<int, Operation>[] make)
    {
        int gradient = Of(value);
        bool isFirst = written.Add(Root(gradient));
        int target = isFirst ? gradient : Add(values[gradient] with { Name = Value.NameOf(values[gradient].Name, layers[Node]), Alias = -1 });
        foreach (Func<int, Operation> one in make)
            Emit(one(target));
        if (!isFirst)
            Emit(new Sum(Node, gradient, target, gradient));
    }

    /// <summary>
    /// The gradient of x is made in the memory of the gradient of y, which nothing else needs any more; without
    /// <paramref name="make"/> the two are the same. Where x has a gradient already, the two are added.
    /// </summary>
    public void InPlace(int x, int y, Func<int, int, Operation>? make)
    {
        int dy = Of(y), root = Root(x);
        if (!gradients.ContainsKey(root))
        {
            Value of = values[root];
            gradients[root] = Add(new Value(0, Value.NameOf(of.Name, "gradient"), ValueKind.Gradient, of.Shape) { Alias = dy, GradientOf = root });
            written.Add(Root(dy));
            if (make is not null)
                Emit(make(Of(x), dy));
            return;
        }
        ContributeWhole(x, dx => make?.Invoke(dx, dy) ?? new Map(Node, Function.Copy, dy, dx));
    }

    /// <summary>The value whose memory a value is, which was noted when the value was made.</summary>
    private int Root(int value) => roots[value];

    private int Add(Value value)
    {
        roots.Add(value.Alias < 0 ? values.Count : roots[value.Alias]);
        values.Add(value with { Id = values.Count });
        return values.Count - 1;
    }
}
