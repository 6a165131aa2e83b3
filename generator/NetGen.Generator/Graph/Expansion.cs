using NetGen.Generator.Collections;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Expressions;
using NetGen.Generator.Layers;

namespace NetGen.Generator.Graph;

/// <summary>
/// Puts the layers of blocks in the place of their uses, with the arguments that follow from the parameters there, and names into numbers: what is behind
/// knows layers only. A mistake in a block is told for its first use in the network.
/// </summary>
internal sealed class Expansion
{
    private readonly NetworkDeclaration network;
    private readonly CancellationToken cancellation;
    private readonly IReadOnlyDictionary<string, BlockDeclaration> blocks;
    private readonly LayerNames names;
    private readonly OutputUses uses = new();
    private readonly List<ExpandedLayer> layers = [];
    private readonly List<(GraphOutput Output, Origin Origin)> outputs = [];
    private readonly List<Problem> problems = [];
    private readonly HashSet<BlockDeclaration> wrongBlocks = [];
    private bool isComplete = true;

    /// <summary>Layers and repetitions so far.</summary>
    private int size;

    private Expansion(NetworkDeclaration network, CancellationToken cancellation)
    {
        this.network = network;
        this.cancellation = cancellation;
        blocks = network.Blocks.ToDictionary(block => block.Key);
        names = new LayerNames(network.Identity.Name);
    }

    public static ExpandedNetwork Of(NetworkDeclaration network, CancellationToken cancellation)
    {
        var expansion = new Expansion(network, cancellation);
        expansion.Add(network.Attributes, new Scope());
        IEnumerable<Problem> elsewhere = expansion.wrongBlocks.SelectMany(block => block.Problems.Select(problem => problem with { Block = block.Key }));
        return new ExpandedNetwork(
            expansion.layers.ToEquatableArray(),
            expansion.outputs.Select(one => one.Output).ToEquatableArray(),
            expansion.problems.Concat(expansion.CheckOutputs()).Concat(expansion.uses.Unused()).ToEquatableArray(),
            elsewhere.ToEquatableArray(),
            expansion.isComplete);
    }

    private void Add(EquatableArray<DeclaredAttribute> attributes, Scope scope)
    {
        for (var index = 0; index < attributes.Count; index++)
        {
            if (attributes[index] is DeclaredInitialization initialization)
                ReadInitialization(initialization, scope, scope.OriginOf(index, initialization.Arguments));
        }
        for (var index = 0; index < attributes.Count && size <= Limits.Layers; index++)
        {
            cancellation.ThrowIfCancellationRequested();
            switch (attributes[index])
            {
                case UnreadableAttribute unreadable:
                    Origin origin = scope.OriginOf(index, []);
                    problems.AddRange(unreadable.Problems.Select(origin.Place));
                    isComplete = false;
                    Forget(scope);
                    break;
                case DeclaredLayer layer:
                    AddLayer(layer, scope, scope.OriginOf(index, layer.Arguments));
                    break;
                case DeclaredOutput output when scope.Block is null:
                    AddOutput(output, scope, scope.OriginOf(index, output.Arguments));
                    break;
                case DeclaredUse use:
                    AddUse(use, scope, scope.OriginOf(index, use.Arguments));
                    break;
            }
        }
    }

    private void ReadInitialization(DeclaredInitialization declared, Scope scope, Origin origin)
    {
        if (!TryEvaluate(declared, scope, origin, out LayerArguments arguments))
            return;
        var initialization = Initialization.Read(arguments);
        var wrong = initialization.CheckAlone(declared.Kind).ToList();
        problems.AddRange(wrong.Select(origin.Place));
        if (wrong.Count == 0)
            scope.Initialization = initialization;
    }

