namespace NetGen.CodeFixes;

/// <summary>Finds what was meant by a name that does not exist.</summary>
internal static class Spelling
{
    /// <summary>
    /// The nearest of the names: one that differs in case and underscores alone, or else by the fewest letters, as long as those are less
    /// than a third. Null where none is near.
    /// </summary>
    public static string? Nearest(string written, IEnumerable<string> names)
    {
        string plain = Plain(written);
        return names
            .Select(name => (Name: name, Distance: Distance(plain, Plain(name))))
            .Where(candidate => candidate.Distance * 3 <= Math.Max(plain.Length, Plain(candidate.Name).Length) - 1)
            .OrderBy(candidate => candidate.Distance)
            .ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
            .Select(candidate => candidate.Name)
            .FirstOrDefault();
    }

    /// <summary>The name in small letters, without underscores.</summary>
    public static string Plain(string name) => name.Replace("_", "").ToLowerInvariant();

    /// <summary>Letters to insert, delete, exchange or swap with a neighbour (Damerau's distance of neighbouring swaps).</summary>
    private static int Distance(string left, string right)
    {
        var table = new int[left.Length + 1, right.Length + 1];
        for (var i = 0; i <= left.Length; i++)
        {
            for (var j = 0; j <= right.Length; j++)
            {
                table[i, j] = i == 0 || j == 0
                    ? i + j
                    : Math.Min(Math.Min(table[i - 1, j], table[i, j - 1]) + 1, table[i - 1, j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                    table[i, j] = Math.Min(table[i, j], table[i - 2, j - 2] + 1);
            }
        }
        return table[left.Length, right.Length];
    }
}
