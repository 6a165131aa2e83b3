using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Generator.Collections;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Graph;

namespace NetGen.Generator.Reading;

/// <summary>Whether a class is of a form that another part can be written for.</summary>
internal static class ClassForm
{
    /// <summary>What a network cannot be, in the words of the message, and why.</summary>
    private static readonly (Func<INamedTypeSymbol, bool> IsSo, string What, string Why)[] Unsupported =
    [
        (type => type.IsRecord, "a record", "records compare by value, a network has an identity: its parameters change as it is trained"),
        (type => type.IsStatic, "static", "a network is an object, so that a program can have several"),
        (type => type.IsAbstract, "abstract", "NetGen writes a constructor that creates it"),
        (type => type.IsFileLocal || Containers(type).Any(container => container.IsFileLocal), "file-local or within a file-local type", "NetGen writes the other part of it in another file"),
        (HasPrimaryConstructor, "declared with a primary constructor", "NetGen's own constructors could not call it"),
        (IsDerivedFromNetwork, "derived from another network", "it would have every generated member twice"),
        (IsNamedLikeMember, "named like a member that NetGen writes", "C# allows no member to have the name of its class"),
        (IsGeneric, "generic or within a generic type", "its sizes are constants, the same for every type argument"),
    ];

    public static (EquatableArray<Problem> Problems, bool CanBeExtended) Check(INamedTypeSymbol network, CancellationToken cancellation)
    {
        Problem? problem = Unsupported
            .Where(form => form.IsSo(network))
            .Select(form => Problem.Of(Rules.UnsupportedClass, network.Name, form.What, form.Why))
            .FirstOrDefault();
        if (problem is null && !IsPartial(network, cancellation))
            problem = Problem.Of(Rules.NotPartial, network.Name);
        problem ??= Containers(network)
            .Where(container => !IsPartial(container, cancellation))
            .Select(container => Problem.Of(Rules.ContainerNotPartial, network.Name, container.Name))
            .FirstOrDefault();
        return problem is null ? ([], true) : ([problem], false);
    }

    /// <summary>The types that contain a type, from the inside out.</summary>
    public static IEnumerable<INamedTypeSymbol> Containers(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? container = type.ContainingType; container is not null; container = container.ContainingType)
            yield return container;
    }

    private static bool IsDerivedFromNetwork(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? ancestor = type.BaseType; ancestor is not null; ancestor = ancestor.BaseType)
        {
            if (ancestor.GetAttributes().Any(attribute => attribute.AttributeClass?.ToDisplayString() == NetworkReader.NetworkAttribute))
                return true;
        }
        return false;
    }

    private static bool IsNamedLikeMember(INamedTypeSymbol type) => GeneratedMembers.Find(type.Name, parameters: null) is not null;

    private static bool IsGeneric(INamedTypeSymbol type) => type.IsGenericType;

    private static bool HasPrimaryConstructor(INamedTypeSymbol type) =>
        type.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax() is TypeDeclarationSyntax { ParameterList: not null });

    private static bool IsPartial(INamedTypeSymbol type, CancellationToken cancellation) =>
        type.DeclaringSyntaxReferences.All(reference =>
            reference.GetSyntax(cancellation) is TypeDeclarationSyntax declaration && declaration.Modifiers.Any(SyntaxKind.PartialKeyword));
}
