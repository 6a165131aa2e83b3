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

    /// <summary>
    /// Reads images from a folder that holds a folder for each class, all brought to one size: <c>DataSet.FromFolder("flowers", [3, 64, 64])</c>.
    /// Values are 0 for black to 1; <see cref="Standardize(out Standardization)"/> brings them to what networks learn from best.
    /// </summary>
    /// <remarks>
    /// PNG, PGM and PPM are read; <see cref="FolderOptions.Decoder"/> reads others. Folders within a class's folder belong to it. Samples come
    /// class by class, in the order of their files' names, on every machine: <see cref="Shuffle"/> before a <see cref="Split(int)"/>.
    /// </remarks>
    /// <param name="folder">The folder of folders, whose names become <see cref="ClassNames"/>.</param>
    /// <param name="shape">[channels, height, width] of every sample; one channel is grey, three are red, green and blue.</param>
    /// <param name="options">How images of other proportions fit, other formats, which files.</param>
    /// <exception cref="ArgumentException">The shape is not of one or three channels.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="DataFormatException">An image is damaged or of another format, or a class has none; the message names the file.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    public static DataSet FromFolder(string folder, Shape shape, FolderOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        return shape.Extents is [1 or 3, _, _]
            ? new ImageFolder(folder, shape[0], shape[1], shape[2], options ?? new()).Read()
            : throw new ArgumentException($"The shape is [1, height, width] for grey or [3, height, width] for colours; {shape} is given.", nameof(shape));
    }
}
