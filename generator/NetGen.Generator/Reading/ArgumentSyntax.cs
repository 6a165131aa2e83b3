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

    /// <summary>The expressions of an argument: none if it was left out, and of a <c>params</c> array each of its elements, should they stand alone.</summary>
    public static IEnumerable<ExpressionSyntax> FindAll(AttributeData attribute, AttributeSyntax syntax, string name)
    {
        bool takesRest = attribute.AttributeConstructor?.Parameters.LastOrDefault() is { IsParams: true } last && last.Name == name;
        return Named(attribute, syntax).Where(argument => argument.Name == name || (takesRest && IsPlace(argument.Name))).Select(argument => argument.Syntax.Expression);
    }

    /// <summary>The first argument that names something, a constant most likely: its parameter or property, or else its position.</summary>
    public static string? FirstComputed(AttributeData attribute) =>
        attribute.ApplicationSyntaxReference?.GetSyntax() is AttributeSyntax syntax
            ? Named(attribute, syntax).FirstOrDefault(argument => argument.Syntax.Expression.DescendantNodesAndSelf().Any(node => node is SimpleNameSyntax)).Name
            : null;

    /// <summary>Whether an argument is known by its position alone, because the compiler cannot tell what it is for.</summary>
    public static bool IsPlace(string name) => name[0] == '#';

    private static IEnumerable<(string Name, AttributeArgumentSyntax Syntax)> Named(AttributeData attribute, AttributeSyntax syntax) =>
        (syntax.ArgumentList?.Arguments ?? []).Select((argument, position) => (NameOf(attribute, argument, position), argument));

    /// <summary>The parameter or property that an argument is for, or else its position.</summary>
    private static string NameOf(AttributeData attribute, AttributeArgumentSyntax argument, int position) =>
        argument.NameEquals?.Name.Identifier.ValueText
        ?? argument.NameColon?.Name.Identifier.ValueText
        ?? (attribute.AttributeConstructor is { } constructor && position < constructor.Parameters.Length ? constructor.Parameters[position].Name : $"#{position}");
}
