using System.Globalization;
using NetGen.Generator.Collections;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Layers;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Graph;

/// <summary>
/// Works out the shapes of a declared network. A mistake is reported once: inference goes on with what was probably meant, and
/// where that cannot be told, the layers behind it are checked only for what needs no shape.
/// </summary>
internal static class GraphBuilder
{
    public static NetworkGraph Build(NetworkDeclaration declaration, CancellationToken cancellation)
    {
        var problems = new List<Problem>(declaration.Problems);
        bool isComplete = !declaration.Attributes.Any(attribute => attribute is UnreadableAttribute);
        TensorShape? input = FindInput(declaration, problems);
        EquatableArray<GraphLayer> layers = InferLayers(declaration, input, problems, cancellation);
        if (layers.Count == 0 && isComplete)
            problems.Add(Problem.Of(Rules.NoLayer, declaration.Identity.Name));
        if (problems.Count == 0 && isComplete)
            problems.AddRange(CheckSize(declaration.Identity.Name, input!.Value, layers));
        // What is no network has no mistakes of one.
        if (problems.Find(problem => problem.Rule == Rules.NetworkMissing) is { } missing)
            problems = [missing];
        return new NetworkGraph(declaration.Identity, input ?? TensorShape.Flat(1), layers, problems.ToEquatableArray())
        {
            IsComplete = isComplete,
            Unknowns = FindUnknowns(declaration).ToEquatableArray(),
            Part = declaration.Part,
        };
    }

    private static IEnumerable<Problem> FindUnknowns(NetworkDeclaration declaration) => declaration.Attributes.SelectMany((attribute, index) =>
        (attribute as UnreadableAttribute)?.Unknown.Select(name =>
            Problem.Of(Rules.ArgumentUnknown, ((UnreadableAttribute)attribute).Kind, name.Length == 0 || name[0] == '#' ? "an argument" : name, "its value") with
            {
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
        : input.Shape.ExactSize > Limits.Activations ? [TooLarge("Input", "a sample", input.Shape.ExactSize)]
        : [];

    private static EquatableArray<GraphLayer> InferLayers(
        NetworkDeclaration declaration, TensorShape? input, List<Problem> problems, CancellationToken cancellation)
    {
        // Behind a split the order is anybody's guess, so no shape is.
        var sources = new LayerSources(declaration.Problems.Any(problem => problem.Rule == Rules.SplitLayers) ? null : input);
        TensorShape lastKnown = input ?? TensorShape.Flat(1);
        var names = new LayerNames(declaration);
        var layers = new List<GraphLayer>();
        for (var index = 0; index < declaration.Attributes.Count; index++)
        {
            cancellation.ThrowIfCancellationRequested();
            int position = index;
            switch (declaration.Attributes[index])
            {
                case UnreadableAttribute unreadable:
                    problems.AddRange(unreadable.Problems.Select(problem => problem with { Attribute = position }));
                    sources.AddUnknown();
                    break;
                case DeclaredLayer { Layer: var layer } declared:
                    EquatableArray<LayerSource> taken = sources.Of(declared, out EquatableArray<Problem> misnamed);
                    Inference inference = Infer(layer, taken);
                    problems.AddRange(misnamed.Concat(inference.Problems).Select(problem =>
                        (problem.Rule == Rules.ImageExpected && taken[0].IsAsDeclared ? ImageShapes.Suggest(problem, (taken[0].Shape ?? lastKnown).Size) : problem) with { Attribute = position }));
                    if (names.ProblemAt(index) is { } wrongName)
                        problems.Add(wrongName);
                    TensorShape received = taken[0].Shape ?? lastKnown;
                    lastKnown = inference.Output ?? received;
                    layers.Add(new GraphLayer(names[index], layer, taken.Select(source => source.Node).ToEquatableArray(), received, lastKnown));
                    sources.Add(names[index], position, inference.Output, layer.KeepsShape && taken[0].IsAsDeclared);
                    break;
            }
        }
        problems.AddRange(sources.Unused());
        return layers.ToEquatableArray();
    }

    private static Inference Infer(Layer layer, EquatableArray<LayerSource> sources)
    {
        EquatableArray<Problem> problems = layer.CheckArguments().ToEquatableArray();
        if (problems.Count != 0 || sources.Any(source => source.Shape is null))
            return new Inference(problems.Count != 0 && sources[0].Shape is { } known && layer.KeepsShape ? known : null, problems);
        try
        {
            Inference inference = layer.Infer(sources.Select(source => source.Shape!.Value).ToEquatableArray(), sources.Select(source => source.Name).ToEquatableArray());
            return inference.Output is { } output && output.ExactSize > Limits.Activations
                ? TooLarge(layer.Kind, "its output", output.ExactSize)
                : inference;
        }
        catch (OverflowException)
        {
            return TooLarge(layer.Kind, "its output", int.MaxValue);
        }
    }

    private static Problem TooLarge(string kind, string what, double size) => Problem.Of(Rules.OutputTooLarge, kind, what, Text(size), Text(Limits.Activations));

    private static IEnumerable<Problem> CheckSize(string network, TensorShape input, EquatableArray<GraphLayer> layers)
    {
        (double Number, string What, int Limit)[] sizes =
        [
            (layers.Sum(layer => layer.ParameterSpecs.Sum(spec => spec.ExactSize)), "parameters", Limits.Parameters),
            (layers.Sum(layer => layer.ParameterSpecs.Sum(spec => Limits.Padded(spec.ExactSize, spec.Shape[0]))), "parameters with channels in blocks of 16", Limits.Parameters),
            (input.ExactSize + layers.Sum(layer => layer.Output.ExactSize), "values per sample", Limits.Activations),
            (layers.Sum(layer => Limits.Padded(layer.Output.ExactSize, layer.Output.Channels)), "values per sample with channels in blocks of 16", Limits.PaddedActivations),
        ];
        return sizes.Where(size => size.Number > size.Limit).Take(1)
            .Select(size => Problem.Of(Rules.NetworkTooLarge, network, Text(size.Number), size.What, Text(size.Limit)));
    }

    private static string Text(double number) => number.ToString("#,0", CultureInfo.InvariantCulture);
}
