using Microsoft.CodeAnalysis;
using NetGen.Generator.Graph;

namespace NetGen.Generator.Reading;

/// <summary>
/// An argument that had no value when the generator read it. Either it does not compile, or it is a constant that a generator writes:
/// another network's OutputSize. The generated part lists such arguments, so that the analyzer, to which they all have values, reports
/// those that compile.
/// </summary>
/// <param name="Block">The block on whose class the attribute stands, by its key; null: the network's.</param>
/// <param name="Attribute">The attribute's position in <see cref="AttributeOrder"/>.</param>
/// <param name="Name">The parameter or property that it is for; empty where it cannot be told.</param>
internal sealed record UnknownArgument(string? Block, int Attribute, string Name)
{
    /// <summary>What the generated part of a class lists; nothing before the generator ran.</summary>
    public static IReadOnlyList<UnknownArgument> ReportedBy(INamedTypeSymbol network)
    {
        IFieldSymbol? list = network.GetMembers(GeneratedMembers.UnknownArguments).OfType<IFieldSymbol>().FirstOrDefault(field => !OwnMembers.IsOwn(field));
        return list?.ConstantValue is string text
            ? [.. text.Split(';').Select(entry => entry.Split([':'], 3)).Select(Parse)]
            : [];
    }

    /// <summary>Position, name and, of a block's attribute, the block.</summary>
    private static UnknownArgument Parse(string[] entry) =>
        new(entry.Length > 2 ? entry[2] : null, int.Parse(entry[0], System.Globalization.CultureInfo.InvariantCulture), entry[1]);
}
