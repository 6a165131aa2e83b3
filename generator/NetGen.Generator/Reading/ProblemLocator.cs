using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Generator.Diagnostics;

namespace NetGen.Generator.Reading;

/// <summary>Finds the location in the source of a problem that knows only which attribute, argument or member of its class it is about.</summary>
internal static class ProblemLocator
{
    public static Location Locate(INamedTypeSymbol type, Problem problem, CancellationToken cancellation) => problem switch
    {
        { Attribute: { } index } => LocateArgument(AttributeOrder.Of(type)[index], problem.Argument, cancellation),
        { Member: { } index } => OwnMembers.NameOf(OwnMembers.Of(type)[index]),
        _ when problem.Rule == Rules.ContainerNotPartial =>
            OwnMembers.NameOf(ClassForm.Containers(type).First(container => container.Name == problem.Texts[1])),
        _ when problem.Rule == Rules.BaseConstructorMissing => LocateBase(type, cancellation),
        _ => OwnMembers.NameOf(type),
    };

    private static Location LocateArgument(AttributeData attribute, string? argument, CancellationToken cancellation)
    {
        if (attribute.ApplicationSyntaxReference?.GetSyntax(cancellation) is not AttributeSyntax syntax)
            return Location.None;
        AttributeArgumentSyntax? found = argument is null ? null : ArgumentSyntax.Find(attribute, syntax, argument);
        return (found?.Expression ?? (SyntaxNode)syntax).GetLocation();
    }

    /// <summary>The base class stands first in the list of the part that has it; other parts may list interfaces only.</summary>
    private static Location LocateBase(INamedTypeSymbol network, CancellationToken cancellation)
    {
        TypeSyntax[] first =
        [
            .. network.DeclaringSyntaxReferences
                .Where(reference => OwnMembers.IsOwn(reference))
                .Select(reference => (reference.GetSyntax(cancellation) as TypeDeclarationSyntax)?.BaseList?.Types.FirstOrDefault()?.Type)
                .OfType<TypeSyntax>(),
        ];
        // Under an alias the name is another; then the first list it is.
        return (first.FirstOrDefault(type => NameOf(type) == network.BaseType?.Name) ?? first.FirstOrDefault())?.GetLocation() ?? OwnMembers.NameOf(network);
    }

    private static string? NameOf(TypeSyntax type) => type switch
    {
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax alias => alias.Name.Identifier.ValueText,
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        _ => null,
    };
}
