using NetGen.Generator.Collections;
using NetGen.Generator.Graph;
using NetGen.Generator.Layers;
using NetGen.Generator.Operations;
using NetGen.Generator.Shapes;

namespace NetGen.Generator.Lowering;

/// <summary>All parameters of a network in one flat buffer, the trainable ones first.</summary>
/// <param name="Layers">The parameters of each layer, in PyTorch's order.</param>
/// <param name="Specs">The same, as the layers declare them.</param>
/// <param name="TrainableFloats">Floats of the trainable part.</param>
/// <param name="Floats">Floats in all.</param>
internal sealed record ParameterTable(
    EquatableArray<EquatableArray<ParameterPlace>> Layers, EquatableArray<EquatableArray<ParameterSpec>> Specs, int TrainableFloats, int Floats)
{
    public static ParameterTable Of(NetworkGraph graph)
    {
        var offsets = new Dictionary<(int Layer, string Name), (ParameterLayout Layout, int Offset)>();
        int end = 0, trainable = 0;
        foreach (bool isTrainable in new[] { true, false })
        {
            for (var i = 0; i < graph.Layers.Count; i++)
            {
                GraphLayer layer = graph.Layers[i];
                var placement = new Placement(ReadsRows(graph, i), OutputsAreRows(graph, i));
                foreach (ParameterSpec spec in layer.ParameterSpecs.Where(s => s.IsTrainable == isTrainable))
                {
                    ParameterLayout layout = layer.Layer.Place(spec, layer.Input, placement);
                    offsets.Add((i, spec.Name), (layout, end));
                    end = checked(end + PassBuilder.Padded(layout.Floats));
                }
            }
            if (isTrainable)
                trainable = end;
        }
        EquatableArray<ParameterPlace> PlacesOf(GraphLayer layer, int index) => layer.ParameterSpecs.Select(spec =>
        {
            (ParameterLayout layout, int offset) = offsets[(index, spec.Name)];
            string name = layer.Name + "." + spec.Name;
            var value = new Tensor(name, Space.Parameters, layout.Floats, false, offset);
            return new ParameterPlace(name, value, value with { Name = PassBuilder.TensorName(name, "gradient"), Space = Space.Gradients }, spec.Shape, layout.Axes);
        }).ToEquatableArray();
        return new ParameterTable(
            graph.Layers.Select(PlacesOf).ToEquatableArray(), graph.Layers.Select(l => l.ParameterSpecs).ToEquatableArray(), trainable, end);
    }

    /// <summary>Whether a layer gets the user's rows untouched.</summary>
    public static bool ReadsRows(NetworkGraph graph, int index) =>
        graph.Layers[index].Layer.ReadsRowsInPlace && graph.Layers.Take(index).All(l => l.Layer.IsView);

    /// <summary>
    /// Whether a linear layer's weights lie as rows of inputs: where they fill vectors better than columns of outputs, and no pass needs
    /// outputs as lanes.
    /// </summary>
    private static bool OutputsAreRows(NetworkGraph graph, int index)
    {
        if (!graph.Layers[index].Layer.CanSumAlongLanes || LayoutChoice.ForBatches(graph) != PassLayout.ChannelsLast)
            return false;
        TensorShape input = graph.Layers[index].Input;
        bool isRun = ReadsRows(graph, index) || input.Area == 1;
        int outputs = graph.Layers[index].Output.Size, blocks = input.Size / PassBuilder.Block;
        // Summing a vector's lanes costs about as much as three multiply-adds.
        const int SumCost = 3;
        long asRows = (long)outputs * (blocks + SumCost), asColumns = (long)input.Size * (PassBuilder.Padded(outputs) / PassBuilder.Block);
        return isRun && input.Size % PassBuilder.Block == 0 && asRows < asColumns;
    }
}
