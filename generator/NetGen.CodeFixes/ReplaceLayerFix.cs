using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Generator.Diagnostics;

namespace NetGen.CodeFixes;

/// <summary>
/// Writes the layer that was meant: "Use BatchNorm2d", "Write Conv2d(8, 3, stride: 2)". What else the attribute says, of names of
/// arguments all but those, stays.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ReplaceLayerFix))]
[Shared]
public sealed class ReplaceLayerFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [Rules.OtherNormalization.Id, Rules.WrongInChannels.Id];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode root = (await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false))!;
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<AttributeSyntax>() is not { } attribute
                || Meant(diagnostic, attribute) is not { } replacement)
                continue;
            string title = diagnostic.Id == Rules.OtherNormalization.Id ? $"Use {replacement.Name}" : $"Write {replacement}";
            context.Offer(title, nameof(ReplaceLayerFix), root, attribute, replacement.WithTriviaFrom(attribute), [diagnostic]);
        }
    }

    private static AttributeSyntax? Meant(Diagnostic diagnostic, AttributeSyntax attribute)
    {
        if (diagnostic.Properties.TryGetValue(Descriptors.Alternative, out string? whole) && whole is not null)
            return Parse(whole, attribute, keepsArguments: false);
        return diagnostic.Id == Rules.OtherNormalization.Id && diagnostic.Properties.TryGetValue(Descriptors.Correction, out string? name) && name is not null
            ? Parse(name, attribute, keepsArguments: true)
            : null;
    }

    /// <summary>The attribute of that text, with the properties that another sets, or with all its arguments, by position.</summary>
    private static AttributeSyntax Parse(string text, AttributeSyntax old, bool keepsArguments)
    {
        AttributeSyntax attribute = ((ClassDeclarationSyntax)SyntaxFactory.ParseMemberDeclaration($"[{text}] class C;")!).AttributeLists[0].Attributes[0];
        IEnumerable<AttributeArgumentSyntax> kept = (old.ArgumentList?.Arguments ?? [])
            .Where(argument => keepsArguments || argument.NameEquals is not null)
            .Select(argument => argument.WithNameColon(null));
        AttributeArgumentSyntax[] arguments = [.. attribute.ArgumentList?.Arguments ?? [], .. kept.Select(argument => argument.WithoutTrivia())];
        if (arguments.Length == 0)
            return attribute;
        SyntaxToken comma = SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space);
        return attribute.WithArgumentList(SyntaxFactory.AttributeArgumentList(
            SyntaxFactory.SeparatedList(arguments, Enumerable.Repeat(comma, arguments.Length - 1))));
    }
}
