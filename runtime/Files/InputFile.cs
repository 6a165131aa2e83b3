namespace NetGen;

/// <summary>Opens a file that somebody names to be read.</summary>
internal static class InputFile
{
    /// <summary>Opens a file for reading, without a buffer, while others may read it too.</summary>
    /// <param name="path">The file; links are followed.</param>
    /// <exception cref="ArgumentException">The path is empty or holds a zero.</exception>
    /// <exception cref="IOException">There is no such file, or it is a folder, a device, a pipe or a socket.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static FileStream Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        FileKind kind = FileKinds.Of(path);
        if (kind is not (FileKind.Regular or FileKind.Missing))
            throw new IOException($"'{path}' is {FileKinds.Describe(kind)}; the name of a file is expected.");
        return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
    }
}
