using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace NetGen.Generator.Tests.Harness;

/// <summary>What a diagnostic says and where.</summary>
/// <param name="Id">For example NG0102.</param>
/// <param name="Span">The text that is underlined; empty: no place.</param>
/// <param name="Message">The message.</param>
internal sealed record Finding(string Id, string Span, string Message)
{
    public static Finding Of(Diagnostic diagnostic) => new(
        diagnostic.Id,
        diagnostic.Location.SourceTree?.GetText().ToString(diagnostic.Location.SourceSpan) ?? "",
        diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
}

/// <summary>Runs the analyzer.</summary>
internal static class Analysis
{
    /// <summary>What the analyzer alone reports, in the order of the source.</summary>
    public static Task<ImmutableArray<Finding>> Analyze(params string[] sources) => Analyze(Compilations.Create(sources));

    /// <inheritdoc cref="Analyze(string[])"/>
    public static async Task<ImmutableArray<Finding>> Analyze(Compilation compilation, BuildProperties? properties = null) =>
        [.. (await Diagnostics(compilation, properties)).Select(Finding.Of)];

    public static async Task<ImmutableArray<Diagnostic>> Diagnostics(Compilation compilation, BuildProperties? properties = null)
    {
        CompilationWithAnalyzers analysis = compilation.WithAnalyzers(
            [new NetworkAnalyzer()], new AnalyzerOptions([], properties ?? new BuildProperties()));
        ImmutableArray<Diagnostic> found = await analysis.GetAnalyzerDiagnosticsAsync();
        return [.. found.OrderBy(diagnostic => diagnostic.Location.SourceTree?.FilePath).ThenBy(diagnostic => diagnostic.Location.SourceSpan.Start)];
    }
}
