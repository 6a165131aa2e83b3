using NetGen.Generator.Collections;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Layers;

namespace NetGen.Generator.Graph;

/// <summary>A layer in its place in the network, whatever block it is from.</summary>
/// <param name="Name">Its name in the network.</param>
/// <param name="Layer">The layer, its arguments worked out.</param>
/// <param name="Sources">What it takes: first <c>From</c> or the output right before it, then what it merges with that.</param>
/// <param name="Origin">The attribute that declares it.</param>
internal sealed record ExpandedLayer(string Name, Layer Layer, EquatableArray<Source> Sources, Origin Origin)
{
    /// <summary>The layer whose parameters it has; -1: it has its own.</summary>
    public int SharedWith { get; init; } = -1;

    /// <summary>Whether it is frozen, or a use around it is.</summary>
    public bool IsFrozen { get; init; }

    /// <summary>How a new network fills its weight and bias.</summary>
    public Initialization Initialization { get; init; } = Initialization.Default;

    /// <summary>The use of a block that it is from; null: the network's own.</summary>
    public UsedBlock? Use { get; init; }
}

/// <summary>An output that a layer takes.</summary>
/// <param name="Name">What it is called where it is taken.</param>
/// <param name="Node">The layer's number; <see cref="GraphLayer.NetworkInput"/>; <see cref="Unknown"/>.</param>
internal readonly record struct Source(string Name, int Node)
{
    /// <summary>A source that cannot be told.</summary>
    public const int Unknown = -2;
}

/// <summary>A network with its blocks expanded and its names resolved.</summary>
/// <param name="Layers">The layers, in order.</param>
/// <param name="Outputs">Further outputs.</param>
/// <param name="Problems">What is wrong with names and with uses of blocks.</param>
/// <param name="Elsewhere">What is wrong with the classes of blocks, which is reported with them.</param>
/// <param name="IsComplete">False: an attribute has no reading.</param>
internal sealed record ExpandedNetwork(
    EquatableArray<ExpandedLayer> Layers, EquatableArray<GraphOutput> Outputs, EquatableArray<Problem> Problems, EquatableArray<Problem> Elsewhere, bool IsComplete);
