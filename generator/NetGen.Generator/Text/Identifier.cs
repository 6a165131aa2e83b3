namespace NetGen.Generator.Text;

/// <summary>Names as C# writes them.</summary>
internal static class Identifier
{
    /// <summary>
    /// The name, with <c>@</c> before it where it is or may become a keyword. All of those, and the types that only look like keywords
    /// (<c>nint</c>, <c>var</c>, <c>record</c>), are small letters and underscores.
    /// </summary>
    public static string Escape(string name) => LooksLikeKeyword(name) ? "@" + name : name;

    /// <summary>Whether a name is small letters and underscores alone.</summary>
    public static bool LooksLikeKeyword(string name) => name.All(letter => letter is (>= 'a' and <= 'z') or '_');
}
