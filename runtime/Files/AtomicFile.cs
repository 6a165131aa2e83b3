using Microsoft.Win32.SafeHandles;

namespace NetGen;

/// <summary>Writes a file so that its name always stands for a whole one: the old or the new, whatever fails in between.</summary>
internal static class AtomicFile
{
    /// <summary>
    /// Writes beside the file, to the disk, then renames over it, and keeps the permissions that it had. Of several at a time the last one's file
    /// stays. Where writing fails the old file stays and the new one is removed; where the process is killed an unfinished <c>.netgen-*.tmp</c>
    /// may remain, which the next save in that folder removes.
    /// </summary>
    /// <param name="path">The file. Of a link, the file that it leads to is replaced, not the link.</param>
    /// <param name="write">Writes the contents.</param>
    /// <exception cref="ArgumentException">The path is empty or holds a zero.</exception>
    /// <exception cref="IOException">
    /// The path is a folder, a device, a pipe or a socket, its folder does not exist, or the disk is full or fails.
    /// </exception>
    /// <exception cref="UnauthorizedAccessException">The file, or its folder, may not be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        string target = Target(path, out FileKind kind);
        string folder = Path.GetDirectoryName(target)!;
        Access? access = null;
        if (kind == FileKind.Regular)
        {
            CheckWritable(path, target);
            access = Access.Of(target);
        }
        using TemporaryFile temporary = Create(path, folder, access?.Mode);
        temporary.RemoveAbandoned();
        try
        {
            write(temporary.Stream);
            access?.Give(temporary.Stream.SafeFileHandle);
            temporary.Rename(target);
        }
        catch (IOException exception)
        {
            throw new IOException($"'{path}' cannot be written, and is as it was. {exception.Message}", exception);
        }
        if (!OperatingSystem.IsWindows())
            UnixFile.TrySyncFolder(folder);
    }

    /// <summary>The file that is to be written, and whether there is one already.</summary>
    private static string Target(string path, out FileKind kind)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        // Looked at before links are followed by name: /dev/stdout leads to what has no name.
        kind = Path.EndsInDirectorySeparator(path) ? FileKind.Folder : FileKinds.Of(path);
        if (kind == FileKind.Folder)
            throw new IOException($"'{path}' is a folder; the name of a file is expected.");
        if (kind is not (FileKind.Regular or FileKind.Missing))
        {
            throw new IOException(
                $"'{path}' is {FileKinds.Describe(kind)}, which cannot be replaced whole; the name of a file is expected. Open it as a stream to write to it.");
        }
        // A rename over a link would replace the link, not the file it stands for.
        var named = new FileInfo(path);
        string target = named.LinkTarget is null ? named.FullName
            : (OperatingSystem.IsWindows() ? null : UnixFile.TryResolve(path)) ?? named.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
        return Path.GetDirectoryName(target) is { } folder && !Directory.Exists(folder)
            ? throw new DirectoryNotFoundException($"'{path}' cannot be written: the folder '{folder}' does not exist.")
            : target;
    }

    /// <summary>A rename asks the folder only; a file that may not be written is not to be replaced either.</summary>
    private static void CheckWritable(string path, string target)
    {
        try
        {
            new FileStream(target, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0).Dispose();
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new UnauthorizedAccessException($"'{path}' may not be written.", exception);
        }
        catch (FileNotFoundException)
        {
            // Removed a moment ago: it becomes a new file.
        }
    }

    private static TemporaryFile Create(string path, string folder, UnixFileMode? mode)
    {
        try
        {
            return TemporaryFile.Create(folder, mode);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new UnauthorizedAccessException($"'{path}' cannot be written: the folder '{folder}' allows no new files.", exception);
        }
        catch (IOException exception)
        {
            throw new IOException($"'{path}' cannot be written: the folder '{folder}' takes no new file. {exception.Message}", exception);
        }
    }

    /// <summary>Who may do what with a file, on Unix; what is replaced on Windows takes its rights from the folder.</summary>
    private sealed record Access(UnixFileMode Mode, UnixFile.Status? Owner)
    {
        public static Access? Of(string target)
        {
            if (OperatingSystem.IsWindows())
                return null;
            try
            {
                return new(File.GetUnixFileMode(target), UnixFile.TryGetStatus(target));
            }
            catch (FileNotFoundException)
            {
                return null;
            }
        }

        public void Give(SafeFileHandle file)
        {
            if (OperatingSystem.IsWindows())
                return;
            if (Owner is { } owner)
                UnixFile.TrySetOwner(file, owner);
            // A file is made with less than that where the process has a mask, and with a new owner it loses some.
            File.SetUnixFileMode(file, Mode);
        }
    }
}
