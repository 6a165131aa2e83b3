using Microsoft.CodeAnalysis;
using NetGen.Generator.Collections;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Graph;

namespace NetGen.Generator.Reading;

/// <summary>Reads a class with [Network], or with layers that lack it, into plain records.</summary>
internal static class NetworkReader
{
    /// <summary>The attribute that makes a class a network.</summary>
    public const string NetworkAttribute = "NetGen.NetworkAttribute";

    public static bool IsNetwork(INamedTypeSymbol type) => type.GetAttributes().Any(attribute => attribute.AttributeClass?.ToDisplayString() == NetworkAttribute);

    public static NetworkDeclaration Read(INamedTypeSymbol network, Compilation compilation, CancellationToken cancellation)
    {
        IReadOnlyList<AttributeData> attributes = AttributeOrder.Of(network);
        (EquatableArray<Problem> formProblems, GeneratedPart part) = ClassForm.Check(network, cancellation);
        MemberConflicts members = part.Form == PartForm.None ? MemberConflicts.None : MemberConflicts.Find(network, cancellation);
        var problems = new List<Problem>(formProblems);
        // A class of the wrong form is to be changed first, and its members with it.
        if (formProblems.Count == 0)
            problems.AddRange(members.Problems);
        if (BlockForm.IsBlock(network))
            problems.Add(Problem.Of(Rules.BlockAndNetwork, network.Name));
        if (!IsNetwork(network))
            problems.Add(Problem.Of(Rules.NetworkMissing, network.Name) with { Attribute = AttributeOrder.FirstLayer(attributes) });
        if (AttributeOrder.FirstBeyondSplit(attributes) is { } split)
            problems.Add(Problem.Of(Rules.SplitLayers, "network", network.Name) with { Attribute = split });
        if (AttributeOrder.InputBelowLayers(attributes) is { } below)
            problems.Add(Problem.Of(Rules.InputBelowLayers, network.Name) with { Attribute = below });
        IReadOnlyList<UnknownArgument> unknown = UnknownArgument.ReportedBy(network);
        return new NetworkDeclaration(
            IdentityReader.Read(network),
            new AttributeReader(network.ContainingAssembly, expressions: null).Read(attributes, [.. unknown.Where(argument => argument.Block is null)]),
            problems.ToEquatableArray(),
            part with { TakenMembers = members.Signatures.Concat(GeneratedMembers.Named(network.Name)).Distinct().ToEquatableArray() })
        {
            Blocks = UsedBlocks.Of(network)
                .Where(block => BlockForm.Refusal(block, network.ContainingAssembly) is null)
                .Select(block => ReadBlock(block, compilation, [.. unknown.Where(argument => argument.Block == UsedBlocks.KeyOf(block))], cancellation))
                .ToEquatableArray(),
        };
    }

    private static BlockDeclaration ReadBlock(INamedTypeSymbol block, Compilation compilation, IReadOnlyList<UnknownArgument> unknown, CancellationToken cancellation)
    {
        var expressions = new ExpressionReader(BlockForm.ParametersOf(block), compilation, cancellation);
        return new BlockDeclaration(
            UsedBlocks.KeyOf(block),
            block.Name,
            expressions.Parameters,
            new AttributeReader(block.ContainingAssembly, expressions).Read(AttributeOrder.Of(block), unknown),
            BlockForm.Check(block).ToEquatableArray());
    }
}
