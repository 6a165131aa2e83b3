using System.Text;

namespace NetGen;

/// <summary>Which columns of a CSV file are features, targets or the class, found by their names in its header.</summary>
internal sealed class CsvColumns
{
    /// <summary>More are refused: a damaged file may seem to have any number.</summary>
    public const int Most = 1 << 17;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private readonly string path;
    private readonly List<string> names = [];
    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);
    private readonly long line;
    private readonly char delimiter;

    private CsvColumns(string path, long line, char delimiter)
    {
        this.path = path;
        this.line = line;
        this.delimiter = delimiter;
    }

    /// <summary>Number of columns.</summary>
    public int Count => names.Count;

    /// <summary>Reads the row that names them.</summary>
    public static CsvColumns FromHeader(string path, CsvReader reader, char delimiter)
    {
        var columns = new CsvColumns(path, reader.Line, delimiter);
        do
        {
            reader.ReadField();
            columns.Add(Text(path, reader.Field, reader.Line, columns.Count + 1).Trim());
        }
        while (!reader.EndsRow);
        return columns;
    }

    /// <summary>Columns that are called by their numbers, from 1.</summary>
    public static CsvColumns Numbered(string path, int count, char delimiter)
    {
        var columns = new CsvColumns(path, 1, delimiter);
        for (int i = 1; i <= count; i++)
            columns.Add(FormattableString.Invariant($"{i}"));
        return columns;
    }

    /// <summary>A field as text.</summary>
    public static string Text(string path, ReadOnlySpan<byte> field, long line, int column)
    {
        try
        {
            return Strict.GetString(field);
        }
        catch (ArgumentException exception)
        {
            throw new DataFormatException(path,
                $"line {line}, column {column}: text in UTF-8 is expected, {CsvReader.Describe(field)} is not", exception);
        }
    }

    /// <summary>The name of a column by its index from 0, as messages show it.</summary>
    public string Describe(int column) => names[column].Length == 0 ? $"{column + 1}" : CsvReader.Describe(Encoding.UTF8.GetBytes(names[column]));

    /// <summary>The index of a column, from 0.</summary>
    public int this[string name] => numbers.TryGetValue(name, out int number) ? number : throw new DataFormatException(path, Missing(name));

    /// <summary>Every column but those, which must have names: a table's own numbering often has none, and is no feature.</summary>
    public IEnumerable<int> Except(IReadOnlyCollection<int> others)
    {
        int nameless = names.IndexOf("");
        return nameless < 0
            ? Enumerable.Range(0, Count).Where(column => !others.Contains(column))
            : throw new DataFormatException(path, $"line {line}: column {nameless + 1} has no name; say which columns are features: features: [\"…\"]");
    }

    /// <summary>What is thrown for more columns than <see cref="Most"/>.</summary>
    public static DataFormatException TooMany(string path, long line) => new(path, $"line {line}: it has more than {Most} columns");

    private void Add(string name)
    {
        if (Count == Most)
            throw TooMany(path, line);
        names.Add(name);
        if (!numbers.TryAdd(name, Count - 1) && name.Length > 0)
        {
            throw new DataFormatException(path,
                $"line {line}: columns {numbers[name] + 1} and {Count} are both called {Describe(Count - 1)}");
        }
    }

    private string Missing(string name)
    {
        const int Shown = 20;
        string known = string.Join(", ", Enumerable.Range(0, Math.Min(Count, Shown)).Select(Describe)) + (Count > Shown ? $" and {Count - Shown} more" : "");
        char? other = Count == 1 ? new[] { ',', ';', '\t', '|' }.Cast<char?>().FirstOrDefault(each => each != delimiter && names[0].Contains(each!.Value)) : null;
        string hint = other switch
        {
            null => "",
            '\t' => "; is the delimiter a tab?",
            _ => $"; is the delimiter '{other}'?",
        };
        return $"line {line}: it has no column '{name}'; its columns are {known}{hint}";
    }
}
