using NetGen.Engine;

namespace NetGen;

/// <summary>A named parameter of a network, such as <c>conv1.weight</c>, or a buffer, such as <c>bn1.running_mean</c>.</summary>
public sealed class Parameter
{
    private const string WeightEnd = ".weight", BiasEnd = ".bias";
    private readonly NetworkState network;
    private readonly ParameterDefinition definition;
    private ParameterValues? gradient;

    internal Parameter(NetworkState network, ParameterDefinition definition)
    {
        this.network = network;
        this.definition = definition;
        Values = new(network.Values, definition, network);
    }

    /// <summary>PyTorch's name, which is also its name in files.</summary>
    public string Name => definition.Name;

    /// <summary>PyTorch's shape, for example [6, 1, 5, 5] for the weight of a convolution.</summary>
    public Shape Shape => definition.Shape;

    /// <summary>Whether optimizers change it: false for running statistics and in frozen layers, which have no gradient.</summary>
    public bool IsTrainable => definition.IsTrainable;

    /// <summary>Whether it is of a frozen layer, which training leaves as it is.</summary>
    public bool IsFrozen => definition.IsFrozen;

    /// <summary>
    /// Whether it is a bias, or the weight of a normalisation or a scale, each value of which counts for one channel or value by itself: no matrix, and
    /// nothing that weight decay is meant for.
    /// </summary>
    public bool IsBiasOrNorm => Shape.Rank <= 1 || Name.EndsWith(BiasEnd, StringComparison.Ordinal)
        || (Name.EndsWith(WeightEnd, StringComparison.Ordinal) && network.Definition.Parameters.Any(
            other => other.Name == $"{Name[..^WeightEnd.Length]}{BiasEnd}" && other.Shape == Shape));

    /// <summary>The values. Writing to them changes the network; not while it predicts or trains on another thread.</summary>
    public ParameterValues Values { get; }

    /// <summary>
    /// The gradient of the last backward pass, or of the last training step's mean loss; 0 before the first. Weight decay is not in it.
    /// </summary>
    /// <exception cref="InvalidOperationException">The parameter is not trainable.</exception>
    public ParameterValues Gradient => IsTrainable
        ? gradient ??= new(network.Gradients, definition, written: null)
        : throw new InvalidOperationException($"{Name} is {(IsFrozen ? "frozen in" : "a running statistic of")} {network.Definition.Name}, and has no gradient.");

    /// <summary>Its first float in memory, among the network's parameters.</summary>
    internal int Start => definition.Offset + (int)definition.Layout.Sum(stride => Math.Min(0, stride.Reach));

    /// <summary>The float after its last.</summary>
    internal int End => definition.Offset + (int)definition.Layout.Sum(stride => Math.Max(0, stride.Reach)) + 1;

    /// <summary>Where it lies.</summary>
    internal ParameterDefinition Definition => definition;

    /// <summary>Name and shape.</summary>
    public override string ToString() => $"{Name} {Shape}";
}
