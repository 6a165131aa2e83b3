using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NetGen.Generator.Reading;

/// <summary>The arguments of an attribute as they stand in the source.</summary>
internal static class ArgumentSyntax
{
    /// <summary>The argument for a parameter or property; null if it was left out.</summary>
    public static AttributeArgumentSyntax? Find(AttributeData attribute, AttributeSyntax syntax, string name) =>
        Named(attribute, syntax).FirstOrDefault(argument => argument.Name == name).Syntax;

    /// <summary>The parameter or property of the first argument that is no plain number, text or the like.</summary>
    public static string? FirstComputed(AttributeData attribute) =>
        attribute.ApplicationSyntaxReference?.GetSyntax() is AttributeSyntax syntax
            ? Named(attribute, syntax).FirstOrDefault(argument => !argument.Syntax.Expression.IsKind(SyntaxKind.UnaryMinusExpression) && argument.Syntax.Expression is not LiteralExpressionSyntax).Name
            : null;

    private static IEnumerable<(string? Name, AttributeArgumentSyntax Syntax)> Named(AttributeData attribute, AttributeSyntax syntax) =>
        (syntax.ArgumentList?.Arguments ?? []).Select((argument, place) => (NameOf(attribute, argument, place), argument));

    /// <summary>The parameter or property that an argument is for.</summary>
    private static string? NameOf(AttributeData attribute, AttributeArgumentSyntax argument, int place) =>
        argument.NameEquals?.Name.Identifier.ValueText
        ?? argument.NameColon?.Name.Identifier.ValueText
        ?? (attribute.AttributeConstructor is { } constructor && place < constructor.Parameters.Length ? constructor.Parameters[place].Name : null);
}
