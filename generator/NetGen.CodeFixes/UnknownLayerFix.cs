using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Generator.Layers;

namespace NetGen.CodeFixes;

/// <summary>Spells the layer that was meant, on a class that has layers already: "Use ReLU" for [ReLu], "Use Linear" for [Dense].</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UnknownLayerFix))]
[Shared]
public sealed class UnknownLayerFix : CodeFixProvider
{
    /// <summary>The type or namespace could not be found; there is none of that name in the namespace.</summary>
    private const string TypeNotFound = "CS0246", TypeNotInNamespace = "CS0234";

    private static readonly string[] Names = ["Network", "Input", "Budget", "Block", .. LayerKinds.Readers.Keys];

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [TypeNotFound, TypeNotInNamespace];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode root = (await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false))!;
        if (root.FindNode(context.Span).FirstAncestorOrSelf<AttributeSyntax>() is not { Parent.Parent: TypeDeclarationSyntax network } attribute
            || AttributeNames.Simple(attribute) is not { } name
            || !name.Span.Contains(context.Span)
            || !network.AttributeLists.SelectMany(list => list.Attributes).Any(other => other != attribute && Names.Contains(AttributeNames.Of(other))))
            return;
        foreach (string layer in Suggest(AttributeNames.Of(attribute)))
        {
            SyntaxNode replacement = SyntaxFactory.IdentifierName(layer).WithTriviaFrom(name);
            context.Offer($"Use {layer}", nameof(UnknownLayerFix) + layer, root, name, replacement, context.Diagnostics);
        }
    }

    /// <summary>The layers that a name may mean.</summary>
    internal static IReadOnlyList<string> Suggest(string written) =>
        OtherFrameworks.Layers.TryGetValue(Spelling.Plain(written), out string[]? known) ? known
        : Spelling.Nearest(written, Names) is { } nearest ? [nearest]
        : [];
}
