using Microsoft.CodeAnalysis;
using NetGen.Generator.Diagnostics;

namespace NetGen.Generator.Reading;

/// <summary>Whether a class is of a form that makes a block.</summary>
internal static class BlockForm
{
    /// <summary>The attribute that makes a class a block, and the one of its parameters.</summary>
    private const string BlockAttribute = "NetGen.BlockAttribute", ParameterAttribute = "NetGen.ParameterAttribute";

    public static bool IsBlock(INamedTypeSymbol type) => Has(type, BlockAttribute);

    /// <summary>Why a class cannot be used as a block, whatever its layers, in the words of the message; null: it can.</summary>
    /// <param name="type">The class.</param>
    /// <param name="project">The assembly that uses it.</param>
    public static string? Refusal(INamedTypeSymbol type, IAssemblySymbol project) =>
        !SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, project) ? $"is in assembly '{type.ContainingAssembly.Name}': blocks are read from source, so add its file to this project"
        : IsBlock(type) ? null
        : NetworkReader.IsNetwork(type) ? "is a network: give its layers to a block that both use"
        : AttributeOrder.FirstLayer(AttributeOrder.Of(type)) is not null ? null
        : "has no [Block] and no layers";

    /// <summary>What is wrong with the class of a block, reported with it.</summary>
    public static IEnumerable<Problem> Check(INamedTypeSymbol block)
    {
        IReadOnlyList<AttributeData> attributes = AttributeOrder.Of(block);
        if (!IsBlock(block))
            return [Problem.Of(Rules.NetworkMissing, block.Name) with { Attribute = AttributeOrder.FirstLayer(attributes) }];
        if (NetworkReader.IsNetwork(block))
            return [Problem.Of(Rules.BlockAndNetwork, block.Name)];
        return [.. CheckAttributes(block, attributes), .. CheckParameters(block)];
    }

    /// <summary>The constants that are parameters, in the order of the source.</summary>
    public static IReadOnlyList<IFieldSymbol> ParametersOf(INamedTypeSymbol block) => [.. OwnMembers.Of(block).OfType<IFieldSymbol>().Where(IsParameter)];

    private static IEnumerable<Problem> CheckAttributes(INamedTypeSymbol block, IReadOnlyList<AttributeData> attributes)
    {
        if (AttributeOrder.FirstBeyondSplit(attributes) is { } split)
            yield return Problem.Of(Rules.SplitLayers, "block", block.Name) with { Attribute = split };
        for (var index = 0; index < attributes.Count; index++)
        {
            if (AttributeReader.KindOf(attributes[index]) == AttributeReader.InputKind)
                yield return Problem.Of(Rules.InputOfBlock, block.Name) with { Attribute = index };
            if (AttributeReader.KindOf(attributes[index]) == AttributeReader.BudgetKind)
                yield return Problem.Of(Rules.BudgetOfBlock, block.Name) with { Attribute = index };
            if (AttributeReader.KindOf(attributes[index]) == AttributeReader.OutputKind)
                yield return Problem.Of(Rules.OutputOfBlock, block.Name) with { Attribute = index };
        }
        if (!attributes.Any(attribute => AttributeReader.KindOf(attribute) is var kind && (kind is null || AttributeReader.IsOfLayers(kind))))
            yield return Problem.Of(Rules.BlockWithoutLayers, block.Name);
    }

    private static IEnumerable<Problem> CheckParameters(INamedTypeSymbol block)
    {
        IReadOnlyList<ISymbol> members = OwnMembers.Of(block);
        for (var index = 0; index < members.Count; index++)
        {
            if (members[index] is IFieldSymbol field && IsParameter(field) && field is not { IsConst: true, Type.SpecialType: SpecialType.System_Int32 })
                yield return Problem.Of(Rules.ParameterNotConstant, field.Name, block.Name) with { Member = index };
        }
    }

    private static bool IsParameter(ISymbol member) => Has(member, ParameterAttribute);

    private static bool Has(ISymbol symbol, string attribute) => symbol.GetAttributes().Any(one => one.AttributeClass?.ToDisplayString() == attribute);
}