    private void AddLayer(DeclaredLayer declared, Scope scope, Origin origin)
    {
        if (!TryEvaluate(declared, scope, origin, out LayerArguments arguments))
            return;
        Layer layer = LayerKinds.Readers[declared.Kind](arguments);
        if (arguments.Problems.Count != 0)
        {
            problems.AddRange(arguments.Problems.Select(origin.Place));
            Forget(scope);
            return;
        }
        Initialization initialization = Initialization.Read(arguments) with { Otherwise = scope.Initialization };
        var wrong = initialization.CheckNumbers(declared.Kind).ToList();
        problems.AddRange(wrong.Select(origin.Place));
        Source first = FirstSource(declared, arguments, scope, origin);
        EquatableArray<string> merged = arguments.Texts("names");
        EquatableArray<Source> sources = [first, .. merged.Select((name, i) => Find(name, "names", i, declared, scope, origin))];
        if (layer.Merges && merged.Count == 0)
            problems.Add(origin.Place(Problem.Of(Rules.NothingToMerge, declared.Kind, scope.Other(first))));
        string? written = arguments.Text("As");
        string name = scope.Name(layer.NamePrefix, layer.IsSeldomRepeated, written);
        CheckName(name, scope, new LayerName(scope.Prefix + name, origin, written is not null));
        if (IsTooMuch(origin))
            return;
        foreach (Source source in sources)
            uses.Take(source.Node);
        uses.Add(name, origin);
        var expanded = new ExpandedLayer(scope.Prefix + name, layer, sources, origin)
        {
            Use = scope.Use,
            IsFrozen = scope.IsFrozen || arguments.Bool("Frozen", false),
            Initialization = wrong.Count == 0 ? initialization : Initialization.Default,
        };
        layers.Add(arguments.Text("Weights") is { } weights ? Share(expanded, weights, arguments, scope) : expanded);
        scope.Add(name, layers.Count - 1);
    }

    private void AddOutput(DeclaredOutput declared, Scope scope, Origin origin)
    {
        if (!TryEvaluate(declared, scope, origin, out LayerArguments arguments))
            return;
        Source source = FirstSource(declared, arguments, scope, origin);
        uses.Take(source.Node);
        string name = arguments.Text("name") ?? "";
        void Tell(Rule rule, string argument, params object[] texts) => problems.Add(origin.Place(Problem.Of(rule, texts).At(argument)));
        if (!GraphOutput.IsName(name))
            Tell(Rules.InvalidOutputName, "name", name);
        else if (outputs.Any(one => GraphOutput.PropertyOf(one.Output.Name) == GraphOutput.PropertyOf(name)))
            Tell(Rules.DuplicateOutputName, "name", name, network.Identity.Name, "");
        else if (source.Node == GraphLayer.NetworkInput)
            Tell(Rules.NoFurtherOutput, arguments.Has("From") ? "From" : "name", name, "the network's input");
        else if (outputs.FirstOrDefault(one => one.Output.Node == source.Node).Output is { } other && source.Node >= 0)
            Tell(Rules.NoFurtherOutput, arguments.Has("From") ? "From" : "name", name, $"that of '{source.Name}', which is output '{other.Name}' already");
        else if (source.Node >= 0)
            outputs.Add((new GraphOutput(name, source.Node), origin));
    }

    /// <summary>What is wrong with outputs beside all layers: one is the main output, or has the member of a layer.</summary>
    private IEnumerable<Problem> CheckOutputs()
    {
        foreach ((GraphOutput output, Origin origin) in outputs)
        {
            string member = GraphOutput.PropertyOf(output.Name);
            if (uses.IsCertain && output.Node == layers.Count - 1)
                yield return origin.Place(Problem.Of(Rules.NoFurtherOutput, output.Name, $"that of '{layers[output.Node].Name}', the last layer, which is the main output already").At("name"));
            else if (layers.Find(layer => LayerNames.MemberName(layer.Name) == member) is { } layer)
                yield return origin.Place(Problem.Of(Rules.DuplicateOutputName, output.Name, network.Identity.Name, $", where layer '{layer.Name}' has the same member '{member}'").At("name"));
        }
    }

