namespace NetGen.Tests.Files;

/// <summary>A process that never gets beyond the middle of saving a file.</summary>
internal static class HalfAFile
{
    /// <summary>Names the file.</summary>
    public const string PathVariable = "NETGEN_TEST_FILE";

    /// <summary>What it prints once half of the file is on the disk.</summary>
    public const string Reached = "half of it is written";

    /// <summary>Starts to write the file, and waits to be killed.</summary>
    public static IReadOnlyList<string> Run()
    {
        AtomicFile.Write(Environment.GetEnvironmentVariable(PathVariable)!, stream =>
        {
            stream.Write(new byte[100_000]);
            stream.Flush();
            Console.WriteLine(Reached);
            Thread.Sleep(Timeout.Infinite);
        });
        return [];
    }
}
