using NetGen.Generator.Graph;
using NetGen.Generator.Text;

namespace NetGen.Generator.Api;

/// <summary>
/// Writes the public members of a network's class. A class with mistakes gets the same members, without a program to run, so that
/// the code that calls them still compiles and the mistake is the only error.
/// </summary>
internal static class SurfaceEmitter
{
    /// <summary>The file's text, or null where nothing can be added to the class.</summary>
    public static string? Emit(NetworkGraph graph)
    {
        if (graph.Part.Form == PartForm.None)
            return null;
        var writer = new SourceWriter();
        ClassPart.Write(writer, graph.Identity.Namespace, graph.Identity.ContainingTypes, part => WriteClass(part, graph));
        return writer.ToString();
    }

    private static void WriteClass(SourceWriter writer, NetworkGraph graph)
    {
        DocumentationComment.Write(writer, graph);
        using (writer.Open(graph.Identity.Declaration + Interface(graph)))
        {
            IEnumerable<string> members = Members.Of(graph)
                .Select(member => graph.Part.TakenMembers.Contains(member.Signature) ? member.StandIn : member.Text)
                .OfType<string>();
            writer.Line(string.Join("\n\n", members));
        }
    }

    private static string Interface(NetworkGraph graph) =>
        graph.Part.Form == PartForm.Members ? $" : global::NetGen.INetwork<{graph.Identity.Identifier}>" : "";
}
