using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Generator.Collections;
using NetGen.Generator.Graph;
using NetGen.Generator.Text;

namespace NetGen.Generator.Reading;

/// <summary>Reads which class a network is.</summary>
internal static class IdentityReader
{
    private static readonly SymbolDisplayFormat NamespaceFormat = SymbolDisplayFormat.FullyQualifiedFormat
        .WithGlobalNamespaceStyle(SymbolDisplayGlobalNamespaceStyle.Omitted);

    public static NetworkIdentity Read(INamedTypeSymbol network) => new(
        network.ContainingNamespace.IsGlobalNamespace ? "" : network.ContainingNamespace.ToDisplayString(NamespaceFormat),
        ClassForm.Containers(network).Reverse().Select(Declaration).ToEquatableArray(),
        network.Name,
        HintName(network))
    {
        Identifier = Identifier.Escape(network.Name),
        KernelNamespace = KernelNamespace(network),
    };

    private static string KernelNamespace(INamedTypeSymbol network)
    {
        IEnumerable<string> types = ClassForm.Containers(network).Reverse().Append(network).Select(type => Identifier.Escape(type.Name));
        string place = network.ContainingNamespace.IsGlobalNamespace ? "" : network.ContainingNamespace.ToDisplayString(NamespaceFormat) + ".";
        return $"NetGen.Emitted.{place}{string.Join(".", types)}";
    }

    private static string Declaration(INamedTypeSymbol container) => $"partial {Keyword(container)} {Identifier.Escape(container.Name)}";

    private static string Keyword(INamedTypeSymbol type) => type switch
    {
        { IsRecord: true, TypeKind: TypeKind.Struct } => "record struct",
        { IsRecord: true } => "record",
        { TypeKind: TypeKind.Struct } => "struct",
        { TypeKind: TypeKind.Interface } => "interface",
        _ => "class",
    };

    /// <summary>
    /// The metadata name, which is unique but for case; Roslyn compares file names without case, so a name that differs from a
    /// neighbour's by case alone gets its capitals spelled out.
    /// </summary>
    private static string HintName(INamedTypeSymbol network)
    {
        var name = new StringBuilder(network.ContainingNamespace.IsGlobalNamespace ? "" : network.ContainingNamespace.ToDisplayString() + ".");
        foreach (INamedTypeSymbol type in ClassForm.Containers(network).Reverse())
            name.Append(type.Name).Append('+');
        name.Append(network.Name);
        string hint = name.ToString();
        return DiffersByCaseAlone(network) ? $"{hint}-{string.Concat(hint.Select(letter => char.IsUpper(letter) ? '1' : '0'))}" : hint;
    }

    private static bool DiffersByCaseAlone(INamedTypeSymbol network)
    {
        for (ISymbol symbol = network; symbol.ContainingSymbol is INamespaceOrTypeSymbol container; symbol = container)
        {
            if (container.GetMembers().Any(member =>
                member is INamespaceOrTypeSymbol
                && member.Name != symbol.Name
                && string.Equals(member.Name, symbol.Name, StringComparison.OrdinalIgnoreCase)))
                return true;
        }
        return false;
    }
}
