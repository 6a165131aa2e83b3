using NetGen.Generator.Collections;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Layers;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Graph;

/// <summary>
/// Makes a declared network a graph: blocks are expanded (<see cref="Expansion"/>), shapes inferred (<see cref="ShapeInference"/>), sizes checked. A mistake
/// is reported once.
/// </summary>
internal static class GraphBuilder
{
    public static NetworkGraph Build(NetworkDeclaration declaration, CancellationToken cancellation) =>
        Build(declaration, Expansion.Of(declaration, cancellation), cancellation);

    /// <summary>The same where blocks are expanded already.</summary>
    public static NetworkGraph Build(NetworkDeclaration declaration, ExpandedNetwork expanded, CancellationToken cancellation)
    {
        var problems = new List<Problem>(declaration.Problems.Concat(expanded.Problems));
        TensorShape? input = FindInput(declaration, problems);
        // Behind a split the order is anybody's guess, so no shape is.
        bool isOrdered = declaration.Problems.All(problem => problem.Rule != Rules.SplitLayers);
        EquatableArray<GraphLayer> layers = new ShapeInference(isOrdered ? input : null, input ?? TensorShape.Flat(1), problems).Infer(expanded.Layers, cancellation);
        if (layers.Count == 0 && expanded is { IsComplete: true, Problems.Count: 0 })
            problems.Add(Problem.Of(Rules.NoLayer, declaration.Identity.Name));
        if (problems.Count == 0 && expanded.IsComplete)
            problems.AddRange(CheckSize(declaration.Identity.Name, layers));
        if (problems.Count == 0 && expanded.IsComplete)
            problems.AddRange(BudgetCheck.Of(declaration, layers));
        // What is no network has no mistakes of one.
        if (problems.Find(problem => problem.Rule == Rules.NetworkMissing) is { } missing)
            problems = [missing];
        return new NetworkGraph(declaration.Identity, input ?? TensorShape.Flat(1), layers, WithoutRepetitions(problems).ToEquatableArray())
        {
            Outputs = expanded.Outputs,
            IsComplete = expanded.IsComplete,
            Unknowns = FindUnknowns(declaration).ToEquatableArray(),
            Elsewhere = expanded.Elsewhere,
            Part = declaration.Part,
        };
    }

    /// <summary>A mistake in a block is there in every use of it, and told once.</summary>
    private static IEnumerable<Problem> WithoutRepetitions(List<Problem> problems)
    {
        var told = new HashSet<(string, string?, int?, string?)>();
        return problems.Where(problem => problem.Block is null || told.Add((problem.Rule.Id, problem.Block, problem.Attribute, problem.Argument)));
    }

    /// <summary>Arguments without a value of the network and of its blocks.</summary>
    private static IEnumerable<Problem> FindUnknowns(NetworkDeclaration declaration) =>
        FindUnknowns(declaration.Attributes, null).Concat(declaration.Blocks.SelectMany(block => FindUnknowns(block.Attributes, block.Key)));

    private static IEnumerable<Problem> FindUnknowns(EquatableArray<DeclaredAttribute> attributes, string? block) => attributes.SelectMany((attribute, index) =>
        (attribute as UnreadableAttribute)?.Unknown.Select(name =>
            Problem.Of(Rules.ArgumentUnknown, ((UnreadableAttribute)attribute).Kind, name.Length == 0 || name[0] == '#' ? "an argument" : name, "its value") with
            {
                Block = block,
                Attribute = index,
                Argument = name.Length == 0 ? null : name,
            }) ?? []);

    private static TensorShape? FindInput(NetworkDeclaration declaration, List<Problem> problems)
    {
        DeclaredInput? first = null;
        for (var index = 0; index < declaration.Attributes.Count; index++)
        {
            if (declaration.Attributes[index] is not DeclaredInput input)
                continue;
            int position = index;
            if (first is not null)
                problems.Add(Problem.Of(Rules.InputTwice, declaration.Identity.Name) with { Attribute = position });
            else
                problems.AddRange(CheckInput(input).Select(problem => problem with { Attribute = position }));
            first ??= input;
        }
        if (first is null && !declaration.Attributes.Any(attribute => attribute is UnreadableAttribute { Kind: "Input" or "" }))
            problems.Add(Problem.Of(Rules.InputMissing, declaration.Identity.Name));
        return first is not null && !CheckInput(first).Any() ? first.Shape : null;
    }

    private static IEnumerable<Problem> CheckInput(DeclaredInput input) =>
        input.Problems.Count != 0 ? input.Problems
        : input.Shape.ExactSize > Limits.Activations ? [Limits.TooLarge("Input", "a sample", input.Shape.ExactSize)]
        : [];

    private static IEnumerable<Problem> CheckSize(string network, EquatableArray<GraphLayer> layers)
    {
        (double Number, string What, int Limit)[] sizes =
        [
            (layers.Sum(layer => layer.ParameterSpecs.Sum(spec => spec.ExactSize)), "parameters", Limits.Parameters),
            (layers.Sum(layer => layer.ParameterSpecs.Sum(spec => Limits.Padded(spec.ExactSize, spec.Shape[0]))), "parameters with channels in blocks of 16", Limits.Parameters),
            (layers.Sum(layer => Limits.Padded(layer.Output.ExactSize, layer.Output.Channels)), "values per sample with channels in blocks of 16", Limits.PaddedActivations),
        ];
        return sizes.Where(size => size.Number > size.Limit).Take(1)
            .Select(size => Problem.Of(Rules.NetworkTooLarge, network, Limits.Text(size.Number), size.What, Limits.Text(size.Limit)));
    }
}
