using NetGen.Generator.Diagnostics;
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
    /// <param name="graph">The network.</param>
    /// <param name="reportsProblems">No analyzer runs, so the text itself must keep a wrong network from being built.</param>
    public static string? Emit(NetworkGraph graph, bool reportsProblems)
    {
        var writer = new SourceWriter();
        NetworkIdentity identity = graph.Identity;
        if (!graph.CanBeExtended)
        {
            WriteErrors(writer, graph, reportsProblems);
            return reportsProblems ? writer.ToString() : null;
        }
        ClassPart.Write(writer, identity.Namespace, identity.ContainingTypes, part =>
        {
            WriteErrors(part, graph, reportsProblems);
            WriteClass(part, graph);
        });
        return writer.ToString();
    }

    private static void WriteErrors(SourceWriter writer, NetworkGraph graph, bool reportsProblems)
    {
        if (!reportsProblems)
            return;
        foreach (Problem problem in graph.Problems)
            writer.Line($"#error {problem.Rule.Id}: {problem.Message}");
    }

    private static void WriteClass(SourceWriter writer, NetworkGraph graph)
    {
        string name = graph.Identity.Identifier;
        DocumentationComment.Write(writer, graph);
        writer.Line($"""[global::System.CodeDom.Compiler.GeneratedCode("NetGen", "{Version}")]""");
        using (writer.Open($"partial class {name} : global::NetGen.INetwork<{name}>"))
        {
            IEnumerable<string> members = Members.Of(graph)
                .Select(member => graph.TakenMembers.Contains(member.Signature) ? member.StandIn : member.Text)
                .OfType<string>();
            writer.Line(string.Join("\n\n", members));
        }
    }

    private static string Version => typeof(SurfaceEmitter).Assembly.GetName().Version.ToString(3);
}
