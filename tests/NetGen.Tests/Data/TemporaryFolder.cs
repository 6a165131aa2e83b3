namespace NetGen.Tests.Data;

/// <summary>An empty folder of a test's own, removed with everything in it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("netgen-tests-");

    public string Path => folder.FullName;

    public string this[string name] => System.IO.Path.Combine(folder.FullName, name);

    /// <summary>The names in it, sorted.</summary>
    public string[] Names => [.. folder.GetFileSystemInfos().Select(file => file.Name).Order(StringComparer.Ordinal)];

    public string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(this[name], bytes);
        return this[name];
    }

    public void Dispose() => folder.Delete(recursive: true);
}
