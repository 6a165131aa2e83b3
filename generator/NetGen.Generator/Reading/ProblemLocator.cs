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
        _ when problem.Rule == Rules.BaseConstructorMissing => LocateBase(network, cancellation),
        _ => OwnMembers.NameOf(network),
    };

    private static Location LocateArgument(AttributeData attribute, string? argument, CancellationToken cancellation)
    {
        if (attribute.ApplicationSyntaxReference?.GetSyntax(cancellation) is not AttributeSyntax syntax)
            return Location.None;
        AttributeArgumentSyntax? found = argument is null ? null : ArgumentSyntax.Find(attribute, syntax, argument);
        return (found?.Expression ?? (SyntaxNode)syntax).GetLocation();
    }

    /// <summary>The base class stands first in its list.</summary>
    private static Location LocateBase(INamedTypeSymbol network, CancellationToken cancellation) =>
        network.DeclaringSyntaxReferences
            .Where(reference => OwnMembers.IsOwn(reference))
            .Select(reference => (reference.GetSyntax(cancellation) as TypeDeclarationSyntax)?.BaseList?.Types.FirstOrDefault())
            .FirstOrDefault(first => first is not null)?.Type.GetLocation() ?? OwnMembers.NameOf(network);
}
