using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace NetGen;

/// <summary>The classes of a CSV file: the texts of a column.</summary>
internal sealed class CsvClasses
{
    /// <summary>More are refused: a column of numbers or names of samples is no class.</summary>
    private const int Most = 1 << 16;

    private readonly string path;
    private readonly bool areGiven;
    private readonly List<string> names;
    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);

    /// <summary>Classes to be found, or those that are given.</summary>
    public CsvClasses(string path, IReadOnlyList<string>? given)
    {
        this.path = path;
        areGiven = given is not null;
        names = [.. given ?? []];
        for (int i = 0; i < names.Count; i++)
        {
            if (!numbers.TryAdd(names[i], i))
                throw new ArgumentException($"classNames has '{names[i]}' twice.", nameof(given));
        }
    }

    /// <summary>The number of a class, in the order in which they came.</summary>
    public int this[string name, long line, string column]
    {
        get
        {
            if (numbers.TryGetValue(name, out int number))
                return number;
            string shown = CsvReader.Describe(Encoding.UTF8.GetBytes(name));
            if (areGiven)
                throw new DataFormatException(path, $"line {line}, column {column}: one of the {names.Count} classes of classNames is expected, {shown} is given");
            if (names.Count == Most)
                throw new DataFormatException(path, $"line {line}, column {column}: {shown} would be class {Most + 1}; at most {Most} classes are read");
            names.Add(name);
            numbers.Add(name, names.Count - 1);
            return names.Count - 1;
        }
    }

    /// <summary>
    /// The names in an order that does not depend on the rows', unless they were given: whole numbers by size, other texts by their characters.
    /// </summary>
    /// <param name="labels">Numbers in the order in which the classes came; replaced by numbers in the order returned.</param>
    public ImmutableArray<string> Sort(Span<int> labels)
    {
        if (areGiven)
            return [.. names];
        bool areNumbers = names.All(name => long.TryParse(name, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _));
        ImmutableArray<string> sorted =
        [
            .. names.OrderBy(name => areNumbers ? long.Parse(name, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : 0)
                .ThenBy(name => name, StringComparer.Ordinal),
        ];
        var positions = new int[names.Count];
        for (int i = 0; i < sorted.Length; i++)
            positions[numbers[sorted[i]]] = i;
        foreach (ref int label in labels)
            label = positions[label];
        return sorted;
    }
}
