using Microsoft.CodeAnalysis;

namespace NetGen.Generator.Reading;

/// <summary>The classes of the blocks that a network uses.</summary>
internal static class UsedBlocks
{
    /// <summary>The blocks that a class uses, and those that they use, each once.</summary>
    public static IReadOnlyList<INamedTypeSymbol> Of(INamedTypeSymbol type)
    {
        var blocks = new List<INamedTypeSymbol>();
        Add(type);
        for (var next = 0; next < blocks.Count; next++)
            Add(blocks[next]);
        return blocks;

        void Add(INamedTypeSymbol user)
        {
            foreach (INamedTypeSymbol block in AttributeOrder.Of(user).Select(BlockOf).OfType<INamedTypeSymbol>())
            {
                if (!blocks.Contains(block, SymbolEqualityComparer.Default))
                    blocks.Add(block);
            }
        }
    }

    /// <summary>The block that an attribute uses; null where it is no use, or not of a class.</summary>
    public static INamedTypeSymbol? BlockOf(AttributeData attribute) =>
        AttributeReader.KindOf(attribute) == AttributeReader.UseKind && attribute.AttributeClass!.TypeArguments[0] is INamedTypeSymbol { TypeKind: TypeKind.Class } block
            ? block.OriginalDefinition
            : null;

    /// <summary>A name that no other class of the project has; of one that is its file's own, metadata's name has the file.</summary>
    public static string KeyOf(INamedTypeSymbol block) =>
        $"{block.ContainingNamespace.ToDisplayString()}.{string.Join("+", ClassForm.Containers(block).Reverse().Append(block).Select(type => type.MetadataName))}";

    /// <summary>The class of a problem: the block with that key, or the network itself.</summary>
    public static INamedTypeSymbol Find(INamedTypeSymbol network, string? key) =>
        key is null ? network : Of(network).FirstOrDefault(block => KeyOf(block) == key) ?? network;
}
