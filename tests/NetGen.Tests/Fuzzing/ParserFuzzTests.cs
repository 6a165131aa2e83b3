using System.Globalization;
using NetGen.Tests.Data;

namespace NetGen.Tests.Fuzzing;

/// <summary>
/// Damaged files at every parser: each is read, or refused by the documented exception in a message that fits a screen, and nothing is allocated
/// beyond what the file's size allows. <c>NETGEN_MUTATIONS=100000</c> tries as many of each, <c>NETGEN_SEED</c> others.
/// </summary>
public sealed class ParserFuzzTests : IDisposable
{
    private const int EveryRun = 2000, LongestMessage = 2000;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    public static TheoryData<string> Names => [.. Parsers.All.Select(parser => parser.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void DamagedFilesAreReadOrRefused(string name)
    {
        Parser parser = Parsers.All.Single(one => one.Name == name);
        int mutations = Setting("NETGEN_MUTATIONS", EveryRun), seed = Setting("NETGEN_SEED", 1), refused = 0;
        for (var number = 0; number < mutations; number++)
        {
            // Each of its own number, so that one can be repeated without those before it.
            var random = new Random(unchecked((seed * 1_000_003) + number));
            byte[] file = new Mutation(random).Of(parser.Seeds);
            if (random.Next(2) == 0)
                file = parser.Mend(file);
            if (Try(parser, file, $"mutation {number} of NETGEN_SEED={seed}"))
                refused++;
        }
        refused.ShouldBeInRange(mutations / 20, mutations - (mutations / 100), "some are to be refused, and some to be read");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void TheSeedsAreRead(string name)
    {
        Parser parser = Parsers.All.Single(one => one.Name == name);
        foreach (byte[] seed in parser.Seeds)
        {
            Try(parser, seed, "a seed").ShouldBeFalse();
            Try(parser, parser.Mend(seed), "a mended seed").ShouldBeFalse();
        }
    }

    /// <summary>Whether it was refused.</summary>
    private bool Try(Parser parser, byte[] file, string what)
    {
        string path = folder.Write("file", file);
        string Described() => $"{parser.Name}, {what}, {file.Length} bytes: {Convert.ToHexString(file.AsSpan(0, Math.Min(file.Length, 1000)))}";
        long before = GC.GetAllocatedBytesForCurrentThread();
        bool isRefused = false;
        try
        {
            parser.Read(file, path);
        }
        catch (Exception exception)
        {
            exception.ShouldBeOfType(parser.Documented, $"{Described()}\n{exception}");
            exception.Message.Length.ShouldBeLessThan(LongestMessage, Described());
            isRefused = true;
        }
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan((64L * file.Length) + (64 << 20), Described());
        return isRefused;
    }

    private static int Setting(string variable, int usual) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } given ? int.Parse(given, CultureInfo.InvariantCulture) : usual;
}
