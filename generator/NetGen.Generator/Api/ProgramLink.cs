using NetGen.Generator.Graph;
using NetGen.Generator.Text;

namespace NetGen.Generator.Api;

/// <summary>
/// How the public members come by the network's program, which is in a part of its own: by a method that the compiler insists on, so that
/// no network is built without its program, whatever may have kept it from being written.
/// </summary>
internal static class ProgramLink
{
    private const string Method = $"private static partial global::NetGen.Engine.NetworkProgram {GeneratedMembers.CreateProgram}()";

    /// <summary>The members that ask for the program.</summary>
    public static Member Declaration => new("", $"""
        private static readonly global::NetGen.Engine.NetworkProgram {GeneratedMembers.Program} = {GeneratedMembers.CreateProgram}();

        {Method};
        """);

    /// <summary>The part that stands in for a program that could not be written, which is an error already.</summary>
    public static string StandIn(NetworkIdentity identity)
    {
        var writer = new SourceWriter();
        ClassPart.Write(writer, identity.Namespace, identity.ContainingTypes, part =>
        {
            using (part.Open(identity.Declaration))
                part.Line($"""{Method} => throw new global::System.InvalidOperationException("The network was built without its program.");""");
        });
        return writer.ToString();
    }
}
