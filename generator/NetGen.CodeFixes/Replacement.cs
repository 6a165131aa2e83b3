using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace NetGen.CodeFixes;

/// <summary>Fixes that put one node of the document in the place of another.</summary>
internal static class Replacement
{
    /// <summary>Offers one.</summary>
    /// <param name="context">What asks for fixes.</param>
    /// <param name="title">What the light bulb says.</param>
    /// <param name="key">Fixes of one key are done together by "fix all".</param>
    /// <param name="root">The document's root.</param>
    /// <param name="old">A node of it.</param>
    /// <param name="replacement">What is put in its place.</param>
    /// <param name="diagnostics">What it mends.</param>
    public static void Offer(
        this CodeFixContext context, string title, string key, SyntaxNode root, SyntaxNode old, SyntaxNode replacement, IEnumerable<Diagnostic> diagnostics) =>
        context.RegisterCodeFix(
            CodeAction.Create(title, _ => Task.FromResult(context.Document.WithSyntaxRoot(root.ReplaceNode(old, replacement))), equivalenceKey: key),
            diagnostics);
}
