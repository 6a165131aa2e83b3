using System.Globalization;

namespace NetGen.Generator.Graph;

/// <summary>A graph as text, a layer a line: <c>conv1  Conv2d 1 → 6, 5×5  1×28×28 → 6×24×24</c>.</summary>
internal static class GraphListing
{
    /// <summary>Names of blocks' layers may be longer.</summary>
    private const int UsualName = 12;

    public static IEnumerable<string> Write(NetworkGraph graph)
    {
        int width = Math.Max(UsualName, graph.Layers.Select(layer => layer.Name.Length).DefaultIfEmpty().Max());
        return graph.Layers.Select((layer, i) => string.Format(
            CultureInfo.InvariantCulture, "{0,3} {1} {2,-40} {3} → {4}", i, layer.Name.PadRight(width), layer.Description + graph.SourcesOf(i), layer.Input, layer.Output));
    }
}
