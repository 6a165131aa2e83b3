using NetGen.Generator.Graph;
using NetGen.Generator.Text;

namespace NetGen.Generator.Api;

/// <summary>The documentation comment of a generated class: its layer table with a line per block, which an IDE shows when one points at the class's name.</summary>
internal static class DocumentationComment
{
    public static void Write(SourceWriter writer, NetworkGraph graph)
    {
        if (!graph.IsValid)
        {
            writer.Line("/// <summary>A network with mistakes: see the errors.</summary>");
            return;
        }
        writer.Line($"/// <summary>A network from {graph.Input} to {graph.Output}.").Line("/// <code>");
        foreach (string row in LayerTable.OfBlocks(graph).Split('\n'))
            writer.Line($"/// {row}");
        writer.Line("/// </code>").Line("/// </summary>");
    }
}
