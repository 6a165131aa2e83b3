using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace NetGen.Generator.Tests.Harness;

/// <summary>Makes compilations as a user's project would: nullable on, warnings as errors, documentation checked.</summary>
internal static class Compilations
{
    public const string Preamble = "using NetGen;\n";

    /// <summary>The framework's assemblies.</summary>
    public static readonly ImmutableArray<string> ReferencePaths =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is var name && (name.StartsWith("System.", StringComparison.Ordinal) || name is "netstandard.dll" or "mscorlib.dll")),
    ];

    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. ReferencePaths.Select(path => MetadataReference.CreateFromFile(path)),
        MetadataReference.CreateFromFile(typeof(Shape).Assembly.Location),
    ];

    public static readonly CSharpParseOptions Parsing = new(LanguageVersion.Preview, DocumentationMode.Diagnose);

    /// <summary>A library of these sources, named 0.cs, 1.cs, …</summary>
    public static CSharpCompilation Create(OptimizationLevel optimization, params string[] sources) => CSharpCompilation.Create(
        "Networks",
        sources.Select((source, index) => CSharpSyntaxTree.ParseText(source, Parsing, path: $"{index}.cs", encoding: System.Text.Encoding.UTF8)),
        References,
        new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            optimizationLevel: optimization,
            nullableContextOptions: NullableContextOptions.Enable,
            generalDiagnosticOption: ReportDiagnostic.Error));

    /// <summary>An optimised library of these sources.</summary>
    public static CSharpCompilation Create(params string[] sources) => Create(OptimizationLevel.Release, sources);
}

/// <summary>MSBuild properties as the compiler sees them. NetGen.props makes RunAnalyzers visible in every project, with or without a value.</summary>
internal sealed class BuildProperties(params (string Name, string Value)[] properties) : AnalyzerConfigOptionsProvider
{
    public override AnalyzerConfigOptions GlobalOptions { get; } = new Options(properties
        .Append(("RunAnalyzers", "")).DistinctBy(property => property.Item1)
        .ToImmutableDictionary(property => "build_property." + property.Item1, property => property.Item2, StringComparer.OrdinalIgnoreCase));

    public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

    public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;

    private sealed class Options(ImmutableDictionary<string, string> values) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value) => values.TryGetValue(key, out value);
    }
}
