using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Generator.Diagnostics;

namespace NetGen.CodeFixes;

/// <summary>Declares flat features as the images that they probably are: "Declare [Input(1, 28, 28)]".</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(DeclareImageFix))]
[Shared]
public sealed class DeclareImageFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [Rules.OtherDimensions.Id];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode root = (await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false))!;
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (!diagnostic.Properties.TryGetValue(Descriptors.Correction, out string? extents) || extents is null
                || root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } network
                || network.AttributeLists.SelectMany(list => list.Attributes).FirstOrDefault(attribute => AttributeNames.Of(attribute) == "Input") is not { } input)
                continue;
            AttributeSyntax declared = input.WithArgumentList(SyntaxFactory.ParseAttributeArgumentList($"({extents})"));
            context.Offer($"Declare [Input({extents})]", nameof(DeclareImageFix), root, input, declared, [diagnostic]);
        }
    }
}
