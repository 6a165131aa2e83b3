using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;

namespace NetGen.Generator.Reading;

/// <summary>
/// What the names of a network's files begin with: the class's full name, <c>Namespace.Outer+Net</c>, in characters that Roslyn and every
/// file system take. Two networks of a project never have the same, even in source that does not compile: a second file of the same name
/// would stop the generator.
/// </summary>
internal static class HintName
{
    /// <summary>Longer names are cut, because the files may be written to disk, where a path has an end.</summary>
    private const int MostCharacters = 120;

    public static string Of(INamedTypeSymbol network, IReadOnlyList<string> namespaces, IReadOnlyList<INamedTypeSymbol> types)
    {
        string name = string.Join(".", [.. namespaces, string.Join("+", types.Select(type => type.Name))]);
        // '-' is in no identifier, so that nothing added behind it makes one network's name another's.
        string full = HasNamesake(network) ? $"{name}-{Capitals(name)}{string.Concat(types.Select(Form))}" : name;
        string hint = Encode(full);
        return hint.Length <= MostCharacters ? hint : $"{hint.Substring(0, MostCharacters)}-{Digest(full)}";
    }

    /// <summary>
    /// Whether a neighbour of the class, or of something around it, has the same name but for case, which Roslyn does not look at: by a
    /// mistake of the source it may even be the very same name.
    /// </summary>
    private static bool HasNamesake(INamedTypeSymbol network)
    {
        for (ISymbol symbol = network; symbol.ContainingSymbol is INamespaceOrTypeSymbol container; symbol = container)
        {
            if (container.GetMembers().Any(member =>
                member is INamespaceOrTypeSymbol
                && !SymbolEqualityComparer.Default.Equals(member, symbol)
                && string.Equals(member.Name, symbol.Name, StringComparison.OrdinalIgnoreCase)))
                return true;
        }
        return false;
    }

    private static string Capitals(string name) => string.Concat(name.Select(letter => char.IsUpper(letter) ? '1' : '0'));

    /// <summary>What sets a type apart from one of the same name: nothing where it is a plain class.</summary>
    private static string Form(INamedTypeSymbol type)
    {
        string kind = type.IsRecord ? "-record" : type.TypeKind == TypeKind.Class ? "" : "-" + type.TypeKind.ToString();
        return type.Arity == 0 ? kind : $"{kind}-{type.Arity.ToString(CultureInfo.InvariantCulture)}";
    }

    private static string Encode(string name)
    {
        var encoded = new StringBuilder(name.Length);
        foreach (char letter in name)
        {
            if (letter is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_' or '.' or '+' or '-')
                encoded.Append(letter);
            else
                encoded.Append("-u").Append(((int)letter).ToString("x4", CultureInfo.InvariantCulture));
        }
        return encoded.ToString();
    }

    /// <summary>FNV-1a of 64 bits: the same on every machine.</summary>
    private static string Digest(string text)
    {
        ulong hash = 14695981039346656037;
        foreach (char letter in text)
            hash = unchecked((hash ^ letter) * 1099511628211);
        return hash.ToString("x16", CultureInfo.InvariantCulture);
    }
}
