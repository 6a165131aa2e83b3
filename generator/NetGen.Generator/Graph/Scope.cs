using System.Globalization;
using NetGen.Generator.Expressions;
using NetGen.Generator.Layers;

namespace NetGen.Generator.Graph;

/// <summary>The layers of a network, or of one use of a block: what they are called there, and which outputs they can take.</summary>
internal sealed class Scope
{
    /// <summary>What came in is called, unless a layer is.</summary>
    public const string Input = "input";

    /// <summary>Names that a message lists: the nearest ones.</summary>
    private const int MostNames = 12;

    private readonly Dictionary<string, Source> named = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> layers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> counts = new(StringComparer.Ordinal);
    private readonly Scope? outer;
    private readonly string use = "";

    /// <summary>The network's own.</summary>
    public Scope() => named[Input] = Before = new Source(Input, GraphLayer.NetworkInput);

    /// <summary>Of a use of a block.</summary>
    /// <param name="outer">Where the use stands.</param>
    /// <param name="block">The block.</param>
    /// <param name="name">What the use is called there.</param>
    /// <param name="network">The network's name, for messages.</param>
    /// <param name="values">The block's parameters.</param>
    /// <param name="input">The layer whose output it takes.</param>
    public Scope(Scope outer, BlockDeclaration block, string name, string network, ParameterValues values, int input)
    {
        this.outer = outer;
        Block = block;
        Values = values;
        Initialization = outer.Initialization;
        Prefix = $"{outer.Prefix}{name}.";
        Use = outer.Use ?? new UsedBlock(name, block.Name);
        use = $", in {block.Name}, used as {outer.Prefix}{name} of {network}";
        named[Input] = Before = new Source(Input, input);
    }

    /// <summary>The block; null: the network.</summary>
    public BlockDeclaration? Block { get; }

    public ParameterValues Values { get; } = ParameterValues.None;

    /// <summary>How layers are filled that do not say it themselves; a block without a word on it does as what is around it.</summary>
    public Initialization? Initialization { get; set; }

    /// <summary>The use of a block that it is, or is within; null: the network.</summary>
    public UsedBlock? Use { get; }

    /// <summary>What comes before a layer's name in the network.</summary>
    public string Prefix { get; } = "";

    /// <summary>Whether names are to be checked: below a use with a wrong name all would be wrong.</summary>
    public bool ChecksNames { get; init; } = true;

    /// <summary>Whether a use around its layers is frozen.</summary>
    public bool IsFrozen { get; init; }

    /// <summary>Whether there is something in it that cannot be told.</summary>
    public bool IsPartial { get; private set; }

    /// <summary>The output right before the next layer.</summary>
    public Source Before { get; private set; }

    /// <summary>The names of outputs that layers can take here; of many the last ones.</summary>
    public string Known => (named.Count > MostNames ? "…, " : "") + string.Join(", ", named.Keys.Skip(named.Count - MostNames));

    /// <summary>The blocks that this one is within, from the outside in, and itself.</summary>
    public IEnumerable<BlockDeclaration> Path => Block is null ? [] : outer!.Path.Append(Block);

    /// <summary>An attribute of this network or block.</summary>
    public Origin OriginOf(int attribute, IEnumerable<Argument> arguments) =>
        new(Block?.Key, attribute, use, [.. arguments.Where(argument => !argument.Value.IsConstant).Select(argument => argument.Name)]);

    /// <summary>
    /// The name of the next layer: what <c>As</c> says, or else the kind and its number, conv1, conv2. A layer with a name of its own counts too, so
    /// naming one does not rename those behind it.
    /// </summary>
    public string Name(string prefix, bool isSeldomRepeated, string? written)
    {
        int number = counts[prefix] = counts.TryGetValue(prefix, out int count) ? count + 1 : 1;
        return written ?? (isSeldomRepeated && number == 1 ? prefix : prefix + number.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>An output by its name; null if there is none.</summary>
    public Source? Find(string name) => named.TryGetValue(name, out Source source) ? source : null;

    /// <summary>Whether a name is one of what is around the use, which its layers do not see.</summary>
    public bool IsOutside(string name) => outer is not null && (outer.Find(name) is not null || outer.IsOutside(name));

    /// <summary>Some output that a layer may have meant to merge with the one it takes.</summary>
    public string Other(Source taken) => named.Where(one => one.Value.Node != taken.Node).Select(one => one.Key).FirstOrDefault() ?? Input;

    /// <summary>A layer of this network or block itself by its name; null if there is none.</summary>
    public int? FindLayer(string name) => layers.TryGetValue(name, out int node) ? node : null;

    /// <summary>The layers of this network or block itself.</summary>
    public IEnumerable<KeyValuePair<string, int>> Layers => layers;

    /// <summary>Adds a layer, whose output the next one takes.</summary>
    public void Add(string name, int node)
    {
        layers[name] = node;
        AddName(name, node);
        Continue(name, node);
    }

    /// <summary>Has the next layer take an output, unless it says otherwise.</summary>
    public void Continue(string name, int node) => Before = new Source(name, node);

    /// <summary>Adds another name of an output.</summary>
    public void AddName(string name, int node) => named[name] = new Source(name, node);

    /// <summary>Notes that what comes next cannot be told.</summary>
    public void Forget() => (Before, IsPartial) = (Before with { Node = Source.Unknown }, true);
}
