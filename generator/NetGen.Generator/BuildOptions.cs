using Microsoft.CodeAnalysis.Diagnostics;

namespace NetGen.Generator;

/// <summary>The MSBuild properties that the package makes visible to the compiler.</summary>
/// <param name="OptimizeInDebug">NetGenOptimizeInDebug: keep the JIT's optimiser on in Debug builds.</param>
/// <param name="Explain">NetGenExplain: write what each network went through as comments.</param>
/// <param name="AnalyzersRun">The analyzer reports mistakes. Where that is not certain, the generator does.</param>
internal sealed record BuildOptions(bool OptimizeInDebug, bool Explain, bool AnalyzersRun)
{
    public static BuildOptions Read(AnalyzerConfigOptions options) => new(
        Is(options, "NetGenOptimizeInDebug", "true"),
        Is(options, "NetGenExplain", "true"),
        IsVisible(options, "RunAnalyzers")
            && !Is(options, "RunAnalyzers", "false")
            && (Is(options, "RunAnalyzers", "true") || !Is(options, "RunAnalyzersDuringBuild", "false"))
            && !SkipsAnalyzersImplicitly(options));

    /// <summary>
    /// Builds that an IDE starts for Run or Test leave analyzers out to be quicker: the condition of Microsoft.Managed.Core.targets.
    /// </summary>
    private static bool SkipsAnalyzersImplicitly(AnalyzerConfigOptions options) =>
        Is(options, "IsImplicitlyTriggeredBuild", "true")
        && !Is(options, "OptimizeImplicitlyTriggeredBuild", "false")
        && (!Is(options, "TreatWarningsAsErrors", "true") || Is(options, "OptimizeImplicitlyTriggeredBuild", "true"));

    /// <summary>Whether the project has a value for the property, be it empty: not so where a compiler is run without MSBuild.</summary>
    private static bool IsVisible(AnalyzerConfigOptions options, string property) => options.TryGetValue($"build_property.{property}", out _);

    private static bool Is(AnalyzerConfigOptions options, string property, string value) =>
        options.TryGetValue($"build_property.{property}", out string? text) && string.Equals(text, value, StringComparison.OrdinalIgnoreCase);
}
