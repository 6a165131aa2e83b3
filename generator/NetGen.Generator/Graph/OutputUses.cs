using NetGen.Generator.Diagnostics;

namespace NetGen.Generator.Graph;

/// <summary>Which layers' outputs some layer takes.</summary>
internal sealed class OutputUses
{
    private readonly List<(string Name, Origin Origin)> outputs = [];
    private readonly HashSet<int> taken = [];

    /// <summary>False: some layer takes what cannot be told, so that any output may be meant.</summary>
    public bool IsCertain { get; set; } = true;

    /// <summary>Adds the next layer's output.</summary>
    public void Add(string name, Origin origin) => outputs.Add((name, origin));

    /// <summary>An output that ends a use of a block is the use's.</summary>
    public void Rename(int node, string name, Origin origin) => outputs[node] = (name, origin);

    /// <summary>Notes that a layer takes it.</summary>
    public void Take(int node) => taken.Add(node);

    /// <summary>A problem for each output but the last that nothing takes.</summary>
    public IEnumerable<Problem> Unused() => !IsCertain ? [] : outputs
        .Take(outputs.Count - 1)
        .Where((_, node) => !taken.Contains(node))
        .Select(output => output.Origin.Place(Problem.Of(Rules.OutputUnused, output.Name)));
}
