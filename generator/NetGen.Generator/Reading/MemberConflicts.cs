using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Generator.Collections;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Graph;

namespace NetGen.Generator.Reading;

/// <summary>What a class declares that does not go with its generated part.</summary>
/// <param name="Signatures">Generated members that the class declares itself.</param>
/// <param name="Problems">A problem for each of those, and for each constructor that leaves the network uninitialised.</param>
internal sealed record MemberConflicts(EquatableArray<string> Signatures, EquatableArray<Problem> Problems)
{
    public static readonly MemberConflicts None = new([], []);

    public static MemberConflicts Find(INamedTypeSymbol network, CancellationToken cancellation)
    {
        var signatures = new List<string>();
        var problems = new List<Problem>();
        IReadOnlyList<ISymbol> members = OwnMembers.Of(network);
        string[] ofOutputs =
        [
            .. network.GetAttributes()
                .Where(attribute => AttributeReader.KindOf(attribute) == AttributeReader.OutputKind)
                .Select(attribute => attribute.ConstructorArguments.Select(argument => argument.Value as string).FirstOrDefault()).OfType<string>()
                .SelectMany(name => new[] { GraphOutput.SizeOf(name), GraphOutput.ShapeOf(name) }),
        ];
        for (var index = 0; index < members.Count; index++)
        {
            cancellation.ThrowIfCancellationRequested();
            if ((GeneratedMembers.Find(members[index].Name, Parameters(members[index])) ?? ofOutputs.FirstOrDefault(name => name == members[index].Name)) is { } generated)
            {
                signatures.Add(generated);
                string shown = generated.Replace(GeneratedMembers.ConstructorName, network.Name);
                problems.Add(Problem.Of(Rules.MemberConflict, network.Name, shown) with { Member = index });
            }
            else if (members[index] is IMethodSymbol { MethodKind: MethodKind.Constructor } constructor && !IsChained(constructor, cancellation))
            {
                problems.Add(Problem.Of(Rules.ConstructorNotChained, network.Name) with { Member = index });
            }
        }
        return new(signatures.ToEquatableArray(), problems.ToEquatableArray());
    }

    /// <summary>The types of a method's parameters, null for what is no method.</summary>
    private static string? Parameters(ISymbol member) => member is IMethodSymbol { IsGenericMethod: false } method
        ? string.Join(", ", method.Parameters.Select(parameter =>
            parameter.Type.ToDisplayString(NullableFlowState.NotNull, SymbolDisplayFormat.MinimallyQualifiedFormat)))
        : null;

    private static bool IsChained(IMethodSymbol constructor, CancellationToken cancellation) =>
        constructor.DeclaringSyntaxReferences.All(reference =>
            reference.GetSyntax(cancellation) is ConstructorDeclarationSyntax { Initializer: { } initializer }
            && initializer.IsKind(SyntaxKind.ThisConstructorInitializer));
}
