using Microsoft.CodeAnalysis;
using NetGen.Generator.Graph;

namespace NetGen.Generator.Reading;

/// <summary>
/// An argument that had no value when the generator read it. Either it does not compile, or it is a constant that a generator writes:
/// another network's OutputSize. The generated part lists such arguments, so that the analyzer, to which they all have values, reports
/// those that compile.
/// </summary>
/// <param name="Attribute">The attribute's position in <see cref="AttributeOrder"/>.</param>
/// <param name="Name">The parameter or property that it is for; empty where it cannot be told.</param>
internal sealed record UnknownArgument(int Attribute, string Name)
{
    /// <summary>What the generated part of a class lists; nothing before the generator ran.</summary>
    public static IReadOnlyList<UnknownArgument> ReportedBy(INamedTypeSymbol network)
    {
        IFieldSymbol? list = network.GetMembers(GeneratedMembers.UnknownArguments).OfType<IFieldSymbol>().FirstOrDefault(field => !OwnMembers.IsOwn(field));
        return list?.ConstantValue is string text
            ? [.. text.Split(';').Select(entry => entry.Split(':')).Select(entry => new UnknownArgument(int.Parse(entry[0], System.Globalization.CultureInfo.InvariantCulture), entry[1]))]
            : [];
    }
}
