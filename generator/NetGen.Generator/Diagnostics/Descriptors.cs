using Microsoft.CodeAnalysis;

namespace NetGen.Generator.Diagnostics;

/// <summary>The rules as Roslyn knows them.</summary>
internal static class Descriptors
{
    /// <summary>The property of a diagnostic that says what its span should be replaced by.</summary>
    public const string Correction = "Correction";

    /// <summary>The property of a diagnostic that says what its whole attribute may have been meant to be.</summary>
    public const string Alternative = "Alternative";

    private static readonly IReadOnlyDictionary<Rule, DiagnosticDescriptor> ByRule = Rules.All.ToDictionary(rule => rule, Describe);

    /// <summary>The rule's descriptor.</summary>
    public static DiagnosticDescriptor Of(Rule rule) => ByRule[rule];

    // An error cannot be configured away: a wrong network would build, and fail when it is run.
    private static DiagnosticDescriptor Describe(Rule rule) => new(
        rule.Id,
        rule.Title,
        rule.Format,
        rule.Category,
        rule.IsError ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: $"{Rules.HelpAddress}{rule.Id}.md",
        customTags: rule.IsError ? [WellKnownDiagnosticTags.NotConfigurable] : [WellKnownDiagnosticTags.CompilationEnd]);
}
