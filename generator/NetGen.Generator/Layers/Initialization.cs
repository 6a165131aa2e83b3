using NetGen.Generator.Collections;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Operations;

namespace NetGen.Generator.Layers;

/// <summary>How a new network fills a layer's weight and its bias.</summary>
internal sealed record Initialization(Initializer Weight, Initializer Bias)
{
    /// <summary>What the names of parameters are in PyTorch.</summary>
    private const string WeightName = "weight", BiasName = "bias";

    /// <summary>As PyTorch's layers do by themselves.</summary>
    public static readonly Initialization Default = new(new Initializer(Initializer.OfWeight, 0, []), new Initializer(Initializer.OfBias, 0, []));

    /// <summary>What is used where a layer says nothing of its own, and only of those that PyTorch draws at random.</summary>
    public Initialization? Otherwise { get; init; }

    public static Initialization Read(LayerArguments arguments) =>
        new(Initializer.Read(Initializer.OfWeight, arguments), Initializer.Read(Initializer.OfBias, arguments));

    /// <summary>What is wrong with the numbers.</summary>
    public IEnumerable<Problem> CheckNumbers(string attribute) => Weight.CheckNumbers(attribute).Concat(Bias.CheckNumbers(attribute));

    /// <summary>What is wrong with filling all layers so.</summary>
    public IEnumerable<Problem> CheckAlone(string attribute) =>
        CheckNumbers(attribute).ToList() is { Count: > 0 } wrong ? wrong : new[] { Weight.CheckName(attribute), Bias.CheckName(attribute) }.OfType<Problem>();

    /// <summary>What does not suit the layer's parameters.</summary>
    public IEnumerable<Problem> CheckShapes(string attribute, EquatableArray<ParameterSpec> specs) =>
        new[] { Weight.CheckShape(attribute, Find(specs, WeightName)), Bias.CheckShape(attribute, Find(specs, BiasName)) }.OfType<Problem>();

    /// <summary>The layer's parameters, to be filled so.</summary>
    public EquatableArray<ParameterSpec> Apply(EquatableArray<ParameterSpec> specs) => specs.Select(Apply).ToEquatableArray();

    private static ParameterSpec? Find(EquatableArray<ParameterSpec> specs, string name) => specs.FirstOrDefault(spec => spec.Name == name);

    private ParameterSpec Apply(ParameterSpec spec) => spec.Name switch
    {
        WeightName => Apply(spec, Weight, Otherwise?.Weight),
        BiasName => Apply(spec, Bias, Otherwise?.Bias),
        _ => spec,
    };

    private static ParameterSpec Apply(ParameterSpec spec, Initializer own, Initializer? otherwise) =>
        !own.IsDefault ? own.Fill(spec)
        : otherwise is not null && spec.Initialization == ParameterInitialization.Uniform ? otherwise.Fill(spec)
        : spec;
}
