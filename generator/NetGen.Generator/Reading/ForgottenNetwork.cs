using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Generator.Layers;

namespace NetGen.Generator.Reading;

/// <summary>Classes with layers on which [Network] was forgotten.</summary>
internal static class ForgottenNetwork
{
    private const string Suffix = "Attribute";

    /// <summary>Whether a node of the source looks like one.</summary>
    public static bool MayBe(SyntaxNode node)
    {
        if (node is not TypeDeclarationSyntax { AttributeLists.Count: not 0 } declaration || !(node.IsKind(SyntaxKind.ClassDeclaration) || node.IsKind(SyntaxKind.RecordDeclaration)))
            return false;
        var names = declaration.AttributeLists.SelectMany(list => list.Attributes).Select(attribute => NameOf(attribute.Name)).ToList();
        return !names.Contains("Network") && !names.Contains("Block")
            && names.Any(name => name is AttributeReader.InputKind or AttributeReader.UseKind or AttributeReader.InitializeKind || LayerKinds.Readers.ContainsKey(name));
    }

    /// <summary>Whether a type is one, and the node the declaration of it on which its first layer stands.</summary>
    public static bool IsFirst(INamedTypeSymbol type, SyntaxNode node)
    {
        if (NetworkReader.IsNetwork(type) || BlockForm.IsBlock(type))
            return false;
        IReadOnlyList<AttributeData> attributes = AttributeOrder.Of(type);
        return AttributeOrder.FirstLayer(attributes) is { } first && attributes[first].ApplicationSyntaxReference!.GetSyntax().Parent?.Parent == node;
    }

    private static string NameOf(NameSyntax name)
    {
        string text = name switch
        {
            QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
            AliasQualifiedNameSyntax aliased => aliased.Name.Identifier.ValueText,
            SimpleNameSyntax simple => simple.Identifier.ValueText,
            _ => "",
        };
        return text.EndsWith(Suffix, StringComparison.Ordinal) ? text.Substring(0, text.Length - Suffix.Length) : text;
    }
}
