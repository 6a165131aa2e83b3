namespace NetGen.Tests.Data;

/// <summary>
/// Real data sets and trained networks, where the machine has them: the folder named by <c>NETGEN_DATA</c>, or <c>shared/data</c> in or beside
/// a folder above the tests.
/// </summary>
internal static class RealData
{
    /// <summary>The full path of a file or folder of it; null where it is not there.</summary>
    public static string? Find(string name) => Folders().Select(folder => Path.Combine(folder, name)).FirstOrDefault(Path.Exists);

    private static IEnumerable<string> Folders()
    {
        if (Environment.GetEnvironmentVariable("NETGEN_DATA") is { Length: > 0 } given)
            yield return given;
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            yield return Path.Combine(folder.FullName, "shared", "data");
    }
}
