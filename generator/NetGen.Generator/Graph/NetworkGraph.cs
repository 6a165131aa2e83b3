using NetGen.Generator.Collections;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Layers;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Graph;

/// <summary>A network with its shapes worked out: what the emitters start from.</summary>
/// <param name="Identity">Which class it is.</param>
/// <param name="Input">The shape of one sample.</param>
/// <param name="Layers">The layers, in order. With problems, the shapes behind the first are what was probably meant.</param>
/// <param name="Problems">What is wrong with the declaration; emitters of kernels see only graphs without.</param>
internal sealed record NetworkGraph(
    NetworkIdentity Identity, TensorShape Input, EquatableArray<GraphLayer> Layers, EquatableArray<Problem> Problems)
{
    /// <summary>Outputs beside the main one, which is the last layer's.</summary>
    public EquatableArray<GraphOutput> Outputs { get; init; } = [];

    /// <summary>False: an attribute has no reading, which is not for the generator to report.</summary>
    public bool IsComplete { get; init; } = true;

    /// <summary>What was reported were there no analyzer to tell whether the compiler does: arguments without a value.</summary>
    public EquatableArray<Problem> Unknowns { get; init; } = [];

    /// <summary>Mistakes in the classes of blocks that it uses, which are reported with those.</summary>
    public EquatableArray<Problem> Elsewhere { get; init; } = [];

    /// <summary>What the generated part of the class can hold.</summary>
    public GeneratedPart Part { get; init; } = GeneratedPart.Whole;

    /// <summary>Whether kernels can be emitted.</summary>
    public bool IsValid => IsComplete && Problems.Count == 0;

    /// <summary>The same with all among its problems that an analyzer would have to tell.</summary>
    public NetworkGraph WithoutAnalyzer() => this with { Problems = Problems.Concat(Unknowns).Concat(Elsewhere).ToEquatableArray() };

    /// <summary>The shape of one sample's output.</summary>
    public TensorShape Output => Layers.Count == 0 ? Input : Layers[Layers.Count - 1].Output;

    /// <summary>What the outputs are.</summary>
    public OutputForm OutputForm => FormOf(Layers.Count - 1);

    /// <summary>What a layer's outputs are; of a view, what it shows.</summary>
    public OutputForm FormOf(int layer) => layer < 0 ? OutputForm.Raw : Layers[layer].Layer.IsView ? FormOf(Layers[layer].Inputs[0]) : Layers[layer].Layer.OutputFormOf(Layers[layer].Output);

    /// <summary>Names of the whole numbers that files hold besides parameters and buffers; those of frozen layers come last.</summary>
    public EquatableArray<string> Counters =>
        Layers.OrderBy(layer => layer.IsFrozen).SelectMany(layer => layer.CounterNames).ToEquatableArray();

    /// <summary>How many of them are of frozen layers.</summary>
    public int FrozenCounters => Layers.Where(layer => layer.IsFrozen).Sum(layer => layer.Counters.Count);

    /// <summary>Where a layer takes something else than the output right before it: <c> ← conv1, input</c>; and which further output it gives: <c> → aux1</c>; else empty.</summary>
    public string SourcesOf(int layer)
    {
        EquatableArray<int> inputs = Layers[layer].Inputs;
        string output = string.Concat(Outputs.Where(one => one.Node == layer).Select(one => " → " + one.Name));
        return (inputs.Count == 1 && inputs[0] == layer - 1 ? "" : " ← " + string.Join(", ", inputs.Select(from => from < 0 ? Scope.Input : Layers[from].Name))) + output;
    }

    /// <summary>Whether parameters of some layer are frozen.</summary>
    public bool HasFrozen => Layers.Any(layer => layer is { IsFrozen: true, ParameterCount: > 0 });

    /// <summary>Values of parameters.</summary>
    public long ParameterCount => Layers.Sum(layer => layer.ParameterCount);

    /// <summary>Multiply-adds of one sample's forward pass.</summary>
    public long MultiplyAdds => Layers.Sum(layer => layer.MultiplyAdds);

    /// <summary>Bytes of the outputs that a prediction of one sample needs at once, at the worst layer (<see cref="ActivationMemory"/>).</summary>
    public long ActivationBytes => ActivationMemory.Of(Layers).DefaultIfEmpty(0).Max();
}
