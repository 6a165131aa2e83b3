using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NetGen.CodeFixes;

/// <summary>Spells the argument that a layer has: "Use stride" for <c>strides: 2</c>, "Use Eps" for <c>eps: 1e-3</c>, "Use bias" for <c>Bias = false</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ArgumentNameFix))]
[Shared]
public sealed class ArgumentNameFix : CodeFixProvider
{
    /// <summary>No parameter of that name; no property of that name; a property that cannot be set.</summary>
    private const string ParameterNotFound = "CS1739", PropertyNotFound = "CS0246", PropertyNotSettable = "CS0617";

    private const string LayerAttribute = "NetGen.LayerAttribute", InputAttribute = "NetGen.InputAttribute";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [ParameterNotFound, PropertyNotFound, PropertyNotSettable];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode root = (await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false))!;
        SemanticModel model = (await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false))!;
        if (root.FindNode(context.Span).FirstAncestorOrSelf<AttributeArgumentSyntax>() is not { Parent.Parent: AttributeSyntax attribute } argument
            || NameOf(argument) is not { } name
            || !name.Span.Contains(context.Span)
            || model.GetTypeInfo(attribute, context.CancellationToken).Type is not INamedTypeSymbol type
            || !IsOurs(type)
            || Suggest(name.Identifier.ValueText, Parameters(type), Properties(type)) is not { } right)
            return;
        AttributeArgumentSyntax replacement = Properties(type).Contains(right)
            ? SyntaxFactory.AttributeArgument(SyntaxFactory.NameEquals(right), null, argument.Expression)
            : SyntaxFactory.AttributeArgument(null, SyntaxFactory.NameColon(SyntaxFactory.IdentifierName(right), Colon), argument.Expression);
        AttributeArgumentListSyntax list = attribute.ArgumentList!;
        SeparatedSyntaxList<AttributeArgumentSyntax> arguments = list.Arguments;
        arguments = replacement.NameEquals is null && argument.NameEquals is not null
            ? arguments.Remove(argument).Insert(arguments.Count(other => other.NameEquals is null), replacement.WithoutTrivia())
            : arguments.Replace(argument, replacement.WithTriviaFrom(argument));
        // A property is set behind all parameters.
        if (replacement.NameEquals is not null && argument.NameEquals is null)
            arguments = SyntaxFactory.SeparatedList([.. arguments.Where(other => other.NameEquals is null), .. arguments.Where(other => other.NameEquals is not null)], arguments.GetSeparators());
        context.Offer($"Use {right}", nameof(ArgumentNameFix) + right, root, list, list.WithArguments(arguments), context.Diagnostics);
    }

    private static SyntaxToken Colon => SyntaxFactory.Token(SyntaxKind.ColonToken).WithTrailingTrivia(SyntaxFactory.Space);

    /// <summary>The parameter or property that a name may mean; null where none is near.</summary>
    internal static string? Suggest(string written, IReadOnlyCollection<string> parameters, IReadOnlyCollection<string> properties)
    {
        string[] names = [.. parameters, .. properties];
        return OtherFrameworks.Arguments.TryGetValue(Spelling.Plain(written), out string[]? known) && known.FirstOrDefault(names.Contains) is { } right
            ? right
            : Spelling.Nearest(written, names);
    }

    private static SimpleNameSyntax? NameOf(AttributeArgumentSyntax argument) => argument.NameColon?.Name ?? argument.NameEquals?.Name;

    private static string[] Parameters(INamedTypeSymbol type) =>
        [.. type.InstanceConstructors.SelectMany(constructor => constructor.Parameters).Select(parameter => parameter.Name).Distinct()];

    private static string[] Properties(INamedTypeSymbol type) =>
    [
        .. Ancestors(type).SelectMany(ancestor => ancestor.GetMembers()).OfType<IPropertySymbol>()
            .Where(property => property.SetMethod?.DeclaredAccessibility == Accessibility.Public)
            .Select(property => property.Name)
            .Distinct(),
    ];

    private static bool IsOurs(INamedTypeSymbol type) => Ancestors(type).Any(ancestor => ancestor.ToDisplayString() is LayerAttribute or InputAttribute);

    private static IEnumerable<INamedTypeSymbol> Ancestors(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? ancestor = type; ancestor is not null; ancestor = ancestor.BaseType)
            yield return ancestor;
    }
}
