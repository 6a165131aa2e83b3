using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Generator.Diagnostics;

namespace NetGen.Generator.Reading;

/// <summary>Finds the place in the source of a problem that knows only which attribute, argument or member it is about.</summary>
internal static class ProblemLocator
{
    public static Location Locate(INamedTypeSymbol network, Problem problem, CancellationToken cancellation) => problem switch
    {
        { Attribute: { } index } => LocateArgument(AttributeOrder.Of(network)[index], problem.Argument, cancellation),
        { Member: { } index } => OwnMembers.NameOf(OwnMembers.Of(network)[index]),
        _ when problem.Rule == Rules.ContainerNotPartial =>
            OwnMembers.NameOf(ClassForm.Containers(network).First(container => container.Name == problem.Texts[1])),
        _ => OwnMembers.NameOf(network),
    };

    private static Location LocateArgument(AttributeData attribute, string? argument, CancellationToken cancellation)
    {
        if (attribute.ApplicationSyntaxReference?.GetSyntax(cancellation) is not AttributeSyntax syntax)
            return Location.None;
        AttributeArgumentSyntax? found = argument is null
            ? null
            : syntax.ArgumentList?.Arguments.Select((node, place) => (node, place))
                .FirstOrDefault(candidate => NameOf(attribute, candidate.node, candidate.place) == argument).node;
        return (found?.Expression ?? (SyntaxNode)syntax).GetLocation();
    }

    /// <summary>The parameter or property that an argument is for.</summary>
    private static string? NameOf(AttributeData attribute, AttributeArgumentSyntax argument, int place) =>
        argument.NameEquals?.Name.Identifier.ValueText
        ?? argument.NameColon?.Name.Identifier.ValueText
        ?? (attribute.AttributeConstructor is { } constructor && place < constructor.Parameters.Length ? constructor.Parameters[place].Name : null);
}
