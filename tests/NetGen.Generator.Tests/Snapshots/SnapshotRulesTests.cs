using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using NetGen.Generator.Tests.Harness;

namespace NetGen.Generator.Tests.Snapshots;

/// <summary>The verifier itself, in a folder of its own.</summary>
public sealed class SnapshotRulesTests : IDisposable
{
    private static readonly IReadOnlyDictionary<string, string> Files = new Dictionary<string, string> { ["A.Net.g.cs"] = "line\nünï\n" };

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("netgen-snapshots");

    private string Verified => Path.Combine(folder.FullName, "Tests.Method#A.Net.g.verified.cs");

    private string Received => Path.Combine(folder.FullName, "Tests.Method#A.Net.g.received.cs");

    [Fact]
    public void A_new_snapshot_fails_and_is_written_beside()
    {
        Should.Throw<ShouldAssertException>(() => Verify(Files)).Message.ShouldContain("New snapshot: Tests.Method#A.Net.g.verified.cs");
        File.ReadAllText(Received).ShouldBe("//HintName: A.Net.g.cs\nline\nünï");
        File.Exists(Verified).ShouldBeFalse();
    }

    [Fact]
    public void An_accepted_snapshot_passes_and_has_Verifys_form()
    {
        Verify(Files, ("NETGEN_ACCEPT", "1"));
        File.ReadAllBytes(Verified).ShouldBe([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes("//HintName: A.Net.g.cs\nline\nünï")]);
        Verify(Files);
    }

    [Fact]
    public void Nothing_is_accepted_in_CI() =>
        Should.Throw<InvalidOperationException>(() => Verify(Files, ("NETGEN_ACCEPT", "1"), ("CI", "true"))).Message.ShouldContain("CI");

    [Fact]
    public void A_difference_fails_and_shows_the_lines()
    {
        Verify(Files, ("NETGEN_ACCEPT", "1"));
        string message = Should.Throw<ShouldAssertException>(() => Verify(new Dictionary<string, string> { ["A.Net.g.cs"] = "other\nünï\n" })).Message;
        message.ShouldContain("- line");
        message.ShouldContain("+ other");
        File.Exists(Received).ShouldBeTrue();
        Verify(Files);
        File.Exists(Received).ShouldBeFalse();
    }

    [Fact]
    public void A_dangling_snapshot_fails_until_it_is_accepted_away()
    {
        Verify(Files, ("NETGEN_ACCEPT", "1"));
        var none = new Dictionary<string, string>();
        Should.Throw<ShouldAssertException>(() => Verify(none)).Message.ShouldContain("Dangling snapshot");
        Verify(none, ("NETGEN_ACCEPT", "1"));
        File.Exists(Verified).ShouldBeFalse();
    }

    [Fact]
    public void Every_committed_snapshot_belongs_to_a_test()
    {
        string root = Path.Combine(Path.GetDirectoryName(ThisFile())!, "..");
        IEnumerable<string> tests = typeof(SnapshotRulesTests).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Instance | BindingFlags.Public))
            .Where(method => method.GetCustomAttribute<FactAttribute>() is not null)
            .Select(method => $"{method.DeclaringType!.Name}.{method.Name}");
        IEnumerable<string> owners = Directory.EnumerateFiles(root, "*.verified.*", SearchOption.AllDirectories)
            .Select(path => Path.GetFileName(path).Split('#')[0]);
        owners.Except(tests).ShouldBeEmpty();
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static string ThisFile([CallerFilePath] string path = "") => path;

    private void Verify(IReadOnlyDictionary<string, string> files, params (string Name, string Value)[] environment) => Harness.Snapshots.Verify(
        files,
        name => environment.FirstOrDefault(variable => variable.Name == name).Value,
        Path.Combine(folder.FullName, "Tests.cs"),
        "Method");
}
