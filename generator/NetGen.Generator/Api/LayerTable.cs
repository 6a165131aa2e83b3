using System.Globalization;
using NetGen.Generator.Graph;

namespace NetGen.Generator.Api;

/// <summary>
/// The table of a network's layers, as plain text: what the class's documentation comment and Summary show. A line per layer, after a heading and before a
/// total, without a line break at the end. Activations are the bytes of outputs that must be there while the layer runs (<see cref="ActivationMemory"/>), in
/// the last line the most of them.
/// </summary>
internal static class LayerTable
{
    private static readonly string[] Headings = ["layer", "kind", "output", "parameters", "multiply-adds", "activations"];

    /// <summary>The columns from this one on hold numbers.</summary>
    private const int FirstNumber = 3;

    /// <summary>All layers.</summary>
    public static string Of(NetworkGraph graph) => Write(graph, Lines(graph));

    /// <summary>The layers of a use of a block are one line.</summary>
    public static string OfBlocks(NetworkGraph graph)
    {
        var lines = new List<Line>();
        UsedBlock? before = null;
        foreach ((Line line, UsedBlock? use) in Lines(graph).Zip(graph.Layers, (line, layer) => (line, layer.Use)))
        {
            if (use is null)
                lines.Add(line);
            else if (use == before)
                lines[lines.Count - 1] = lines[lines.Count - 1].And(line);
            else
                lines.Add(line with { Name = use.Name, Kind = use.Block });
            before = use;
        }
        return Write(graph, lines);
    }

    private static IEnumerable<Line> Lines(NetworkGraph graph)
    {
        IReadOnlyList<long> activations = ActivationMemory.Of(graph.Layers);
        return graph.Layers.Select((layer, i) => new Line(
            layer.Name, layer.Description + graph.SourcesOf(i), layer.Output.ToString(), layer.ParameterCount, layer.MultiplyAdds, activations[i]));
    }

    private static string Write(NetworkGraph graph, IEnumerable<Line> lines)
    {
        var total = new Line("total", "", "", graph.ParameterCount, graph.MultiplyAdds, graph.ActivationBytes);
        List<string[]> rows = [Headings, .. lines.Append(total).Select(line => line.Cells)];
        int[] widths = [.. Headings.Select((_, column) => rows.Max(row => row[column].Length))];
        return string.Join("\n", rows.Select(row => Align(row, widths)));
    }

    private static string Align(string[] row, int[] widths) =>
        string.Join("  ", row.Select((cell, column) => column < FirstNumber ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]))).TrimEnd();

    private sealed record Line(string Name, string Kind, string Output, long Parameters, long MultiplyAdds, long Activations)
    {
        public string[] Cells => [Name, Kind, Output, Number(Parameters), Number(MultiplyAdds), Bytes(Activations)];

        /// <summary>One line of two: the layer behind makes the output, and the worse one decides what is needed at once.</summary>
        public Line And(Line next) => next with
        {
            Name = Name,
            Kind = Kind,
            Parameters = Parameters + next.Parameters,
            MultiplyAdds = MultiplyAdds + next.MultiplyAdds,
            Activations = Math.Max(Activations, next.Activations),
        };

        private static string Number(long number) => number == 0 ? "" : number.ToString("#,0", CultureInfo.InvariantCulture);

        private static string Bytes(long bytes) => (double)bytes switch
        {
            0 => "",
            < 1024 => bytes.ToString("0 'B'", CultureInfo.InvariantCulture),
            < 1024 * 1024 => (bytes / 1024.0).ToString("0.0 'KiB'", CultureInfo.InvariantCulture),
            _ => (bytes / (1024.0 * 1024)).ToString("0.0 'MiB'", CultureInfo.InvariantCulture),
        };
    }
}
