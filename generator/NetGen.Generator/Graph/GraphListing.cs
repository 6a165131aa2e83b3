using System.Globalization;

namespace NetGen.Generator.Graph;

/// <summary>A graph as text, a layer a line: <c>conv1  Conv2d 1 → 6, 5×5  1×28×28 → 6×24×24</c>.</summary>
internal static class GraphListing
{
    public static IEnumerable<string> Write(NetworkGraph graph) =>
        graph.Layers.Select((layer, i) => string.Format(
            CultureInfo.InvariantCulture, "{0,3} {1,-12} {2,-40} {3} → {4}", i, layer.Name, $"{layer.Layer.Kind} {layer.Layer.Details(layer.Input)}".TrimEnd() + graph.SourcesOf(i), layer.Input, layer.Output));
}
