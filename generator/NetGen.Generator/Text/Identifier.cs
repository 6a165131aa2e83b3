using Microsoft.CodeAnalysis.CSharp;

namespace NetGen.Generator.Text;

/// <summary>Names as C# writes them.</summary>
internal static class Identifier
{
    /// <summary>The name, with <c>@</c> before it where it is a keyword, contextual ones included.</summary>
    public static string Escape(string name) =>
        SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None && SyntaxFacts.GetContextualKeywordKind(name) == SyntaxKind.None ? name : "@" + name;

    /// <summary>
    /// The name of a type or namespace, with <c>@</c> before it where it is or may become a keyword, or only looks like one: <c>nint</c>
    /// and <c>var</c> mean something else without the sign.
    /// </summary>
    public static string EscapeType(string name) => LooksLikeKeyword(name) ? "@" + name : name;

    /// <summary>Whether a name is small letters and underscores alone, as all keywords are.</summary>
    public static bool LooksLikeKeyword(string name) => name.All(letter => letter is (>= 'a' and <= 'z') or '_');
}
