using Microsoft.CodeAnalysis;
using NetGen.Generator.Collections;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Graph;

namespace NetGen.Generator.Reading;

/// <summary>Reads a class with [Network] into plain records.</summary>
internal static class NetworkReader
{
    /// <summary>The attribute that makes a class a network.</summary>
    public const string NetworkAttribute = "NetGen.NetworkAttribute";

    public static NetworkDeclaration Read(INamedTypeSymbol network, CancellationToken cancellation)
    {
        IReadOnlyList<AttributeData> attributes = AttributeOrder.Of(network);
        (EquatableArray<Problem> formProblems, bool canBeExtended) = ClassForm.Check(network, cancellation);
        MemberConflicts members = canBeExtended ? MemberConflicts.Find(network, cancellation) : MemberConflicts.None;
        var problems = new List<Problem>(formProblems);
        problems.AddRange(members.Problems);
        if (AttributeOrder.FirstBeyondSplit(attributes) is { } split)
            problems.Add(Problem.Of(Rules.SplitLayers, network.Name) with { Attribute = split });
        return new NetworkDeclaration(
            IdentityReader.Read(network),
            attributes.Select(AttributeReader.Read).ToEquatableArray(),
            problems.ToEquatableArray(),
            canBeExtended,
            members.Signatures);
    }
}
