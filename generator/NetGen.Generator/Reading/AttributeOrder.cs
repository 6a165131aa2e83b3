using Microsoft.CodeAnalysis;

namespace NetGen.Generator.Reading;

/// <summary>
/// The input and layer attributes of a class in the order of the source, which Roslyn's list does not promise. A problem names an
/// attribute by its place in this order, and the analyzer finds it again by the same.
/// </summary>
internal static class AttributeOrder
{
    public static IReadOnlyList<AttributeData> Of(INamedTypeSymbol type)
    {
        var trees = type.DeclaringSyntaxReferences.Select(reference => reference.SyntaxTree).Distinct().ToList();
        return
        [
            .. type.GetAttributes()
                .Where(attribute => AttributeReader.KindOf(attribute) is not null && attribute.ApplicationSyntaxReference is not null)
                .OrderBy(attribute => trees.IndexOf(attribute.ApplicationSyntaxReference!.SyntaxTree))
                .ThenBy(attribute => attribute.ApplicationSyntaxReference!.Span.Start),
        ];
    }

    /// <summary>The place of the first layer that stands on another declaration of the class than the layers before it.</summary>
    public static int? FirstBeyondSplit(IReadOnlyList<AttributeData> attributes)
    {
        SyntaxNode? home = null;
        for (var index = 0; index < attributes.Count; index++)
        {
            if (AttributeReader.KindOf(attributes[index]) == AttributeReader.InputKind)
                continue;
            SyntaxNode? declaration = attributes[index].ApplicationSyntaxReference!.GetSyntax().Parent?.Parent;
            home ??= declaration;
            if (declaration != home)
                return index;
        }
        return null;
    }
}
