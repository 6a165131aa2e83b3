namespace NetGen;

/// <summary>
/// A file that is to take another's name once it is whole. It lies beside that other one, under a name of a fixed form, and is locked as long as
/// its owner lives: so what a killed process left behind can be told from what another is writing now.
/// </summary>
internal sealed class TemporaryFile : IDisposable
{
    private const string Prefix = ".netgen-", Suffix = ".tmp", AnyName = Prefix + "*" + Suffix;

    private const int NameLength = 8 + 32 + 4, BufferBytes = 1 << 16, Tries = 8;

    private TemporaryFile(FileStream stream) => Stream = stream;

    /// <summary>Where to write.</summary>
    public FileStream Stream { get; }

    /// <summary>Makes a new one.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="mode">Who may read and write it, on Unix; null: what the system gives to new files.</param>
    public static TemporaryFile Create(string folder, UnixFileMode? mode)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            // On Unix this is a shared lock, which keeps off exclusive ones, and no readers once the file has its name.
            Share = FileShare.ReadWrite | FileShare.Delete,
            BufferSize = BufferBytes,
        };
        if (mode is { } given && !OperatingSystem.IsWindows())
            options.UnixCreateMode = given;
        for (int tried = 1; ; tried++)
        {
            // The name does not grow with the target's, which may be as long as the system allows.
            string path = Path.Combine(folder, $"{Prefix}{Guid.NewGuid():N}{Suffix}");
            try
            {
                var stream = new FileStream(path, options);
                // Now that it is locked nobody else removes it; before, somebody may have.
                if (File.Exists(path) || tried == Tries)
                    return new(stream);
                stream.Dispose();
            }
            catch (IOException) when (tried < Tries)
            {
                // Somebody took it for an abandoned one before it was locked, and is removing it.
            }
        }
    }

    /// <summary>Gives the written file its name. Nobody can take it for an abandoned one in between, for it stays locked.</summary>
    public void Rename(string target)
    {
        Stream.Flush(flushToDisk: true);
        File.Move(Stream.Name, target, overwrite: true);
    }

    /// <summary>Removes those in the same folder whose owner is gone.</summary>
    public void RemoveAbandoned()
    {
        // Where locks are not kept, a living owner cannot be told.
        if (TryOwn(Stream.Name) is { } own)
        {
            own.Dispose();
            return;
        }
        try
        {
            var options = new EnumerationOptions { AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true, MatchCasing = MatchCasing.CaseSensitive };
            foreach (string path in Directory.EnumerateFiles(Path.GetDirectoryName(Stream.Name)!, AnyName, options))
            {
                if (Path.GetFileName(path).Length != NameLength || FileKinds.Of(path) != FileKind.Regular)
                    continue;
                // Removed while it is locked, so that an owner who has only just made it notices.
                using FileStream? abandoned = TryOwn(path);
                if (abandoned is not null)
                    File.Delete(path);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Another may have removed it, or may not want it removed: the file to be saved matters more.
        }
    }

    /// <summary>Closes it, and removes it where it has no other name.</summary>
    public void Dispose()
    {
        string path = Stream.Name;
        try
        {
            Stream.Dispose();
        }
        catch (IOException)
        {
            // The rest of the buffer did not get to the disk either.
        }
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The next save removes it.
        }
    }

    /// <summary>Locks a file against everybody; null where somebody has it, or it is not ours to lock.</summary>
    private static FileStream? TryOwn(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.ReadWrite, OperatingSystem.IsWindows() ? FileShare.Delete : FileShare.None, bufferSize: 0);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
