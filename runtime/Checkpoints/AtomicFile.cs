namespace NetGen;

/// <summary>Writes a file so that its name always stands for a whole one: the old or the new, whatever fails in between.</summary>
internal static class AtomicFile
{
    /// <summary>
    /// Writes beside the file, to the disk, then renames over it. Where writing fails the old file stays and the new one is removed;
    /// where the process is killed an unfinished <c>*.tmp</c> may remain.
    /// </summary>
    public static void Write(string path, Action<Stream> write)
    {
        // A rename over a link would replace the link, not the file it stands for.
        var named = new FileInfo(path);
        string target = named.LinkTarget is null ? named.FullName : named.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
        if (Directory.Exists(target))
            throw new IOException($"'{path}' is a folder; the name of a file is expected.");
        if (Path.GetDirectoryName(target) is { } folder && !Directory.Exists(folder))
            throw new DirectoryNotFoundException($"'{path}' cannot be written: the folder '{folder}' does not exist.");
        string temporary = $"{target}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            if (!OperatingSystem.IsWindows() && File.Exists(target))
                File.SetUnixFileMode(temporary, File.GetUnixFileMode(target));
            File.Move(temporary, target, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
