using Microsoft.CodeAnalysis.CSharp;

namespace NetGen.Generator.Text;

/// <summary>Names as C# writes them.</summary>
internal static class Identifier
{
    /// <summary>The name, with <c>@</c> before it where it is a keyword, contextual ones included.</summary>
    public static string Escape(string name) =>
        SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None && SyntaxFacts.GetContextualKeywordKind(name) == SyntaxKind.None ? name : "@" + name;
}
