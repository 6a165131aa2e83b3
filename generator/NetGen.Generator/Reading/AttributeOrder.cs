using Microsoft.CodeAnalysis;

namespace NetGen.Generator.Reading;

/// <summary>
/// The attributes of a class that are its input, its budget, its layers and its uses of blocks in the order of the source, which Roslyn's list does not promise, and among them those that
/// the compiler does not know: they may be layers, misspelt. A problem names an attribute by its position in this order, and the analyzer
/// finds it again by the same.
/// </summary>
internal static class AttributeOrder
{
    public static IReadOnlyList<AttributeData> Of(INamedTypeSymbol type)
    {
        var trees = type.DeclaringSyntaxReferences.Select(reference => reference.SyntaxTree).Distinct().ToList();
        return
        [
            .. type.GetAttributes()
                .Where(attribute => (AttributeReader.KindOf(attribute) is not null || IsUnknown(attribute)) && attribute.ApplicationSyntaxReference is not null)
                .OrderBy(attribute => trees.IndexOf(attribute.ApplicationSyntaxReference!.SyntaxTree))
                .ThenBy(attribute => attribute.ApplicationSyntaxReference!.Span.Start),
        ];
    }

    /// <summary>The position of the first input or layer, which a class without [Network] has for nothing; null if it has none.</summary>
    public static int? FirstLayer(IReadOnlyList<AttributeData> attributes)
    {
        for (var index = 0; index < attributes.Count; index++)
        {
            if (!IsUnknown(attributes[index]) && AttributeReader.KindOf(attributes[index]) != AttributeReader.BudgetKind)
                return index;
        }
        return null;
    }

    /// <summary>The position of the first layer that stands on another declaration of the class than the layers before it.</summary>
    public static int? FirstBeyondSplit(IReadOnlyList<AttributeData> attributes)
    {
        SyntaxNode? home = null;
        for (var index = 0; index < attributes.Count; index++)
        {
            if (!AttributeReader.IsOfLayers(AttributeReader.KindOf(attributes[index])))
                continue;
            SyntaxNode? declaration = DeclarationOf(attributes[index]);
            home ??= declaration;
            if (declaration != home)
                return index;
        }
        return null;
    }

    /// <summary>The position of the input, if it is below a layer of its declaration; on another declaration than the layers it is above them all.</summary>
    public static int? InputBelowLayers(IReadOnlyList<AttributeData> attributes)
    {
        for (var index = 0; index < attributes.Count; index++)
        {
            if (AttributeReader.KindOf(attributes[index]) == AttributeReader.InputKind)
                return index != 0 && attributes.Take(index).Any(layer => DeclarationOf(layer) == DeclarationOf(attributes[index]) && AttributeReader.IsOfLayers(AttributeReader.KindOf(layer))) ? index : null;
        }
        return null;
    }

    private static SyntaxNode? DeclarationOf(AttributeData attribute) => attribute.ApplicationSyntaxReference!.GetSyntax().Parent?.Parent;

    private static bool IsUnknown(AttributeData attribute) => attribute.AttributeClass is not { TypeKind: not TypeKind.Error };
}
