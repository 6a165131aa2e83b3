using System.Collections.Immutable;
using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using NetGen.Generator;

namespace NetGen.Benchmarks;

/// <summary>
/// <c>compile</c>: what a network costs a build and an editor. Times of the analyzer, of the public surface (which an editor asks for while
/// one types), of surface and kernels, and of the C# compiler on all of it; and the size of what is generated.
/// </summary>
internal static class CompileCommand
{
    private static readonly Option<ImmutableArray<NetworkKind>> Networks = Lists.Networks();

    private static readonly Option<int> Rounds = new("--rounds")
    {
        Description = "How often each time is taken, after a first that counts apart; the median is printed.",
        DefaultValueFactory = _ => 7,
    };

    private static readonly Option<DirectoryInfo?> Files = new("--files") { Description = "A folder to write the generated files to.", HelpName = "FOLDER" };

    public static Command Create()
    {
        Rounds.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1)
                result.AddError("--rounds takes a number of at least 1.");
        });
        var command = new Command("compile", "Prints what a network costs a build: milliseconds of analyzer, generator and compiler, and KiB of source.")
        {
            Networks, Rounds, Files,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        int rounds = parsed.GetValue(Rounds);
        CSharpCompilation all = Compilation([.. parsed.GetValue(Networks)]);
        Console.WriteLine($"{"",-10}{"analyzer",10}{"surface",10}{"kernels",10}{"compiler",10}  ms {"source",8}  KiB");
        Print("first", await Measure(all, 1, cancellation));
        foreach (NetworkKind kind in parsed.GetValue(Networks))
            Print(kind.ToString(), await Measure(Compilation([kind]), rounds, cancellation));
        Print("together", await Measure(all, rounds, cancellation));
        if (parsed.GetValue(Files) is { } folder)
            Write(folder, Generate(all, IncrementalGeneratorOutputKind.None).GetRunResult());
    }

    private static void Print(string name, Cost cost) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{name,-10}{cost.Analyzer,10:0.0}{cost.Surface,10:0.0}{cost.Kernels,10:0.0}{cost.Compiler,10:0}     {cost.SourceBytes / 1024.0,8:0}"));

    private static async Task<Cost> Measure(CSharpCompilation compilation, int rounds, CancellationToken cancellation)
    {
        List<double> analyzer = [], surface = [], kernels = [], compiler = [];
        var bytes = 0L;
        for (var round = 0; round < rounds; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            // A new compilation each time: the compiler keeps what it found out about the one before.
            CSharpCompilation fresh = compilation.Clone();
            analyzer.Add(await Analyze(fresh, cancellation));
            surface.Add(Generate(fresh, IncrementalGeneratorOutputKind.Implementation).GetTimingInfo().ElapsedTime.TotalMilliseconds);
            GeneratorDriver driver = Generate(fresh, IncrementalGeneratorOutputKind.None);
            kernels.Add(driver.GetTimingInfo().ElapsedTime.TotalMilliseconds);
            ImmutableArray<SyntaxTree> generated = driver.GetRunResult().GeneratedTrees;
            bytes = generated.Sum(tree => (long)tree.GetText(cancellation).Length);
            compiler.Add(Compile(fresh, generated));
        }
        return new(Middle(analyzer), Middle(surface), Middle(kernels), Middle(compiler), bytes);
    }

    private static double Middle(List<double> times) => times.Order().ElementAt(times.Count / 2);

    private static async Task<double> Analyze(CSharpCompilation compilation, CancellationToken cancellation)
    {
        var analyzer = new NetworkAnalyzer();
        var options = new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([]), onAnalyzerException: null, concurrentAnalysis: false, logAnalyzerExecutionTime: true);
        var analysis = new CompilationWithAnalyzers(compilation, [analyzer], options);
        await analysis.GetAnalyzerDiagnosticsAsync(cancellation);
        return (await analysis.GetAnalyzerTelemetryInfoAsync(analyzer, cancellation)).ExecutionTime.TotalMilliseconds;
    }

    private static GeneratorDriver Generate(CSharpCompilation compilation, IncrementalGeneratorOutputKind without) =>
        CSharpGeneratorDriver.Create(
            [new NetworkGenerator().AsSourceGenerator()], parseOptions: Parsing, driverOptions: new GeneratorDriverOptions(without)).RunGenerators(compilation);

    /// <summary>Parses, binds and emits as the compiler does in a build.</summary>
    private static double Compile(CSharpCompilation compilation, ImmutableArray<SyntaxTree> generated)
    {
        long start = Stopwatch.GetTimestamp();
        CSharpCompilation whole = compilation.AddSyntaxTrees(generated.Select(tree => CSharpSyntaxTree.ParseText(tree.GetText(), Parsing, tree.FilePath)));
        var emitted = whole.Emit(Stream.Null);
        if (!emitted.Success)
            throw new InvalidOperationException(string.Join('\n', emitted.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)));
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static void Write(DirectoryInfo folder, GeneratorDriverRunResult result)
    {
        folder.Create();
        foreach (GeneratedSourceResult source in result.Results.SelectMany(r => r.GeneratedSources))
            File.WriteAllText(Path.Combine(folder.FullName, source.HintName), source.SourceText.ToString());
    }

    private static readonly CSharpParseOptions Parsing = new(LanguageVersion.Preview);

    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is var name && (name.StartsWith("System.", StringComparison.Ordinal) || name is "netstandard.dll"))
            .Select(path => MetadataReference.CreateFromFile(path)),
        MetadataReference.CreateFromFile(typeof(Shape).Assembly.Location),
    ];

    /// <summary>The sample's networks of these kinds, as the sample declares them.</summary>
    private static CSharpCompilation Compilation(ImmutableArray<NetworkKind> kinds)
    {
        using Stream source = typeof(CompileCommand).Assembly.GetManifestResourceStream("Networks.cs")!;
        SyntaxTree tree = CSharpSyntaxTree.ParseText(Microsoft.CodeAnalysis.Text.SourceText.From(source), Parsing, "Networks.cs");
        SyntaxNode root = tree.GetRoot();
        IEnumerable<SyntaxNode> others = root.DescendantNodes().OfType<Microsoft.CodeAnalysis.CSharp.Syntax.ClassDeclarationSyntax>()
            .Where(declared => !kinds.Any(kind => string.Equals(kind.ToString(), declared.Identifier.Text, StringComparison.OrdinalIgnoreCase)));
        tree = tree.WithRootAndOptions(root.RemoveNodes(others, SyntaxRemoveOptions.KeepNoTrivia)!, Parsing);
        return CSharpCompilation.Create(
            "Networks", [tree], References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable));
    }

    /// <summary>Milliseconds and bytes.</summary>
    private sealed record Cost(double Analyzer, double Surface, double Kernels, double Compiler, long SourceBytes);
}
