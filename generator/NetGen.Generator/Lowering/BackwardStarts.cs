using NetGen.Generator.Collections;

namespace NetGen.Generator.Lowering;

/// <summary>From which layers a backward pass comes by a layer: those that its output leads to, itself among them.</summary>
internal sealed class BackwardStarts
{
    private readonly LayerRanges[] starts;

    /// <param name="inputs">The layers whose outputs each layer takes; below 0: the network's input.</param>
    public BackwardStarts(IReadOnlyList<EquatableArray<int>> inputs)
    {
        starts = [.. inputs.Select((_, node) => LayerRanges.One(node, inputs.Count))];
        for (int node = inputs.Count - 1; node >= 0; node--)
        {
            foreach (int from in inputs[node].Where(from => from >= 0))
                starts[from] = starts[from].Union(starts[node]);
        }
    }

    /// <summary>Of a network: with several outputs the number behind the last layer starts from all of them.</summary>
    /// <param name="inputs">The layers whose outputs each layer takes.</param>
    /// <param name="further">The layers that give further outputs.</param>
    public static BackwardStarts Of(IEnumerable<EquatableArray<int>> inputs, EquatableArray<int> further)
    {
        EquatableArray<int>[] layers = [.. inputs];
        return new BackwardStarts(further.Count == 0 ? layers : [.. layers, [.. further, layers.Length - 1]]);
    }

    /// <summary>From which it comes by a layer, and by none of some others.</summary>
    public LayerRanges Of(int node, EquatableArray<int> unless) => unless.Aggregate(starts[node], (all, other) => all.Without(starts[other]));
}
