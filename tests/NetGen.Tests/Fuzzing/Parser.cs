namespace NetGen.Tests.Fuzzing;

/// <summary>Something that reads files which others made.</summary>
/// <param name="Name">What it reads.</param>
/// <param name="Seeds">Right files, which are changed at random.</param>
/// <param name="Documented">What it may throw for a damaged file.</param>
/// <param name="Read">Reads a file to its last value, given its bytes and a path where they lie too.</param>
internal sealed record Parser(string Name, byte[][] Seeds, Type Documented, Action<byte[], string> Read)
{
    /// <summary>Makes sums and lengths right again after a change, so that what lies behind them is reached. Half of the files are mended.</summary>
    public Func<byte[], byte[]> Mend { get; init; } = file => file;
}
