namespace NetGen;

/// <summary>
/// A file of weights is damaged, or is not of the network that loads or saves it. Nothing has changed when this is thrown: neither the
/// network nor the file.
/// </summary>
public sealed class WeightsException : Exception
{
    /// <summary>A fault of the file as a whole.</summary>
    /// <param name="path">The file, of which the message gives the name; <c>stream</c> for a stream without one.</param>
    /// <param name="fault">What is wrong: what was expected and what was found.</param>
    /// <param name="cause">The exception that told of it, if one did.</param>
    public WeightsException(string path, string fault, Exception? cause = null)
        : base($"{Shown.Text(Path.GetFileName(path))}: {fault}", cause) => FilePath = path;

    /// <summary>A fault of one tensor, named in the message, where a long name is cut short.</summary>
    public static WeightsException OfTensor(string path, string tensor, string fault) =>
        new(path, $"tensor '{Shown.Text(tensor)}' {fault}") { TensorName = tensor };

    /// <summary>The file, as it was given; of a stream, the name of its file, or <c>stream</c>.</summary>
    public string FilePath { get; }

    /// <summary>The tensor at fault; null where it is the file as a whole.</summary>
    public string? TensorName { get; private init; }
}
