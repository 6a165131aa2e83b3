namespace NetGen;

/// <summary>A file of data is damaged or of another kind than expected.</summary>
public sealed class DataFormatException : FormatException
{
    /// <summary>A fault of a file.</summary>
    /// <param name="path">The file, of which the message gives the name.</param>
    /// <param name="fault">What is wrong: what was expected and what was found.</param>
    /// <param name="cause">The exception that told of it, if one did.</param>
    public DataFormatException(string path, string fault, Exception? cause = null)
        : base($"{Shown.Text(Path.GetFileName(path))}: {fault}", cause) => FilePath = path;

    /// <summary>The file, as it was given.</summary>
    public string FilePath { get; }
}
