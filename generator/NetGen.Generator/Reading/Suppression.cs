using Microsoft.CodeAnalysis;
using NetGen.Generator.Diagnostics;

namespace NetGen.Generator.Reading;

/// <summary>
/// SuppressMessage attributes, which hide even an error that cannot be configured, as long as it is an analyzer's. A wrong network would be
/// built.
/// </summary>
internal static class Suppression
{
    private static readonly string[] Attributes = ["SuppressMessageAttribute", "UnconditionalSuppressMessageAttribute"];

    /// <summary>Whether an attribute of the class, of what is around it, or of the assembly may hide the rule there.</summary>
    public static bool Hides(Rule rule, INamedTypeSymbol network)
    {
        for (ISymbol? symbol = network; symbol is not null; symbol = symbol.ContainingSymbol)
        {
            if (symbol.GetAttributes().Any(attribute => Names(attribute, rule)))
                return true;
        }
        return false;
    }

    /// <summary>The second argument is the id, and whatever one likes behind a colon.</summary>
    private static bool Names(AttributeData attribute, Rule rule) =>
        attribute.AttributeClass is { } type
        && Attributes.Contains(type.Name)
        && attribute.ConstructorArguments.Length == 2
        && attribute.ConstructorArguments[1].Value is string id
        && id.TrimStart().StartsWith(rule.Id, StringComparison.OrdinalIgnoreCase);
}
