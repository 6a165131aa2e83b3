using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Generator.Diagnostics;

namespace NetGen.CodeFixes;

/// <summary>Replaces a wrong number by the one that the shapes ask for: "Change to 256".</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(CorrectArgumentFix))]
[Shared]
public sealed class CorrectArgumentFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        [Rules.WrongInFeatures.Id, Rules.WrongInChannels.Id, Rules.WrongNormFeatures.Id, Rules.OtherMode.Id, Rules.ArgumentUnknown.Id];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (!diagnostic.Properties.TryGetValue(Descriptors.Correction, out string? correction) || correction is null)
                continue;
            // One key for all corrections, so that "fix all" replaces each wrong number by its own right one.
            context.RegisterCodeFix(
                CodeAction.Create(
                    $"Change to {correction}",
                    cancellation => Replace(context.Document, diagnostic.Location, correction, cancellation),
                    equivalenceKey: nameof(CorrectArgumentFix)),
                diagnostic);
        }
        return Task.CompletedTask;
    }

    private static async Task<Document> Replace(Document document, Location location, string correction, CancellationToken cancellation)
    {
        SyntaxNode root = (await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false))!;
        SyntaxNode wrong = root.FindNode(location.SourceSpan, getInnermostNodeForTie: true);
        return document.WithSyntaxRoot(root.ReplaceNode(wrong, SyntaxFactory.ParseExpression(correction).WithTriviaFrom(wrong)));
    }
}
