using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Generator.Api;
using NetGen.Generator.Cpu;
using NetGen.Generator.Cpu.Wide;

namespace NetGen.Generator.Tests.Harness;

/// <summary>A run of the generator.</summary>
/// <param name="Driver">The driver after the run, for another.</param>
/// <param name="Compilation">The compilation with the generated files.</param>
/// <param name="Reported">What the generator itself reported.</param>
internal sealed record Generation(GeneratorDriver Driver, Compilation Compilation, ImmutableArray<Diagnostic> Reported)
{
    private const string WithoutKernelsSuffix = ".WithoutKernels";

    /// <summary>The generated files by hint name; what stands in for kernels that a test leaves out does not count.</summary>
    public ImmutableSortedDictionary<string, string> Files => Driver.GetRunResult().Results
        .SelectMany(result => result.GeneratedSources)
        .Where(source => !source.HintName.Contains(WithoutKernelsSuffix, StringComparison.Ordinal))
        .ToImmutableSortedDictionary(source => source.HintName, source => source.SourceText.ToString(), StringComparer.Ordinal);

    /// <summary>Errors and warnings of the compiler; that the test's own classes have no documentation does not count.</summary>
    public ImmutableArray<Diagnostic> Errors =>
        [.. Compilation.GetDiagnostics().Where(diagnostic =>
            diagnostic.Severity >= DiagnosticSeverity.Warning && !(diagnostic.Id == "CS1591" && !IsGenerated(diagnostic)))];

    /// <summary>A generator that leaves the kernels out, which have tests of their own and take long to compile.</summary>
    public static NetworkGenerator WithoutKernels { get; } = new((graph, _) => new NetworkText([new(WithoutKernelsSuffix, ProgramLink.StandIn(graph.Identity))], WideNeeds.None));

    /// <summary>Runs the generator, without kernels unless a test brings its own, over these sources.</summary>
    public static Generation Run(params string[] sources) => Run(Compilations.Create(sources));

    public static Generation Run(Compilation compilation, NetworkGenerator? generator = null, BuildProperties? properties = null) =>
        Run(compilation, CreateDriver(generator ?? WithoutKernels, properties));

    public static Generation Run(Compilation compilation, GeneratorDriver driver)
    {
        driver = driver.RunGeneratorsAndUpdateCompilation(compilation, out Compilation output, out ImmutableArray<Diagnostic> reported);
        return new(driver, output, reported);
    }

    public static bool IsGenerated(Diagnostic diagnostic) => diagnostic.Location.SourceTree?.FilePath.EndsWith(".g.cs", StringComparison.Ordinal) == true;

    private static CSharpGeneratorDriver CreateDriver(NetworkGenerator generator, BuildProperties? properties) => CSharpGeneratorDriver.Create(
        [generator.AsSourceGenerator()],
        optionsProvider: properties ?? new BuildProperties(),
        parseOptions: Compilations.Parsing,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
}
