using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Generator.Collections;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Graph;

namespace NetGen.Generator.Reading;

/// <summary>
/// Whether a class is of a form that another part makes a network. Where it is not, its public members are written all the same as far as
/// C# allows, so that the mistake is the only error.
/// </summary>
internal static class ClassForm
{
    /// <summary>What a network cannot be.</summary>
    /// <param name="IsSo">Whether a class is that.</param>
    /// <param name="What">In the words of the message.</param>
    /// <param name="Why">The reason, in the words of the message.</param>
    /// <param name="Part">What a class of that form can hold all the same.</param>
    private sealed record Unfit(Func<INamedTypeSymbol, bool> IsSo, string What, string Why, GeneratedPart Part);

    private static readonly GeneratedPart WithoutNew = GeneratedPart.Whole with { SparesCallers = false };

    private static readonly GeneratedPart Static = new(PartForm.Constants, []) { SparesCallers = false };

    private static readonly Unfit[] UnfitForms =
    [
        new(type => type.IsStatic, "static", "a network is an object, so that a program can have several", Static),
        new(type => type.IsFileLocal || Containers(type).Any(container => container.IsFileLocal), "file-local or within a file-local type", "NetGen writes the other part of it in another file", GeneratedPart.None),
        new(type => type.IsAbstract, "abstract", "NetGen writes a constructor that creates it", WithoutNew),
        new(type => type.IsRecord, "a record", "records compare by value, a network has an identity: its parameters change as it is trained", GeneratedPart.Whole),
        new(type => PrimaryConstructor(type) is not null, "declared with a primary constructor", "NetGen's own constructors could not call it", GeneratedPart.Whole),
        new(IsDerivedFromNetwork, "derived from another network", "it would have every generated member twice", GeneratedPart.Whole),
        new(type => GeneratedMembers.Named(type.Name).Count != 0, "named like a member that NetGen writes", "C# allows no member to have the name of its class", GeneratedPart.Whole),
        new(type => type.IsGenericType, "generic or within a generic type", "its sizes are constants, the same for every type argument", GeneratedPart.Whole),
        new(HasRequiredMembers, "given required members", "NetGen creates it in Load and could not set them", WithoutNew),
    ];

    /// <summary>What is wrong with the class's form, at most one problem, and what a part of it can hold.</summary>
    public static (EquatableArray<Problem> Problems, GeneratedPart Part) Check(INamedTypeSymbol network, CancellationToken cancellation)
    {
        if (!IsPartial(network, cancellation))
            return ([Problem.Of(Rules.NotPartial, network.Name)], GeneratedPart.None);
        if (Containers(network).FirstOrDefault(container => !IsPartial(container, cancellation)) is { } container)
            return ([Problem.Of(Rules.ContainerNotPartial, network.Name, container.Name)], GeneratedPart.None);
        if (Containers(network).FirstOrDefault(outer => outer.TypeKind is not (TypeKind.Class or TypeKind.Struct or TypeKind.Interface)) is not null)
            return ([], GeneratedPart.None);
        Unfit? form = UnfitForms.FirstOrDefault(form => form.IsSo(network));
        GeneratedPart part = form?.Part ?? GeneratedPart.Whole;
        if (form is not null)
            return ([Problem.Of(Rules.UnsupportedClass, network.Name, form.What, form.Why)], WithChain(part, network));
        return BaseWithoutConstructor(network) is { } ancestor
            ? ([Problem.Of(Rules.BaseConstructorMissing, network.Name, ancestor.Name)], WithChain(part, network))
            : ([], part);
    }

    /// <summary>The types that contain a type, from the inside out.</summary>
    public static IEnumerable<INamedTypeSymbol> Containers(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? container = type.ContainingType; container is not null; container = container.ContainingType)
            yield return container;
    }

    /// <summary>What the constructors of a part that cannot run call, so that they compile.</summary>
    private static GeneratedPart WithChain(GeneratedPart part, INamedTypeSymbol network)
    {
        string? chain = PrimaryConstructor(network) is { } primary ? Call("this", primary)
            : BaseWithoutConstructor(network) is { } ancestor
                ? ancestor.InstanceConstructors.Where(constructor => IsCallable(constructor, network)).Select(constructor => Call("base", constructor)).FirstOrDefault(call => call is not null)
                : "";
        return chain is null ? part with { Chain = null, SparesCallers = false } : part with { Chain = chain };
    }

    /// <summary>A call by the parameters' names, which tell one constructor from another without a word on types.</summary>
    private static string? Call(string target, IMethodSymbol constructor) =>
        constructor.Parameters.All(parameter => parameter.RefKind is RefKind.None or RefKind.In)
            ? $" : {target}({string.Join(", ", constructor.Parameters.Where(parameter => !parameter.IsOptional && !parameter.IsParams)
                .Select(parameter => $"@{parameter.Name}: default!"))})"
            : null;

    private static IMethodSymbol? PrimaryConstructor(INamedTypeSymbol type) => type.InstanceConstructors.FirstOrDefault(constructor =>
        constructor.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax() is TypeDeclarationSyntax { ParameterList: not null }));

    /// <summary>The base class, if it has no constructor that a constructor without an initialiser could call.</summary>
    private static INamedTypeSymbol? BaseWithoutConstructor(INamedTypeSymbol network) =>
        network.BaseType is { TypeKind: TypeKind.Class, SpecialType: not SpecialType.System_Object } ancestor
        && !ancestor.InstanceConstructors.Any(constructor =>
            IsCallable(constructor, network) && constructor.Parameters.All(parameter => parameter.IsOptional || parameter.IsParams))
            ? ancestor
            : null;

    private static bool IsCallable(IMethodSymbol constructor, INamedTypeSymbol network) => constructor.DeclaredAccessibility switch
    {
        Accessibility.Private => Containers(network).Contains(constructor.ContainingType.OriginalDefinition, SymbolEqualityComparer.Default),
        Accessibility.Internal or Accessibility.ProtectedAndInternal =>
            SymbolEqualityComparer.Default.Equals(constructor.ContainingAssembly, network.ContainingAssembly)
            || constructor.ContainingAssembly.GivesAccessTo(network.ContainingAssembly),
        _ => true,
    };

    private static bool IsDerivedFromNetwork(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? ancestor = type.BaseType; ancestor is not null; ancestor = ancestor.BaseType)
        {
            if (NetworkReader.IsNetwork(ancestor))
                return true;
        }
        return false;
    }

    private static bool HasRequiredMembers(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? ancestor = type; ancestor is not null; ancestor = ancestor.BaseType)
        {
            if (ancestor.GetMembers().Any(member => member is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true }))
                return true;
        }
        return false;
    }

    private static bool IsPartial(INamedTypeSymbol type, CancellationToken cancellation) =>
        type.DeclaringSyntaxReferences.All(reference =>
            reference.GetSyntax(cancellation) is TypeDeclarationSyntax declaration && declaration.Modifiers.Any(SyntaxKind.PartialKeyword));
}
