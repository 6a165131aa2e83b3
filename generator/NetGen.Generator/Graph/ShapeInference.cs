using NetGen.Generator.Collections;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Layers;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Graph;

/// <summary>
/// Works out the shapes of a network. A mistake is reported once: inference goes on with what was probably meant, and where that cannot be told, the
/// layers behind it are checked only for what needs no shape.
/// </summary>
/// <param name="input">The shape of the network's input; null: unknown.</param>
/// <param name="guess">What a shape is taken for where it is not known.</param>
/// <param name="problems">Receives the mistakes.</param>
internal sealed class ShapeInference(TensorShape? input, TensorShape guess, List<Problem> problems)
{
    /// <summary>What is known of an output.</summary>
    /// <param name="Shape">Its shape; null: unknown.</param>
    /// <param name="IsAsDeclared">The shape is the one that [Input] declares, so that another [Input] would help.</param>
    private readonly record struct Known(TensorShape? Shape, bool IsAsDeclared);

    private readonly List<Known> outputs = [];

    public EquatableArray<GraphLayer> Infer(EquatableArray<ExpandedLayer> layers, CancellationToken cancellation)
    {
        var inferred = new List<GraphLayer>();
        TensorShape lastKnown = guess;
        foreach (ExpandedLayer expanded in layers)
        {
            cancellation.ThrowIfCancellationRequested();
            Layer layer = expanded.Layer;
            Known[] sources = [.. expanded.Sources.Select(Of)];
            TensorShape received = sources[0].Shape ?? lastKnown;
            Inference inference = Infer(layer, sources, expanded.Sources);
            if (inference is { Output: not null, Problems.Count: 0 } && sources[0].Shape is not null)
                inference = inference with { Problems = expanded.Initialization.CheckShapes(layer.Kind, layer.ParameterSpecs(received)).ToEquatableArray() };
            problems.AddRange(inference.Problems
                .Select(problem => problem.Rule == Rules.OtherDimensions && received.IsFlat && sources[0].IsAsDeclared ? ImageShapes.Suggest(problem, received.Size) : problem)
                .Select(expanded.Origin.Place));
            lastKnown = inference.Output ?? received;
            var shaped = new GraphLayer(expanded.Name, layer, expanded.Sources.Select(source => source.Node).ToEquatableArray(), received, lastKnown)
            {
                Use = expanded.Use,
                IsFrozen = expanded.IsFrozen,
                Initialization = expanded.Initialization,
            };
            if (expanded.SharedWith is >= 0 and var owner)
            {
                shaped = shaped with { SharedWith = owner, SharedName = layers[owner].Name };
                inferred[owner] = inferred[owner] with { IsShared = true };
                if (inference.Problems.Count == 0 && outputs[owner].Shape is not null && inference.Output is not null)
                    problems.AddRange(CheckShared(inferred[owner], shaped).Select(expanded.Origin.Place));
            }
            inferred.Add(shaped with { IsShared = shaped.SharedWith >= 0 });
            outputs.Add(new Known(inference.Output, layer.KeepsShape && sources[0].IsAsDeclared));
        }
        return inferred.ToEquatableArray();
    }

    /// <summary>A problem where a layer's parameters would have other shapes than those that it is to have.</summary>
    private static IEnumerable<Problem> CheckShared(GraphLayer owner, GraphLayer layer)
    {
        static string Text(GraphLayer layer) => string.Join(", ", layer.Layer.ParameterSpecs(layer.Input).Select(spec => $"{spec.Name} [{string.Join(", ", spec.Shape)}]{(spec.IsReversed ? ", turned round" : "")}"));
        (string given, string expected) = (Text(owner), Text(layer));
        if (given.Length == 0)
            return [Problem.Of(Rules.UnknownWeights, layer.Layer.Kind, owner.Name, "which has none").At("Weights")];
        return given == expected ? [] : [Problem.Of(Rules.OtherShapeOfWeights, layer.Layer.Kind, owner.Name, given, expected.Length == 0 ? "none" : expected).At("Weights")];
    }

    private Known Of(Source source) => source.Node switch
    {
        Source.Unknown => new Known(null, IsAsDeclared: false),
        GraphLayer.NetworkInput => new Known(input, IsAsDeclared: true),
        var node => outputs[node],
    };

    private static Inference Infer(Layer layer, Known[] sources, EquatableArray<Source> names)
    {
        EquatableArray<Problem> problems = layer.CheckArguments().ToEquatableArray();
        if (problems.Count != 0 || sources.Any(source => source.Shape is null))
            return new Inference(problems.Count != 0 && sources[0].Shape is { } known && layer.KeepsShape ? known : null, problems);
        try
        {
            Inference inference = layer.Infer(sources.Select(source => source.Shape!.Value).ToEquatableArray(), names.Select(source => source.Name).ToEquatableArray());
            return inference.Output is { } output && output.ExactSize > Limits.Activations
                ? Limits.TooLarge(layer.Kind, "its output", output.ExactSize)
                : inference;
        }
        catch (OverflowException)
        {
            return Limits.TooLarge(layer.Kind, "its output", int.MaxValue);
        }
    }
}