    /// <summary>The layer with the parameters of another; with its own after a mistake.</summary>
    private ExpandedLayer Share(ExpandedLayer layer, string name, LayerArguments arguments, Scope scope)
    {
        string kind = layer.Layer.Kind;
        ExpandedLayer Tell(Rule rule, string reason, string argument = "Weights")
        {
            problems.Add(layer.Origin.Place(Problem.Of(rule, kind, name, reason).At(argument)));
            return layer;
        }
        if (scope.FindLayer(name) is not { } owner)
        {
            string[] alike = [.. scope.Layers.Where(one => layers[one.Value].Layer.Kind == kind).Select(one => one.Key)];
            return scope.IsPartial ? layer : Tell(
                Rules.UnknownWeights,
                scope.IsOutside(name) ? "which is outside the block: a layer shares those of one above it in its own block"
                : scope.Find(name) is not null ? $"which is no layer: name a {kind} above it"
                : "and no layer above it has that name: there " + (alike.Length == 0 ? $"is no {kind}" : $"{(alike.Length == 1 ? "is" : "are")} {string.Join(", ", alike)}"));
        }
        if (layers[owner].Layer.Kind != kind)
            return Tell(Rules.OtherKindOfWeights, layers[owner].Layer.Kind);
        if (!layers[owner].IsFrozen && (layers[owner].Layer.WhyNotShared ?? layer.Layer.WhyNotShared) is { } reason)
            return Tell(Rules.NotToBeShared, reason);
        if (!layers[owner].IsFrozen && layer.IsFrozen)
            return Tell(Rules.FrozenOverShared, kind, "Frozen");
        return layer with { SharedWith = layers[owner].SharedWith is >= 0 and var first ? first : owner, IsFrozen = layers[owner].IsFrozen };
    }

    private void AddUse(DeclaredUse use, Scope scope, Origin origin)
    {
        if (use.Refusal is { } refusal)
        {
            problems.Add(origin.Place(Problem.Of(Rules.NotABlock, use.Name, refusal)));
            Forget(scope);
            return;
        }
        BlockDeclaration block = blocks[use.Block];
        if (block.Problems.Count != 0)
        {
            wrongBlocks.Add(block);
            isComplete = false;
            Forget(scope);
            return;
        }
        if (scope.Path.Any(outer => outer.Key == block.Key))
        {
            IEnumerable<string> path = scope.Path.SkipWhile(outer => outer.Key != block.Key).Append(block).Select(each => each.Name);
            problems.Add(origin.Place(Problem.Of(Rules.EndlessBlocks, use.Name, string.Join(" → ", path))));
            Forget(scope);
            return;
        }
        if (TryEvaluate(use, scope, origin, out LayerArguments arguments))
            Expand(block, arguments, scope, origin, FirstSource(use, arguments, scope, origin).Node);
    }

    private void Expand(BlockDeclaration block, LayerArguments arguments, Scope scope, Origin origin, int node)
    {
        int repeat = arguments.Int("Repeat", 1), from = arguments.Int("NumberFrom");
        EquatableArray<int> given = arguments.Ints("parameters");
        problems.AddRange(Check.AtLeast(0, "Use", "Repeat", repeat).Concat(Check.AtLeast(0, "Use", "NumberFrom", from)).Select(origin.Place));
        from = Math.Max(0, from);
        if (given.Count > block.Parameters.Count)
            problems.Add(origin.Place(TooMany(block, given.Count).AtElement("parameters", block.Parameters.Count)));
        string? written = arguments.Text("As");
        bool isNumbered = UseName.HasPlace(written) || arguments.Has("Repeat") || arguments.Has("NumberFrom");
        var name = new UseName(scope.Name(UseName.PrefixOf(block.Name), false, written), isNumbered);
        bool isRight = name.Whole.Length == 0 || CheckName(name.Whole, scope, new LayerName(scope.Prefix + name.Whole, origin, written is not null) { IsShared = isNumbered });
        int first = layers.Count;
        string last = scope.Before.Name;
        for (long number = from; number < from + (long)repeat && !IsTooMuch(origin); number++)
        {
            last = name.Of(number);
            bool isName = isRight && (!isNumbered || CheckName(last, scope, new LayerName(scope.Prefix + last, origin, written is not null)));
            var inner = new Scope(scope, block, last, network.Identity.Name, new ParameterValues(block.Parameters, given), node)
            {
                ChecksNames = isName && scope.ChecksNames,
                IsFrozen = scope.IsFrozen || arguments.Bool("Frozen", false),
            };
            Add(block.Attributes, inner);
            node = inner.Before.Node;
            scope.AddName(last, node);
        }
        if (name.Whole.Length != 0)
            scope.AddName(last = name.Whole, node);
        scope.Continue(last, node);
        if (node >= first)
            uses.Rename(node, scope.Before.Name, origin);
    }

