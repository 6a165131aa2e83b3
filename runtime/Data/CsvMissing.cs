namespace NetGen;

/// <summary>What becomes of a row of a CSV file in which a wanted value is missing.</summary>
public enum CsvMissing
{
    /// <summary>It is an error, which names the line and the column.</summary>
    Error,

    /// <summary>The row is left out.</summary>
    SkipRow,

    /// <summary>A missing feature becomes the mean of its column's values; a row whose target or class is missing is left out.</summary>
    Mean,
}
