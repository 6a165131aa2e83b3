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
    /// <summary>The layers that have contributed to a gradient's memory.</summary>
    private readonly Dictionary<int, List<int>> contributors = [];

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

    /// <summary>Whether a parameter has a gradient; -1, of a layer without it, has none.</summary>
    public bool Trains(int parameter) => parameter >= 0 && values[parameter].Kind == ValueKind.Parameter;

    /// <summary>
    /// Adds an operation that gives parameters their gradients. The first layer with a parameter writes its gradient; what another one has to give is made apart,
    /// and added.
    /// </summary>
    /// <param name="make">The operation, for what gives the target of a parameter.</param>
    public void ContributeToParameters(Func<Func<int, int>, Operation> make)
    {
        var apart = new List<(int Sum, int Part)>();
        Operation operation = make(parameter =>
        {
            Value of = values[parameter];
            Value gradient = new(0, Value.NameOf(of.Name, "gradient"), ValueKind.ParameterGradient, of.Shape) { Parameter = of.Parameter, GradientOf = parameter };
            if (!gradients.TryGetValue(parameter, out int sum))
                return gradients[parameter] = Add(gradient);
            int part = Add(gradient with { Name = Value.NameOf(gradient.Name, layers[Node]), IsAddend = true });
            apart.Add((sum, part));
            return part;
        });
        foreach ((_, int part) in apart)
            Emit(new Clear(Node, part));
        Emit(operation);
        foreach ((int sum, int part) in apart)
            Emit(new ParameterSum(Node, sum, part));
    }

    /// <summary>Memory for what belongs to the whole batch, of the shape of another.</summary>
    public int NewStatistics(string purpose, int alike) =>
        Add(new Value(0, Value.NameOf(layers[Node], purpose), ValueKind.Statistics, values[alike].Shape));

    /// <summary>Memory for what belongs to a sample, of the shape of another.</summary>
    public int NewPerSample(string purpose, int alike) =>
        Add(new Value(0, Value.NameOf(layers[Node], purpose), ValueKind.Gradient, values[alike].Shape));

    /// <summary>Whether something has contributed to the gradient of a value.</summary>
    public bool Has(int value) => gradients.ContainsKey(Root(value)) && contributors.ContainsKey(Root(Of(value)));

    /// <summary>The caller gives a share of a value's gradient where a backward pass starts at a node.</summary>
    public void StartAt(int value, int node)
    {
        Node = node;
        Note(Of(value));
    }

    /// <summary>Adds an operation that can add to what its target holds.</summary>
    public void Contribute(int value, Func<int, bool, Operation> make)
    {
        int gradient = Of(value);
        bool isFirst = Begin(gradient);
        Emit(make(gradient, !isFirst));
    }

    /// <summary>Adds operations, of which one runs, that can only overwrite their target.</summary>
    public void ContributeWhole(int value, params Func<int, Operation>[] make)
    {
        int gradient = Of(value);
        bool isFirst = Begin(gradient);
        int target = isFirst ? gradient : Add(values[gradient] with { Name = Value.NameOf(values[gradient].Name, layers[Node]), Alias = -1 });
        foreach (Func<int, Operation> one in make)
            Emit(one(target));
        if (!isFirst)
            Emit(new Sum(Node, gradient, target, gradient));
    }

    /// <summary>
    /// The gradient of x is made in the memory of the gradient of y, which nothing else needs any more; without
    /// <paramref name="make"/>, or in a mode that its operation does not run in, the two are the same. Where x has a gradient already, the two are added.
    /// </summary>
    public void InPlace(int x, int y, Func<int, int, Operation>? make)
    {
        int dy = Of(y), root = Root(x);
        if (!gradients.ContainsKey(root))
        {
            Value of = values[root];
            gradients[root] = Add(new Value(0, Value.NameOf(of.Name, "gradient"), ValueKind.Gradient, of.Shape) { Alias = dy, GradientOf = root });
            Note(dy);
            if (make is not null)
                Emit(make(Of(x), dy));
            return;
        }
        Operation Copy(int dx) => new Map(Node, Function.Copy, dy, dx);
        if (make is null)
            ContributeWhole(x, Copy);
        else if (make(dy, dy).When == When.Training)
            ContributeWhole(x, dx => make(dx, dy), dx => Copy(dx) with { When = When.Evaluation });
        else
            ContributeWhole(x, dx => make(dx, dy));
    }

    /// <summary>
    /// Notes a contribution, and says whether it is the first. If not, what it adds to is zeroed where a backward pass does not come by the ones before.
    /// </summary>
    private bool Begin(int gradient)
    {
        bool isFirst = !contributors.TryGetValue(Root(gradient), out List<int>? before);
        if (!isFirst)
            Emit(new Clear(Node, gradient) { Unless = before!.Distinct().ToEquatableArray() });
        Note(gradient);
        return isFirst;
    }

    private void Note(int gradient)
    {
        if (!contributors.TryGetValue(Root(gradient), out List<int>? known))
            contributors.Add(Root(gradient), known = []);
        known.Add(Node);
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
