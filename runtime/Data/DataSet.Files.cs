namespace NetGen;

/// <content>Sets from files of a user's own.</content>
public sealed partial class DataSet
{
    /// <summary>
    /// Reads a table from a CSV file (RFC 4180, UTF-8): a row is a sample, columns are found by their names.
    /// <c>DataSet.FromCsv("houses.csv", target: "price")</c> for values to be learnt, <c>DataSet.FromCsv("iris.csv", label: "species")</c> for
    /// classes.
    /// </summary>
    /// <remarks>
    /// Features and targets are numbers as <c>-12.5</c> or <c>1e-3</c>, whatever the machine's culture. Columns that are not wanted may hold
    /// anything. Empty lines are passed over. Columns of a table without a header are called "1", "2" and so on.
    /// </remarks>
    /// <param name="path">The file.</param>
    /// <param name="target">The column of the values to be learnt.</param>
    /// <param name="label">The column of the class, as text; its different texts become <see cref="ClassNames"/>.</param>
    /// <param name="targets">Several columns of values to be learnt, in the order of the network's outputs.</param>
    /// <param name="features">The columns to learn from, in the order of the network's inputs; null: all others, in the file's.</param>
    /// <param name="classNames">
    /// The classes in their order, those of the training set for a test set; null: those in the column, whole numbers by size, other texts by
    /// their characters.
    /// </param>
    /// <param name="options">How the file is written, and what becomes of missing values.</param>
    /// <returns>Samples of shape [features].</returns>
    /// <exception cref="ArgumentException">Not exactly one of target, label and targets is given, or a column is named twice.</exception>
    /// <exception cref="DataFormatException">
    /// A column is not there, a value is missing or no number, a row has another number of fields, quotes do not match: the message names the
    /// file, the line and the column, what is expected and what is given.
    /// </exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static DataSet FromCsv(
        string path, string? target = null, string? label = null, IReadOnlyList<string>? targets = null, IReadOnlyList<string>? features = null,
        IReadOnlyList<string>? classNames = null, CsvOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        return CsvFile.Of(path, target, label, targets, features, classNames, options).Read();
    }
}
