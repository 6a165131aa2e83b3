using System.Collections.Immutable;

namespace NetGen;

/// <summary>How a CSV file is written, where it differs from RFC 4180 with a header in its first line.</summary>
public sealed record CsvOptions
{
    /// <summary>What stands between two fields: a comma unless told otherwise, often a semicolon or a tab. An ASCII character.</summary>
    public char Delimiter { get; init; } = ',';

    /// <summary>Whether the first line names the columns. Where it does not, they are called "1", "2" and so on.</summary>
    public bool HasHeader { get; init; } = true;

    /// <summary>What becomes of a row in which a wanted value is missing: an error unless told otherwise.</summary>
    public CsvMissing Missing { get; init; }

    /// <summary>
    /// What stands where a value is missing, in any case, blanks around it passed over: nothing, <c>NA</c>, <c>N/A</c>, <c>NaN</c>, <c>null</c>
    /// or <c>?</c> unless told otherwise.
    /// </summary>
    public ImmutableArray<string> MissingTexts { get; init; } = ["", "NA", "N/A", "NaN", "null", "?"];
}