    private static Problem TooMany(BlockDeclaration block, int given)
    {
        string parameters = block.Parameters.Count == 0 ? "none" : FormattableString.Invariant($"{block.Parameters.Count}: {string.Join(", ", block.Parameters.Select(parameter => parameter.Name))}");
        return Problem.Of(Rules.TooManyNumbers, given == 1 ? "1 number" : FormattableString.Invariant($"{given} numbers"), block.Name, parameters);
    }

    /// <summary>The arguments for the parameters of the block that is expanded; what has no value there is told.</summary>
    private bool TryEvaluate(DeclaredElement declared, Scope scope, Origin origin, out LayerArguments arguments)
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        arguments = new LayerArguments(declared.Kind, values);
        foreach (Argument argument in declared.Arguments)
        {
            try
            {
                values.Add(argument.Name, argument.Value.Evaluate(scope.Values));
            }
            catch (Exception fault) when (fault is OverflowException or DivideByZeroException)
            {
                string reason = fault is OverflowException ? "a number on the way is beyond the range of int" : "it divides by zero";
                problems.Add(origin.Place(Problem.Of(Rules.ArgumentWithoutValue, declared.Kind, argument.Name, scope.Values, reason).At(argument.Name)));
                Forget(scope);
                return false;
            }
        }
        return true;
    }

    private Source FirstSource(DeclaredElement declared, LayerArguments arguments, Scope scope, Origin origin) =>
        arguments.Text("From") is { } from ? Find(from, "From", 0, declared, scope, origin) : scope.Before;

    private Source Find(string name, string argument, int element, DeclaredElement declared, Scope scope, Origin origin)
    {
        if (scope.Find(name) is { } source)
            return source;
        uses.IsCertain = false;
        string reason = scope.IsOutside(name)
            ? $"which is outside the block: its layers see those above them in the block, and Block.Input. There are {scope.Known}"
            : $"and no layer above it has that name: there are {scope.Known}";
        problems.Add(origin.Place(Problem.Of(Rules.UnknownLayer, declared.Kind, name, reason).AtElement(argument, element)));
        return new Source(name, Source.Unknown);
    }

    /// <summary>Tells what is wrong with a name; whether nothing is.</summary>
    private bool CheckName(string name, Scope scope, LayerName whole)
    {
        if (!scope.ChecksNames)
            return false;
        Problem? problem = LayerNames.IsName(name) ? names.Add(whole) : whole.Origin.Place(Problem.Of(Rules.InvalidLayerName, name).At("As"));
        if (problem is not null)
            problems.Add(problem);
        return problem is null;
    }

    /// <summary>Counts a layer or a repetition; of the first one too many it is told.</summary>
    private bool IsTooMuch(Origin origin)
    {
        if (++size == Limits.Layers + 1)
            problems.Add(origin.Place(Problem.Of(Rules.TooManyLayers, network.Identity.Name, Limits.Text(Limits.Layers))));
        if (size > Limits.Layers)
            uses.IsCertain = false;
        return size > Limits.Layers;
    }

    private void Forget(Scope scope)
    {
        scope.Forget();
        uses.IsCertain = false;
    }
}
