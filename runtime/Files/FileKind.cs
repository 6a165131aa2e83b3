namespace NetGen;

/// <summary>What a name in a folder stands for.</summary>
internal enum FileKind
{
    /// <summary>Nothing of that name, or nothing that this process may look at.</summary>
    Missing,

    /// <summary>A file with bytes on a disk, or something that the system does not tell from one.</summary>
    Regular,

    Folder,
    CharacterDevice,
    BlockDevice,
    Pipe,
    Socket,
}

/// <summary>Looks at what a path stands for without opening it: to open a pipe may wait for ever.</summary>
internal static class FileKinds
{
    /// <summary>The kind of what a path leads to, links followed.</summary>
    public static FileKind Of(string path)
    {
        if (Directory.Exists(path))
            return FileKind.Folder;
        if (OperatingSystem.IsWindows())
        {
            // NUL, CON and pipes; \\?\ only says that a path is long.
            string full = Path.GetFullPath(path);
            return full.StartsWith(@"\\.\", StringComparison.Ordinal) ? FileKind.CharacterDevice
                : File.Exists(full) ? FileKind.Regular
                : FileKind.Missing;
        }
        return UnixFile.TryGetStatus(path)?.Kind ?? (File.Exists(path) ? FileKind.Regular : FileKind.Missing);
    }

    /// <summary>In words, for messages.</summary>
    public static string Describe(FileKind kind) => kind switch
    {
        FileKind.Folder => "a folder",
        FileKind.CharacterDevice or FileKind.BlockDevice => "a device",
        FileKind.Pipe => "a pipe",
        FileKind.Socket => "a socket",
        _ => "a file",
    };
}
