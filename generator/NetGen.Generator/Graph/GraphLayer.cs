using NetGen.Generator.Collections;
using NetGen.Generator.Layers;
using NetGen.Generator.Operations;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Graph;

/// <summary>A layer in its network.</summary>
/// <param name="Name">PyTorch-like, <c>conv1</c>, or what <c>As</c> says.</param>
/// <param name="Layer">The layer as declared.</param>
/// <param name="Inputs">The layers whose outputs it takes, by their numbers; -1 is the network's input.</param>
/// <param name="Input">The shape it receives of the first.</param>
/// <param name="Output">The shape it makes.</param>
internal sealed record GraphLayer(string Name, Layer Layer, EquatableArray<int> Inputs, TensorShape Input, TensorShape Output)
{
    /// <summary>The network's input among <see cref="Inputs"/>.</summary>
    public const int NetworkInput = -1;

    /// <summary>The layer above whose parameters it has; -1: it has its own.</summary>
    public int SharedWith { get; init; } = -1;

    /// <summary>How a new network fills its weight and bias.</summary>
    public Initialization Initialization { get; init; } = Initialization.Default;

    /// <summary>The use of a block that it is from; null: the network's own.</summary>
    public UsedBlock? Use { get; init; }

    /// <summary>That layer's name; null: it has its own.</summary>
    public string? SharedName { get; init; }

    /// <summary>Whether several layers have its parameters.</summary>
    public bool IsShared { get; init; }

    /// <summary>Whether its parameters stay as they are, and it is in training what it is in evaluation.</summary>
    public bool IsFrozen { get; init; }

    /// <summary>Parameters and buffers of its own, named within the layer.</summary>
    public EquatableArray<ParameterSpec> ParameterSpecs => SharedWith >= 0 ? []
        : IsFrozen ? Initialized.Select(spec => spec with { IsFrozen = true }).ToEquatableArray()
        : Initialized;

    /// <summary>The kind and the arguments in a few words, whose parameters it has, and whether it is frozen where that makes a difference.</summary>
    public string Description => $"{Layer.Kind} {Layer.Details(Input)}".TrimEnd() + (SharedName is null ? "" : $", weights of {SharedName}") + (IsFrozen && (Layer is DropoutLayer || ParameterSpecs.Count > 0) ? ", frozen" : "");

    /// <summary>Values of parameters of its own, frozen ones too, running statistics left out, as PyTorch counts them.</summary>
    public long ParameterCount => ParameterSpecs.Where(spec => spec.IsTrainable).Sum(spec => spec.Size);

    /// <summary>Counters of its own, named within the layer.</summary>
    public EquatableArray<string> Counters => SharedWith >= 0 ? [] : Layer.Counters;

    /// <summary>The same, named within the network.</summary>
    public IEnumerable<string> CounterNames => Counters.Select(counter => $"{Name}.{counter}");

    /// <summary>Multiply-adds of one sample.</summary>
    public long MultiplyAdds => Layer.MultiplyAdds(Input);

    private EquatableArray<ParameterSpec> Initialized => Initialization.Apply(Layer.ParameterSpecs(Input));
}
