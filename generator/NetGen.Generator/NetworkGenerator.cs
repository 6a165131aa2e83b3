using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using NetGen.Generator.Api;
using NetGen.Generator.Cpu;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Graph;
using NetGen.Generator.Reading;

namespace NetGen.Generator;

/// <summary>Writes the other part of each class with [Network]: its public members, and the program that runs and trains it.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class NetworkGenerator : IIncrementalGenerator
{
    /// <summary>Names of the tracked steps.</summary>
    internal const string DeclarationStep = "Declaration", GraphStep = "Graph", OptionsStep = "Options", DebuggableStep = "Debuggable";

    private readonly Func<NetworkGraph, CancellationToken, IEnumerable<(string Suffix, string Text)>> emitProgram;

    /// <summary>The generator as the compiler makes it.</summary>
    public NetworkGenerator()
        : this(ProgramEmitter.Emit)
    {
    }

    /// <summary>A generator with another emitter of programs, for tests.</summary>
    internal NetworkGenerator(Func<NetworkGraph, CancellationToken, IEnumerable<(string Suffix, string Text)>> emitProgram) => this.emitProgram = emitProgram;

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValueProvider<BuildOptions> options = context.AnalyzerConfigOptionsProvider
            .Select((provider, _) => BuildOptions.Read(provider.GlobalOptions))
            .WithTrackingName(OptionsStep);
        IncrementalValuesProvider<Attempt<NetworkGraph>> graphs = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                NetworkReader.NetworkAttribute,
                (node, _) => node.IsKind(SyntaxKind.ClassDeclaration) || node.IsKind(SyntaxKind.RecordDeclaration),
                (source, cancellation) => Attempt.Run(
                    source.TargetSymbol.Name, () => IsFirst(source) ? NetworkReader.Read((INamedTypeSymbol)source.TargetSymbol, cancellation) : null))
            .WithTrackingName(DeclarationStep)
            .Where(declaration => declaration.Value is not null || declaration.Fault is not null)
            .Select((declaration, cancellation) => declaration.Then(value => GraphBuilder.Build(value!, cancellation)))
            .WithTrackingName(GraphStep);
        IncrementalValueProvider<bool> isDebuggable = context.CompilationProvider
            .Select((compilation, _) => compilation.Options.OptimizationLevel == OptimizationLevel.Debug)
            .Combine(options)
            .Combine(graphs.Collect())
            .Select((state, _) => state.Left.Left && state.Left.Right.OptimizeInDebug && state.Right.Length != 0)
            .WithTrackingName(DebuggableStep);

        context.RegisterSourceOutput(graphs.Combine(options), (output, source) =>
            Add(output, source.Left, graph => SurfaceEmitter.Emit(graph, source.Right.AnalyzersOff) is { } text ? [("", text)] : [], reportsFault: true));
        context.RegisterImplementationSourceOutput(graphs, (output, graph) =>
            Add(output, graph, valid => valid.IsValid ? [.. emitProgram(valid, output.CancellationToken)] : [], reportsFault: false));
        context.RegisterImplementationSourceOutput(graphs.Combine(options.Select((values, _) => values.Explain)), (output, source) =>
            Add(output, source.Left, valid => valid.IsValid && source.Right ? [ExplainEmitter.Emit(valid, output.CancellationToken)] : [], reportsFault: false));
        context.RegisterSourceOutput(isDebuggable, (output, isOn) =>
        {
            if (isOn)
                output.AddSource("NetGen.OptimizeInDebug.g.cs", SourceText.From(OptimizeInDebug.Source, Encoding.UTF8));
        });
    }

    /// <summary>The attribute on a second part of the class is the compiler's error; the class is one network all the same.</summary>
    private static bool IsFirst(GeneratorAttributeSyntaxContext source) => source.TargetSymbol.GetAttributes()
        .First(attribute => attribute.AttributeClass?.ToDisplayString() == NetworkReader.NetworkAttribute)
        .ApplicationSyntaxReference?.GetSyntax().Parent?.Parent == source.TargetNode;

    /// <summary>Adds the files that <paramref name="emit"/> makes of a graph, or reports our own fault, which both outputs see, once.</summary>
    private static void Add(
        SourceProductionContext output, Attempt<NetworkGraph> graph, Func<NetworkGraph, IReadOnlyList<(string Suffix, string Text)>> emit, bool reportsFault)
    {
        Attempt<IReadOnlyList<(string Suffix, string Text)>> files = graph.Then(emit);
        if (files.Fault is { } fault && (reportsFault || graph.Fault is null))
            output.ReportDiagnostic(Diagnostic.Create(Descriptors.Of(Rules.InternalFault), Location.None, fault.Network, fault.Reason));
        foreach ((string suffix, string text) in files.Value ?? [])
            output.AddSource($"{graph.Value!.Identity.HintName}{suffix}.g.cs", SourceText.From(text, Encoding.UTF8));
    }
}
