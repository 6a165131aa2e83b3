using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using NetGen.Generator.Diagnostics;

namespace NetGen.Generator.Tests.Diagnostics;

/// <summary>Each rule is in the table, has a help page, a release line and a test.</summary>
public class RuleTableTests
{
    private static readonly string Repository = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "..", ".."));
    private static readonly string GeneratorFolder = Path.Combine(Repository, "generator", "NetGen.Generator");

    public static TheoryData<string> Ids => [.. Rules.All.Select(rule => rule.Id)];

    [Fact]
    public void The_table_holds_every_rule_once() =>
        typeof(Rules).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(field => field.FieldType == typeof(Rule)).Select(field => (Rule)field.GetValue(null)!)
            .OrderBy(rule => rule.Id, StringComparer.Ordinal)
            .ShouldBe(Rules.All.DistinctBy(rule => rule.Id).OrderBy(rule => rule.Id, StringComparer.Ordinal));

    [Fact]
    public void The_analyzer_supports_every_rule_but_the_generators_own() =>
        new NetworkAnalyzer().SupportedDiagnostics.Select(descriptor => descriptor.Id)
            .ShouldBe(Rules.All.Select(rule => rule.Id).Where(id => id != Rules.InternalFault.Id));

    [Theory]
    [MemberData(nameof(Ids))]
    public void Each_rule_has_a_help_page_at_its_address(string id)
    {
        DiagnosticDescriptor descriptor = Descriptors.Of(Rules.All.Single(rule => rule.Id == id));
        descriptor.HelpLinkUri.ShouldBe($"{Rules.HelpAddress}{id}.md");
        string page = File.ReadAllText(Path.Combine(GeneratorFolder, "Help", $"{id}.md"));
        page.ShouldStartWith($"# {id}: {descriptor.Title}\n");
        page.ShouldContain("## Example");
        page.ShouldContain("## How to fix it");
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Each_rule_has_a_release_line(string id)
    {
        DiagnosticDescriptor descriptor = Descriptors.Of(Rules.All.Single(rule => rule.Id == id));
        string[] lines = [.. new[] { "Shipped", "Unshipped" }.SelectMany(kind => File.ReadLines(Path.Combine(GeneratorFolder, $"AnalyzerReleases.{kind}.md")))];
        string line = lines.Single(line => line.StartsWith(id, StringComparison.Ordinal));
        line.ShouldStartWith($"{id} | {descriptor.Category} | {descriptor.DefaultSeverity} | ");
    }

    [Fact]
    public void No_help_page_is_left_over() =>
        Directory.EnumerateFiles(Path.Combine(GeneratorFolder, "Help")).Select(Path.GetFileNameWithoutExtension)
            .Except([.. Rules.All.Select(rule => rule.Id), "Layers"]).ShouldBeEmpty();

    [Fact]
    public void Errors_cannot_be_configured_away() =>
        Rules.All.Where(rule => rule.IsError).Select(Descriptors.Of)
            .ShouldAllBe(descriptor => descriptor.CustomTags.Contains(WellKnownDiagnosticTags.NotConfigurable));

    [Fact]
    public void Every_rule_is_reported_in_a_test()
    {
        IEnumerable<string> tested = ShapeDiagnosticsTests.Mistakes.Concat(DeclarationDiagnosticsTests.Mistakes).Concat(BlockDiagnosticsTests.Mistakes)
            .Select(row => (string)row[1])
            .Concat([Rules.InternalFault.Id, Rules.DebugBuild.Id, Rules.ArgumentUnknown.Id]);
        Rules.All.Select(rule => rule.Id).Except(tested).ShouldBeEmpty();
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
