using System.Globalization;
using NetGen.Generator.Graph;

namespace NetGen.Generator.Api;

/// <summary>The table of a network's layers, as plain text: what the class's documentation comment and Summary show.</summary>
internal static class LayerTable
{
    private const int BytesPerFloat = 4;

    private static readonly string[] Headings = ["layer", "kind", "output", "parameters", "multiply-adds", "memory"];

    /// <summary>The columns from this one on hold numbers.</summary>
    private const int FirstNumber = 3;

    /// <summary>
    /// One line per layer, after a heading and before a total, without a line break at the end. Memory is that of the values in
    /// float32: the layer's parameters and buffers and one sample's output, unless that is the input seen otherwise.
    /// </summary>
    public static string Write(NetworkGraph graph)
    {
        List<string[]> rows = [Headings, .. graph.Layers.Select((layer, i) => Row(layer, graph.SourcesOf(i))), Total(graph)];
        int[] widths = [.. Headings.Select((_, column) => rows.Max(row => row[column].Length))];
        return string.Join("\n", rows.Select(row => Align(row, widths)));
    }

    private static string[] Row(GraphLayer layer, string sources) =>
    [
        layer.Name,
        layer.Description + sources,
        layer.Output.ToString(),
        Number(layer.ParameterCount),
        Number(layer.MultiplyAdds),
        Bytes(Floats(layer)),
    ];

    private static string[] Total(NetworkGraph graph) =>
        ["total", "", "", Number(graph.ParameterCount), Number(graph.MultiplyAdds), Bytes(graph.Layers.Sum(Floats))];

    private static long Floats(GraphLayer layer) => (layer.Layer.IsView ? 0 : layer.Output.Size) + layer.ParameterSpecs.Sum(spec => spec.Size);

    private static string Align(string[] row, int[] widths) =>
        string.Join("  ", row.Select((cell, column) => column < FirstNumber ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]))).TrimEnd();

    private static string Number(long number) => number == 0 ? "" : number.ToString("#,0", CultureInfo.InvariantCulture);

    private static string Bytes(long floats) => floats == 0 ? "" : (floats * (double)BytesPerFloat) switch
    {
        var bytes and < 1024 => bytes.ToString("0 'B'", CultureInfo.InvariantCulture),
        var bytes and < 1024 * 1024 => (bytes / 1024).ToString("0.0 'KiB'", CultureInfo.InvariantCulture),
        var bytes => (bytes / (1024 * 1024)).ToString("0.0 'MiB'", CultureInfo.InvariantCulture),
    };
}
