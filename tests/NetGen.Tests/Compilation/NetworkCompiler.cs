using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Engine;
using NetGen.Generator;
using NetGen.Generator.Cpu;
using NetGen.Generator.Cpu.Planning;

namespace NetGen.Tests.Compilation;

/// <summary>
/// Compiles C# that declares networks as a strict user's project would: the generator runs, nullable is on, warnings are errors,
/// <c>unsafe</c> is not allowed, code is optimised, documentation comments are checked.
/// </summary>
internal static class NetworkCompiler
{
    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Latest, DocumentationMode.Diagnose);

    private static readonly CSharpCompilationOptions Options = new(
        OutputKind.DynamicallyLinkedLibrary,
        optimizationLevel: OptimizationLevel.Release,
        allowUnsafe: false,
        generalDiagnosticOption: ReportDiagnostic.Error,
        warningLevel: 9999,
        deterministic: true,
        specificDiagnosticOptions: [new("CS1591", ReportDiagnostic.Suppress)],
        nullableContextOptions: NullableContextOptions.Enable);

    /// <summary>What an image depends on beside its source.</summary>
    private static readonly Guid[] Ingredients =
    [
        .. new[] { typeof(NetworkGenerator), typeof(NetworkProgram), typeof(CSharpCompilation), typeof(NetworkCompiler) }
            .Select(type => type.Module.ModuleVersionId),
    ];

    private static readonly Lazy<ImmutableArray<MetadataReference>> References = new(FindReferences);

    /// <summary>The compiled and loaded classes.</summary>
    /// <exception cref="CompilationFailedException">The generator reported something, or the compiler did.</exception>
    public static CompiledNetworks Compile(string source) => Compile(source, "", new NetworkGenerator());

    /// <summary>The same with plans that are not the generator's own.</summary>
    /// <param name="source">Declares the networks.</param>
    /// <param name="change">The change's name: images of another are not taken.</param>
    /// <param name="plan">What is written out in place of a plan.</param>
    public static CompiledNetworks Compile(string source, string change, Func<NetworkPlan, NetworkPlan> plan) => Compile(source, change, Planned(plan));

    /// <summary>The same for networks that are tried once: the image is kept nowhere.</summary>
    public static CompiledNetworks CompileOnce(string source, Func<NetworkPlan, NetworkPlan> plan) => new(Emit(source, Planned(plan)));

    private static NetworkGenerator Planned(Func<NetworkPlan, NetworkPlan> plan) =>
        new((graph, cancellation) => ProgramEmitter.Emit(plan(NetworkPlan.Make(graph, cancellation)), cancellation));

    private static CompiledNetworks Compile(string source, string change, NetworkGenerator generator) =>
        new(ImageCache.GetOrMake($"{source}\n{change}\n{string.Join('\n', Ingredients)}", () => Emit(source, generator)));

    private static byte[] Emit(string source, NetworkGenerator generator)
    {
        CSharpCompilation compilation = Generate(source, generator, out ImmutableArray<Diagnostic> reported);
        using var stream = new MemoryStream();
        ImmutableArray<Diagnostic> emitted = compilation.Emit(stream).Diagnostics;
        ImmutableArray<Diagnostic> problems = [.. reported, .. emitted.Where(one => one.Severity >= DiagnosticSeverity.Warning)];
        return problems.IsEmpty ? stream.ToArray() : throw new CompilationFailedException(problems);
    }

    /// <summary>The image of files that declare no networks, compiled as strictly.</summary>
    /// <exception cref="CompilationFailedException">The compiler reported something.</exception>
    public static byte[] CompileFiles(IReadOnlyList<string> files) =>
        ImageCache.GetOrMake($"{string.Join('\n', files)}\n{string.Join('\n', Ingredients)}", () =>
        {
            CSharpCompilation compilation = CSharpCompilation.Create(
                $"Files{Guid.NewGuid():N}", files.Select(file => CSharpSyntaxTree.ParseText(file, ParseOptions)), References.Value, Options);
            using var stream = new MemoryStream();
            ImmutableArray<Diagnostic> problems = [.. compilation.Emit(stream).Diagnostics.Where(one => one.Severity >= DiagnosticSeverity.Warning)];
            return problems.IsEmpty ? stream.ToArray() : throw new CompilationFailedException(problems);
        });

    /// <summary>The compilation with what the generator added.</summary>
    public static CSharpCompilation Generate(string source, out ImmutableArray<Diagnostic> reported) => Generate(source, new NetworkGenerator(), out reported);

    /// <summary>The compilation of sources alone.</summary>
    public static CSharpCompilation Declare(params string[] sources) => CSharpCompilation.Create(
        $"Networks{Guid.NewGuid():N}", sources.Select(source => CSharpSyntaxTree.ParseText(source, ParseOptions, path: "Networks.cs")), References.Value, Options);

    private static CSharpCompilation Generate(string source, NetworkGenerator generator, out ImmutableArray<Diagnostic> reported)
    {
        GeneratorDriver driver = CSharpGeneratorDriver.Create([generator.AsSourceGenerator()], parseOptions: ParseOptions);
        driver.RunGeneratorsAndUpdateCompilation(Declare(source), out Microsoft.CodeAnalysis.Compilation generated, out reported);
        return (CSharpCompilation)generated;
    }

    private static ImmutableArray<MetadataReference> FindReferences()
    {
        string platform = (string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")
            ?? throw new InvalidOperationException("The host does not say which assemblies the platform has.");
        IEnumerable<string> paths = platform.Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is var name && (name.StartsWith("System.", StringComparison.Ordinal) || name is "netstandard.dll"))
            .Append(typeof(NetworkProgram).Assembly.Location)
            .Distinct();
        return [.. paths.Select(path => MetadataReference.CreateFromFile(path))];
    }
}
