using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Generator.Collections;
using NetGen.Generator.Graph;
using NetGen.Generator.Text;

namespace NetGen.Generator.Reading;

/// <summary>Reads which class a network is, and finds the class again.</summary>
internal static class IdentityReader
{
    public static NetworkIdentity Read(INamedTypeSymbol network)
    {
        string[] namespaces = [.. Namespaces(network).Reverse()];
        INamedTypeSymbol[] types = [.. ClassForm.Containers(network).Reverse(), network];
        return new(
            string.Join(".", namespaces.Select(Identifier.EscapeType)),
            types.Take(types.Length - 1).Select(Declaration).ToEquatableArray(),
            network.Name,
            Reading.HintName.Of(network, namespaces, types))
        {
            Identifier = TypeName(network),
            Declaration = Declaration(network),
            ConstructorName = Identifier.EscapeType(network.Name),
            KernelNamespace = string.Join(".", ["NetGen.Emitted", .. namespaces.Select(KernelName), .. types.Select(KernelName)]),
            NamespaceNames = namespaces.ToEquatableArray(),
            TypeNames = types.Select(type => type.MetadataName).ToEquatableArray(),
        };
    }

    /// <summary>The class in a compilation; null if it has none of that name.</summary>
    public static INamedTypeSymbol? Find(Compilation compilation, NetworkIdentity identity)
    {
        INamespaceOrTypeSymbol? scope = compilation.Assembly.GlobalNamespace;
        foreach (string name in identity.NamespaceNames)
            scope = scope?.GetMembers(name).OfType<INamespaceSymbol>().FirstOrDefault();
        foreach (string name in identity.TypeNames)
            scope = scope?.GetTypeMembers().FirstOrDefault(type => type.MetadataName == name);
        return scope as INamedTypeSymbol;
    }

    /// <summary>From the inside out.</summary>
    private static IEnumerable<string> Namespaces(INamedTypeSymbol type)
    {
        for (INamespaceSymbol space = type.ContainingNamespace; !space.IsGlobalNamespace; space = space.ContainingNamespace)
            yield return space.Name;
    }

    private static string KernelName(string name) => Identifier.LooksLikeKeyword(name) ? name + "_" : name;

    /// <summary>What is nested in a network must not meet the kernels of that network, whose classes' names do not end like this.</summary>
    private static string KernelName(INamedTypeSymbol type) =>
        ClassForm.Containers(type).Any(NetworkReader.IsNetwork) ? type.Name + "_" : KernelName(type.Name);

    private static string Declaration(INamedTypeSymbol type) => $"partial {Keyword(type)} {TypeName(type)}";

    private static string TypeName(INamedTypeSymbol type) => Identifier.EscapeType(type.Name) + (type.TypeParameters.Length == 0
        ? ""
        : $"<{string.Join(", ", type.TypeParameters.Select(parameter => Variance(parameter) + Identifier.EscapeType(parameter.Name)))}>");

    private static string Variance(ITypeParameterSymbol parameter) => parameter.Variance switch
    {
        VarianceKind.In => "in ",
        VarianceKind.Out => "out ",
        _ => "",
    };

    private static string Keyword(INamedTypeSymbol type) => type switch
    {
        { IsRecord: true, TypeKind: TypeKind.Struct } => "record struct",
        { IsRecord: true } => "record",
        { TypeKind: TypeKind.Struct } => "struct",
        { TypeKind: TypeKind.Interface } => "interface",
        _ => "class",
    };
}
