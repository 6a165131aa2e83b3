using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NetGen.CodeFixes;

/// <summary>What attributes are called in the source.</summary>
internal static class AttributeNames
{
    private const string Suffix = "Attribute";

    /// <summary>The name without namespace and without the suffix.</summary>
    public static string Of(AttributeSyntax attribute)
    {
        string name = Simple(attribute)?.Identifier.ValueText ?? "";
        return name.Length > Suffix.Length && name.EndsWith(Suffix, StringComparison.Ordinal) ? name.Substring(0, name.Length - Suffix.Length) : name;
    }

    /// <summary>The last part of the name.</summary>
    public static SimpleNameSyntax? Simple(AttributeSyntax attribute) => attribute.Name switch
    {
        QualifiedNameSyntax qualified => qualified.Right,
        AliasQualifiedNameSyntax aliased => aliased.Name,
        SimpleNameSyntax simple => simple,
        _ => null,
    };
}
