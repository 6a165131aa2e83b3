using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using NetGen.Generator;

namespace NetGen.Benchmarks;

/// <summary>
/// <c>compile</c>: what a network costs a build and an editor. Times of the analyzer, of the public surface (which an editor asks for while
/// one types), of surface and kernels with what the generator allocates for these, and of the C# compiler on all of it, on one thread and of that
/// thread's own time; the size of what is generated; and how many of its methods the just-in-time compiler gives up optimising.
/// </summary>
internal static class CompileCommand
{
    /// <summary>A network of 2,000 thin layers, which no file declares.</summary>
    private const string LongChain = "layers-2000";

    /// <summary>A network that only this command compiles.</summary>
    private const string Chain = "densenet121-chain";

    private static readonly ImmutableArray<string> Thin = [.. BenchmarkNetwork.Thin.Select(network => network.Name)];

    private static readonly Option<ImmutableArray<string>> Networks = Lists.OneOf(
        "--nets", "Which networks.", [.. BenchmarkNetwork.All.Select(network => network.Name), Chain, LongChain], Thin);

    private static readonly Option<int> Rounds =
        Lists.AtLeastOne("--rounds", "How often each time is taken, after a first that counts apart; the median is printed. The number is", 7);

    private static readonly Option<DirectoryInfo?> Files = new("--files") { Description = "A folder to write the generated files to.", HelpName = "FOLDER" };

    public static Command Create()
    {
        var command = new Command("compile", "Prints what a network costs a build: milliseconds of analyzer, generator and compiler, memory, and KiB of source.")
        {
            Networks, Rounds, Files,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        int rounds = parsed.GetValue(Rounds);
        ImmutableArray<string> networks = parsed.GetValue(Networks);
        Console.WriteLine($"{"",-18}{"analyzer",10}{"surface",10}{"kernels",10}{"compiler",10}  ms {"allocated",10} MiB {"source",8} KiB {"MinOpts",8} methods");
        Print("first", await Measure(Compilation(Thin), 1, cancellation));
        foreach (string network in networks)
            Print(network, await Measure(Compilation([network]), rounds, cancellation));
        if (networks.Length > 1)
            Print("together", await Measure(Compilation(networks), rounds, cancellation));
        if (parsed.GetValue(Files) is { } folder)
            Write(folder, Generate(Compilation(networks), IncrementalGeneratorOutputKind.None).GetRunResult());
    }

    private static void Print(string name, Cost cost) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{name,-18}{cost.Analyzer,10:0.0}{cost.Surface,10:0.0}{cost.Kernels,10:0.0}{cost.Compiler,10:0}     {cost.Allocated / 1048576.0,10:0.0}     {cost.SourceBytes / 1024.0,8:0}     {cost.Unoptimised,8}"));

    private static async Task<Cost> Measure(CSharpCompilation compilation, int rounds, CancellationToken cancellation)
    {
        List<double> analyzer = [], surface = [], kernels = [], compiler = [];
        (long bytes, long allocated) = (0L, 0L);
        var image = new MemoryStream();
        for (var round = 0; round < rounds; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            // A new compilation each time: the compiler keeps what it found out about the one before.
            CSharpCompilation fresh = compilation.Clone();
            analyzer.Add(await Analyze(fresh, cancellation));
            surface.Add(Time(() => Generate(fresh, IncrementalGeneratorOutputKind.Implementation)));
            GeneratorDriver? driver = null;
            long before = GC.GetAllocatedBytesForCurrentThread();
            kernels.Add(Time(() => driver = Generate(fresh, IncrementalGeneratorOutputKind.None)));
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            ImmutableArray<SyntaxTree> generated = driver!.GetRunResult().GeneratedTrees;
            bytes = generated.Sum(tree => (long)tree.GetText(cancellation).Length);
            image = new MemoryStream();
            compiler.Add(Time(() => Compile(fresh, generated, image)));
        }
        return new(Middle(analyzer), Middle(surface), Middle(kernels), Middle(compiler), allocated, bytes, Unoptimised.Count(image.ToArray()));
    }

    /// <summary>Milliseconds that this thread works on a call.</summary>
    private static double Time(Action call)
    {
        double start = ThreadTime.Seconds;
        call();
        return (ThreadTime.Seconds - start) * 1000;
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
    private static void Compile(CSharpCompilation compilation, ImmutableArray<SyntaxTree> generated, Stream image)
    {
        CSharpCompilation whole = compilation.AddSyntaxTrees(generated.Select(tree => CSharpSyntaxTree.ParseText(tree.GetText(), Parsing, tree.FilePath)));
        var emitted = whole.Emit(image);
        if (!emitted.Success)
            throw new InvalidOperationException(string.Join('\n', emitted.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)));
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

    private static string ClassOf(string network) => network switch
    {
        Chain => "DenseNet121Chain",
        LongChain => "Layers2000",
        _ => BenchmarkNetwork.Named(network).Network.Definition.Name,
    };

    /// <summary>Networks as their files declare them.</summary>
    private static CSharpCompilation Compilation(ImmutableArray<string> networks)
    {
        IEnumerable<string> files = typeof(CompileCommand).Assembly.GetManifestResourceNames().Where(name => name.EndsWith(".cs", StringComparison.Ordinal));
        return CSharpCompilation.Create(
            "Networks",
            [
                .. files.Select(file => Declarations(file, [.. networks.Select(ClassOf)])),
                .. networks.Contains(LongChain) ? [LongChainDeclaration()] : Array.Empty<SyntaxTree>(),
            ],
            References,
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, concurrentBuild: false, nullableContextOptions: NullableContextOptions.Enable));
    }

    private static SyntaxTree LongChainDeclaration() => CSharpSyntaxTree.ParseText(
        $"using NetGen; namespace NetGen.Benchmarks.Networks; [Network, Input(8), {string.Join(", ", Enumerable.Repeat("Linear(8), ReLU", 1000))}] public partial class Layers2000;",
        Parsing, "Layers2000.cs");

    /// <summary>The networks of these names in a file, and its blocks.</summary>
    private static SyntaxTree Declarations(string file, ImmutableArray<string> classes)
    {
        using Stream source = typeof(CompileCommand).Assembly.GetManifestResourceStream(file)!;
        SyntaxTree tree = CSharpSyntaxTree.ParseText(SourceText.From(source), Parsing, file);
        SyntaxNode root = tree.GetRoot();
        IEnumerable<SyntaxNode> others = root.DescendantNodes().OfType<ClassDeclarationSyntax>()
            .Where(declared => IsNetwork(declared) && !classes.Contains(declared.Identifier.Text));
        return tree.WithRootAndOptions(root.RemoveNodes(others, SyntaxRemoveOptions.KeepNoTrivia)!, Parsing);
    }

    private static bool IsNetwork(ClassDeclarationSyntax declared) =>
        declared.AttributeLists.SelectMany(list => list.Attributes).Any(attribute => attribute.Name.ToString() == "Network");

    /// <summary>Milliseconds, bytes, and methods.</summary>
    private sealed record Cost(double Analyzer, double Surface, double Kernels, double Compiler, long Allocated, long SourceBytes, int Unoptimised);
}
