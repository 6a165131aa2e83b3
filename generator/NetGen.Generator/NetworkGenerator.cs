using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using NetGen.Generator.Api;
using NetGen.Generator.Cpu;
using NetGen.Generator.Cpu.Wide;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Graph;
using NetGen.Generator.Reading;

namespace NetGen.Generator;

/// <summary>Writes the other part of each class with [Network]: its public members, and the program that runs and trains it.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class NetworkGenerator : IIncrementalGenerator
{
    /// <summary>Names of the tracked steps.</summary>
    internal const string DeclarationStep = "Declaration", GraphStep = "Graph", OptionsStep = "Options", DebuggableStep = "Debuggable", ProgramStep = "Program";

    private readonly Func<NetworkGraph, CancellationToken, NetworkText> emitProgram;

    /// <summary>The generator as the compiler makes it.</summary>
    public NetworkGenerator()
        : this(ProgramEmitter.Emit)
    {
    }

    /// <summary>A generator with another emitter of programs, for tests.</summary>
    internal NetworkGenerator(Func<NetworkGraph, CancellationToken, NetworkText> emitProgram) => this.emitProgram = emitProgram;

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValueProvider<BuildOptions> options = context.AnalyzerConfigOptionsProvider
            .Select((provider, _) => BuildOptions.Read(provider.GlobalOptions))
            .WithTrackingName(OptionsStep);
        IncrementalValuesProvider<StageResult<NetworkGraph>> graphs = BuildGraphs(
            context.SyntaxProvider
                .ForAttributeWithMetadataName(
                    NetworkReader.NetworkAttribute,
                    (node, _) => node.IsKind(SyntaxKind.ClassDeclaration) || node.IsKind(SyntaxKind.RecordDeclaration),
                    (source, cancellation) => Read(source.TargetSymbol, source.SemanticModel.Compilation, cancellation, network => IsFirst(source)))
                .WithTrackingName(DeclarationStep));
        IncrementalValuesProvider<StageResult<NetworkGraph>> forgotten = BuildGraphs(
            context.SyntaxProvider
                .CreateSyntaxProvider(
                    (node, _) => ForgottenNetwork.MayBe(node),
                    (source, cancellation) => Read(
                        source.SemanticModel.GetDeclaredSymbol(source.Node, cancellation), source.SemanticModel.Compilation, cancellation, network => ForgottenNetwork.IsFirst(network, source.Node))));
        IncrementalValueProvider<bool> isDebuggable = context.CompilationProvider
            .Select((compilation, _) => compilation.Options.OptimizationLevel == OptimizationLevel.Debug)
            .Combine(options)
            .Combine(graphs.Collect())
            .Select((state, _) => state.Left.Left && state.Left.Right.OptimizeInDebug && state.Right.Length != 0)
            .WithTrackingName(DebuggableStep);

        RegisterSurface(context, graphs);
        RegisterSurface(context, forgotten);
        RegisterMistakes(context, graphs, options);
        RegisterMistakes(context, forgotten, options);
        IncrementalValuesProvider<Program> programs = graphs
            .Where(graph => graph.Value is { IsValid: true })
            .Select((graph, cancellation) => new Program(graph.Value!.Identity, graph.Then(valid => emitProgram(valid, cancellation), cancellation)))
            .WithTrackingName(ProgramStep);
        context.RegisterImplementationSourceOutput(programs, AddProgram);
        context.RegisterImplementationSourceOutput(
            programs.Select((program, _) => program.Text.Value?.Needs ?? WideNeeds.None).Collect().Select((needs, _) => needs.Aggregate(WideNeeds.None, (all, one) => all.And(one))),
            AddSharedKernels);
        context.RegisterImplementationSourceOutput(graphs.Combine(options.Select((values, _) => values.Explain)), AddExplanation);
        context.RegisterSourceOutput(isDebuggable, (output, isOn) =>
        {
            if (isOn)
                output.AddSource("NetGen.OptimizeInDebug.g.cs", SourceText.From(OptimizeInDebug.Source, Encoding.UTF8));
        });
    }

    /// <summary>What a type declares, or nothing where it is to be passed over.</summary>
    private static StageResult<NetworkDeclaration?> Read(ISymbol? type, Compilation compilation, CancellationToken cancellation, Func<INamedTypeSymbol, bool> isWanted) => Stage.Run(
        type?.Name ?? "", () => type is INamedTypeSymbol network && isWanted(network) ? NetworkReader.Read(network, compilation, cancellation) : null, cancellation);

    private static IncrementalValuesProvider<StageResult<NetworkGraph>> BuildGraphs(IncrementalValuesProvider<StageResult<NetworkDeclaration?>> declarations) =>
        declarations
            .Where(declaration => declaration.Value is not null || declaration.Fault is not null)
            .Select((declaration, cancellation) => declaration.Then(value => GraphBuilder.Build(value!, cancellation), cancellation))
            .WithTrackingName(GraphStep);

    /// <summary>The attribute on a second part of the class is the compiler's error; the class is one network all the same.</summary>
    private static bool IsFirst(GeneratorAttributeSyntaxContext source) => source.TargetSymbol.GetAttributes()
        .First(attribute => attribute.AttributeClass?.ToDisplayString() == NetworkReader.NetworkAttribute)
        .ApplicationSyntaxReference?.GetSyntax().Parent?.Parent == source.TargetNode;

    private static void RegisterSurface(IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<StageResult<NetworkGraph>> graphs) =>
        context.RegisterSourceOutput(graphs, (output, graph) =>
        {
            StageResult<string?> surface = graph.Then(SurfaceEmitter.Emit, output.CancellationToken);
            if (surface.Fault is { } fault)
                Report(output, fault);
            else if (surface.Value is { } text)
                Add(output, graph.Value!.Identity, "", text);
        });

    /// <summary>Adds the program's files. A fault before it is reported with the surface.</summary>
    private static void AddProgram(SourceProductionContext output, Program program)
    {
        if (program.Text.Fault is { } fault)
            Report(output, fault);
        foreach (NetworkFile file in program.Text.Value?.Files ?? [new NetworkFile(".Program", ProgramLink.StandIn(program.Identity))])
            Add(output, program.Identity, file.Suffix, file.Text);
    }

    /// <summary>Adds the kernels that the networks of the project share.</summary>
    private static void AddSharedKernels(SourceProductionContext output, WideNeeds needs)
    {
        if (needs == WideNeeds.None)
            return;
        foreach ((string name, string text) in WideKernels.Write(needs, WideKernels.Namespace))
            output.AddSource($"NetGen.{name}.g.cs", SourceText.From(text, Encoding.UTF8));
    }

    /// <summary>Adds what the network went through, where that is asked for. A fault is reported with the program.</summary>
    private static void AddExplanation(SourceProductionContext output, (StageResult<NetworkGraph> Graph, bool IsWanted) source)
    {
        if (!source.IsWanted || source.Graph.Value is not { IsValid: true } network)
            return;
        StageResult<string> text = source.Graph.Then(valid => ExplainEmitter.Emit(valid, output.CancellationToken), output.CancellationToken);
        if (text.Value is not null)
            Add(output, network.Identity, ExplainEmitter.Suffix, text.Value);
    }

    /// <summary>
    /// Mistakes are the analyzer's to report. A build has them from the generator where no analyzer runs, where the compiler would stop at
    /// callers of the class before it comes to the analyzers; of what both report the compiler prints one. What the source suppresses is
    /// an error of the compiler's own, which nothing hides.
    /// </summary>
    private static void RegisterMistakes(
        IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<StageResult<NetworkGraph>> graphs, IncrementalValueProvider<BuildOptions> options)
    {
        IncrementalValuesProvider<(NetworkGraph Graph, bool IsUntold)> wrong = graphs
            .Where(graph => graph.Value is { IsValid: false })
            .Combine(options)
            .Select((pair, _) => pair.Right.AnalyzersRun
                ? (pair.Left.Value!, !pair.Left.Value!.Part.SparesCallers)
                : (pair.Left.Value!.WithoutAnalyzer(), true));
        context.RegisterImplementationSourceOutput(
            wrong.Combine(context.CompilationProvider), (output, source) => Report(output, source.Left.Graph, source.Left.IsUntold, source.Right));
    }

    private static void Report(SourceProductionContext output, NetworkGraph graph, bool isUntold, Compilation compilation)
    {
        StageResult<ILookup<bool, Problem>> problems = Stage.Run(
            graph.Identity.Name,
            () => graph.Problems.Concat(graph.Elsewhere).Distinct().ToLookup(problem => Suppression.Hides(problem.Rule, UsedBlocks.Find(Find(compilation, graph), problem.Block))),
            output.CancellationToken);
        StageResult<IReadOnlyList<Diagnostic>> found = problems.Then<IReadOnlyList<Diagnostic>>(
            byHidden => isUntold ? [.. byHidden[false].Where(problem => graph.Problems.Contains(problem)).Select(problem => ProblemReport.Of(Find(compilation, graph), problem, output.CancellationToken))] : [],
            output.CancellationToken);
        if (found.Fault is { } fault)
        {
            Report(output, fault);
            return;
        }
        foreach (Diagnostic diagnostic in found.Value!)
            output.ReportDiagnostic(diagnostic);
        if (problems.Value![true].Any())
            Add(output, graph.Identity, ".Suppressed", string.Concat(problems.Value[true].Select(problem => $"#error {problem.Rule.Id} cannot be suppressed: {problem.Message}\n")));
    }

    private static INamedTypeSymbol Find(Compilation compilation, NetworkGraph graph) =>
        IdentityReader.Find(compilation, graph.Identity) ?? throw new InvalidOperationException("its class is not in the compilation");

    private static void Report(SourceProductionContext output, Fault fault) =>
        output.ReportDiagnostic(ProblemReport.At(Location.None, Problem.Of(Rules.InternalFault, fault.Network, fault.Reason)));

    private static void Add(SourceProductionContext output, NetworkIdentity network, string suffix, string text) =>
        output.AddSource($"{network.HintName}{suffix}.g.cs", SourceText.From(text, Encoding.UTF8));

    /// <summary>A network's program, or why there is none.</summary>
    private sealed record Program(NetworkIdentity Identity, StageResult<NetworkText> Text);
}
