using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace NetGen.Generator.Reading;

/// <summary>
/// The members that the user's own parts of a class declare. The analyzer runs over the finished compilation, which holds the
/// generated part too; the generator runs before it.
/// </summary>
internal static class OwnMembers
{
    /// <summary>The full name of the generator's class, which Roslyn puts into the paths of its trees.</summary>
    public const string GeneratorName = "NetGen.Generator.NetworkGenerator";

    public static IReadOnlyList<ISymbol> Of(INamedTypeSymbol type) =>
        [.. type.GetMembers().Where(member => !member.IsImplicitlyDeclared && IsOwn(member))];

    /// <summary>Whether a part of the member's declaration is the user's.</summary>
    public static bool IsOwn(ISymbol member) => member.DeclaringSyntaxReferences.Any(IsOwn);

    /// <summary>Whether the tree is the user's.</summary>
    public static bool IsOwn(SyntaxReference reference) => !reference.SyntaxTree.FilePath.Contains(GeneratorName);

    /// <summary>Where a symbol's name stands in the user's source.</summary>
    public static Location NameOf(ISymbol symbol) =>
        symbol.Locations.FirstOrDefault(location => location.SourceTree is { } tree && !tree.FilePath.Contains(GeneratorName)) ?? Location.None;
}
