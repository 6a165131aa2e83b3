using NetGen.Generator.Collections;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Graph;

/// <summary>Which outputs each layer takes: names become numbers, and what is wrong with them is told.</summary>
internal sealed class LayerSources
{
    /// <summary>What the network's input is called, unless a layer is.</summary>
    public const string Input = "input";

    /// <summary>Names that a message lists: the nearest ones.</summary>
    private const int MostNames = 12;

    private readonly Dictionary<string, LayerSource> named = new(StringComparer.Ordinal);
    private readonly List<(string Name, int Attribute)> layers = [];
    private readonly HashSet<int> used = [];
    private LayerSource before;

    /// <summary>Whether some layer takes what cannot be told: then any output may be meant.</summary>
    private bool isUncertain;

    /// <param name="input">The shape of the network's input; null: unknown.</param>
    public LayerSources(TensorShape? input) => named[Input] = before = new LayerSource(Input, GraphLayer.NetworkInput, input, IsAsDeclared: true);

    /// <summary>What a layer takes: first <c>From</c> or the output right before it, then what it merges with that.</summary>
    public EquatableArray<LayerSource> Of(DeclaredLayer declared, out EquatableArray<Problem> problems)
    {
        var found = new List<Problem>();
        LayerSource Find(string name, string argument, int element)
        {
            if (named.TryGetValue(name, out LayerSource? source))
                return source;
            isUncertain = true;
            string known = (named.Count > MostNames ? "…, " : "") + string.Join(", ", named.Keys.Skip(named.Count - MostNames));
            found.Add(Problem.Of(Rules.UnknownLayer, declared.Layer.Kind, name, $"and no layer above it has that name: there are {known}").AtElement(argument, element));
            return new LayerSource(name, GraphLayer.NetworkInput, null, IsAsDeclared: false);
        }

        LayerSource first = declared.From is { } from ? Find(from, "From", 0) : before;
        EquatableArray<LayerSource> sources = [first, .. declared.Others.Select((name, i) => Find(name, "names", i))];
        if (declared.Layer.Merges && declared.Others.Count == 0)
            found.Add(Problem.Of(Rules.NothingToMerge, declared.Layer.Kind, layers.Count == 0 ? Input : named.Values.First(source => source.Node != first.Node).Name));
        used.UnionWith(sources.Select(source => source.Node));
        problems = found.ToEquatableArray();
        return sources;
    }

    /// <summary>Adds a layer's output.</summary>
    /// <param name="name">The layer.</param>
    /// <param name="attribute">Its position among the attributes.</param>
    /// <param name="output">Its shape; null: unknown.</param>
    /// <param name="isAsDeclared">The shape is still the one that [Input] declares.</param>
    public void Add(string name, int attribute, TensorShape? output, bool isAsDeclared)
    {
        before = new LayerSource(name, layers.Count, output, isAsDeclared);
        named[name] = before;
        layers.Add((name, attribute));
    }

    /// <summary>Notes a layer that has no reading.</summary>
    public void AddUnknown()
    {
        before = before with { Shape = null };
        isUncertain = true;
    }

    /// <summary>A problem for each output but the last that nothing takes.</summary>
    public IEnumerable<Problem> Unused() => isUncertain ? [] : layers
        .Take(layers.Count - 1)
        .Where((_, node) => !used.Contains(node))
        .Select(layer => Problem.Of(Rules.OutputUnused, layer.Name) with { Attribute = layer.Attribute });
}

/// <summary>An output that a layer takes.</summary>
/// <param name="Name">Whose.</param>
/// <param name="Node">The layer's number; <see cref="GraphLayer.NetworkInput"/>.</param>
/// <param name="Shape">Its shape; null: unknown.</param>
/// <param name="IsAsDeclared">The shape is the one that [Input] declares, so that another [Input] would help.</param>
internal sealed record LayerSource(string Name, int Node, TensorShape? Shape, bool IsAsDeclared);
