using System.CommandLine;
using System.CommandLine.Parsing;
using ModelZoo.Catalogue;

namespace ModelZoo.Commands;

/// <summary>The name of a network on the command line.</summary>
internal static class NetworkArgument
{
    private const int MostSuggestions = 3;

    /// <param name="description">Its help.</param>
    /// <param name="arity">Whether it may be left out.</param>
    public static Argument<ZooNetwork?> Create(string description, ArgumentArity arity) => new("NETWORK")
    {
        Description = description,
        Arity = arity,
        CustomParser = result => result.Tokens is [Token name] ? Find(name.Value, result) : null,
    };

    private static ZooNetwork? Find(string name, ArgumentResult result)
    {
        if (Zoo.Find(name) is { } found)
            return found;
        IEnumerable<string> near = Zoo.All.Select(network => network.Name).OrderBy(known => Distance(known, name.ToLowerInvariant())).Take(MostSuggestions);
        result.AddError($"There is no network '{name}'. The most alike are {string.Join(", ", near)}; 'cost' lists all.");
        return null;
    }

    /// <summary>How many letters must be changed, added or left out to make one word of the other (Levenshtein).</summary>
    private static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (var i = 1; i <= a.Length; i++)
        {
            int before = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
                (before, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, before + (a[i - 1] == b[j - 1] ? 0 : 1)));
        }
        return row[^1];
    }
}
