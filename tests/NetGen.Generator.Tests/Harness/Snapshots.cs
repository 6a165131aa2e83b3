using System.Runtime.CompilerServices;
using System.Text;
using DiffPlex;
using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;

namespace NetGen.Generator.Tests.Harness;

/// <summary>
/// Compares generated files with committed ones, by the conventions of Verify.SourceGenerators: <c>Class.Method#Hint.g.verified.cs</c>
/// beside the test, the hint name in a first line, UTF-8 with a byte order mark, LF, no line break at the end; what differs is
/// written beside it as <c>.received.</c>. A new or a dangling snapshot fails. <c>NETGEN_ACCEPT=1</c> accepts what is received,
/// except where <c>CI</c> is set.
/// </summary>
internal static class Snapshots
{
    private static readonly UTF8Encoding Encoding = new(encoderShouldEmitUTF8Identifier: true);

    public static void Verify(Generation generation, [CallerFilePath] string sourceFile = "", [CallerMemberName] string method = "") =>
        Verify(generation.Files, Environment.GetEnvironmentVariable, sourceFile, method);

    /// <summary>Compares the files, by hint name, of a test method.</summary>
    public static void Verify(IReadOnlyDictionary<string, string> files, Func<string, string?> environment, string sourceFile, string method)
    {
        bool accepts = environment("NETGEN_ACCEPT") == "1";
        if (accepts && !string.IsNullOrEmpty(environment("CI")))
            throw new InvalidOperationException("NETGEN_ACCEPT is set in CI: a snapshot is accepted by a person who has read it.");
        string folder = Path.GetDirectoryName(sourceFile)!;
        string prefix = $"{Path.GetFileNameWithoutExtension(sourceFile)}.{method}#";
        var failures = new List<string>();
        var expected = new HashSet<string>(StringComparer.Ordinal);
        foreach ((string hint, string text) in files)
        {
            string verified = Path.Combine(folder, $"{prefix}{Path.GetFileNameWithoutExtension(hint)}.verified.cs");
            expected.Add(verified);
            if (Compare(verified, $"//HintName: {hint}\n{text}".TrimEnd('\n'), accepts) is { } failure)
                failures.Add(failure);
        }
        foreach (string dangling in Directory.EnumerateFiles(folder, $"{prefix}*.verified.cs").Where(path => !expected.Contains(path)))
        {
            if (accepts)
                File.Delete(dangling);
            else
                failures.Add($"Dangling snapshot, nothing like it was generated: {Path.GetFileName(dangling)}");
        }
        failures.ShouldBeEmpty(string.Join("\n\n", failures));
    }

    private static string? Compare(string verified, string text, bool accepts)
    {
        string received = verified.Replace(".verified.", ".received.", StringComparison.Ordinal);
        byte[] bytes = [.. Encoding.Preamble, .. Encoding.GetBytes(text)];
        if (File.Exists(verified) && File.ReadAllBytes(verified).AsSpan().SequenceEqual(bytes))
        {
            File.Delete(received);
            return null;
        }
        if (accepts)
        {
            File.WriteAllBytes(verified, bytes);
            File.Delete(received);
            return null;
        }
        File.WriteAllBytes(received, bytes);
        return File.Exists(verified)
            ? $"{Path.GetFileName(verified)} differs:\n{Difference(File.ReadAllText(verified), text)}"
            : $"New snapshot: {Path.GetFileName(verified)}. Read the .received. file beside it; NETGEN_ACCEPT=1 accepts it.";
    }

    private static string Difference(string before, string after)
    {
        IEnumerable<string> changes = new InlineDiffBuilder(new Differ()).BuildDiffModel(before, after).Lines
            .Where(line => line.Type is ChangeType.Inserted or ChangeType.Deleted)
            .Select(line => (line.Type == ChangeType.Inserted ? "+ " : "- ") + line.Text)
            .Take(40);
        string shown = string.Join("\n", changes);
        return shown.Length == 0 ? "(only in line ends or the byte order mark)" : shown;
    }
}
