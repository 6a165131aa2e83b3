using System.Runtime.CompilerServices;
using NetGen.Generator.Tests.Harness;

namespace NetGen.Generator.Tests.Snapshots;

/// <summary>docs/architecture.md shows what NetGenExplain writes of its network today.</summary>
public class ArchitecturePageTests
{
    [Fact]
    public void Every_stage_of_the_page_is_the_real_one()
    {
        string page = File.ReadAllText(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "..", "..", "docs", "architecture.md")).Replace("\r", "");
        string source = page[page.IndexOf("[Network", StringComparison.Ordinal)..];
        source = source[..source.IndexOf("```", StringComparison.Ordinal)];
        string explained = Generation.Run(
            Compilations.Create(Compilations.Preamble + source), new NetworkGenerator(), new BuildProperties(("NetGenExplain", "true"))).Files["Net.Explain.g.cs"];
        string[] sections = [.. explained.Split("// == ").Skip(1).Select(Block)];
        sections.Length.ShouldBe(5);
        foreach (string section in sections)
            page.ShouldContain(section, Case.Sensitive, $"docs/architecture.md is out of date; it should show:\n{section}");
    }

    /// <summary>A section without its title and its comment signs, as a block of the page.</summary>
    private static string Block(string section) =>
        "```\n" + string.Join("\n", section.Trim('\n').Split('\n').Skip(1).Select(line => line.StartsWith("// ", StringComparison.Ordinal) ? line[3..] : line)) + "\n```";

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
