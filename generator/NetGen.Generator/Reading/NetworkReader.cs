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

    public static NetworkDeclaration Read(INamedTypeSymbol network, CancellationToken cancellation)
    {
        IReadOnlyList<AttributeData> attributes = AttributeOrder.Of(network);
        (EquatableArray<Problem> formProblems, GeneratedPart part) = ClassForm.Check(network, cancellation);
        MemberConflicts members = part.Form == PartForm.None ? MemberConflicts.None : MemberConflicts.Find(network, cancellation);
        var problems = new List<Problem>(formProblems);
        // A class of the wrong form is to be changed first, and its members with it.
        if (formProblems.Count == 0)
            problems.AddRange(members.Problems);
        if (!IsNetwork(network))
            problems.Add(Problem.Of(Rules.NetworkMissing, network.Name) with { Attribute = AttributeOrder.FirstLayer(attributes) });
        if (AttributeOrder.FirstBeyondSplit(attributes) is { } split)
            problems.Add(Problem.Of(Rules.SplitLayers, network.Name) with { Attribute = split });
        if (AttributeOrder.InputBelowLayers(attributes) is { } below)
            problems.Add(Problem.Of(Rules.InputBelowLayers, network.Name) with { Attribute = below });
        IReadOnlyList<UnknownArgument> unknown = UnknownArgument.ReportedBy(network);
        return new NetworkDeclaration(
            IdentityReader.Read(network),
            attributes.Select((attribute, index) => AttributeReader.Read(attribute, unknown.Where(argument => argument.Attribute == index))).ToEquatableArray(),
            problems.ToEquatableArray(),
            part with { TakenMembers = members.Signatures.Concat(GeneratedMembers.Named(network.Name)).Distinct().ToEquatableArray() });
    }
}
