using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using NetGen.Generator.Api;
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

    private readonly Func<NetworkGraph, string> emitProgram;

    /// <summary>The generator as the compiler makes it.</summary>
    public NetworkGenerator()
        : this(KernelSource.Emit)
    {
    }

    /// <summary>A generator with another emitter of programs, for tests.</summary>
    internal NetworkGenerator(Func<NetworkGraph, string> emitProgram) => this.emitProgram = emitProgram;

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValueProvider<BuildOptions> options = context.AnalyzerConfigOptionsProvider
            .Select((provider, _) => BuildOptions.Read(provider.GlobalOptions))
            .WithTrackingName(OptionsStep);
        IncrementalValuesProvider<Attempt<NetworkGraph>> graphs = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                NetworkReader.NetworkAttribute,
                (node, _) => node is TypeDeclarationSyntax,
                (source, cancellation) => Attempt.Run(source.TargetSymbol.Name, () => NetworkReader.Read((INamedTypeSymbol)source.TargetSymbol, cancellation)))
            .WithTrackingName(DeclarationStep)
            .Select((declaration, cancellation) => declaration.Then(value => GraphBuilder.Build(value, cancellation)))
            .WithTrackingName(GraphStep);
        IncrementalValueProvider<bool> isDebuggable = context.CompilationProvider
            .Select((compilation, _) => compilation.Options.OptimizationLevel == OptimizationLevel.Debug)
            .Combine(options)
            .Combine(graphs.Collect())
            .Select((state, _) => state.Left.Left && state.Left.Right.OptimizeInDebug && state.Right.Length != 0)
            .WithTrackingName(DebuggableStep);

        context.RegisterSourceOutput(graphs.Combine(options), (output, source) =>
            Add(output, source.Left, "", graph => SurfaceEmitter.Emit(graph, source.Right.AnalyzersOff), reportsFault: true));
        context.RegisterImplementationSourceOutput(graphs, (output, graph) =>
            Add(output, graph, ".Program", valid => valid.IsValid ? emitProgram(valid) : null, reportsFault: false));
        context.RegisterSourceOutput(isDebuggable, (output, isOn) =>
        {
            if (isOn)
                output.AddSource("NetGen.OptimizeInDebug.g.cs", SourceText.From(OptimizeInDebug.Source, Encoding.UTF8));
        });
    }

    /// <summary>Adds the file that <paramref name="emit"/> makes of a graph, or reports our own fault, which both outputs see, once.</summary>
    private static void Add(
        SourceProductionContext output, Attempt<NetworkGraph> graph, string suffix, Func<NetworkGraph, string?> emit, bool reportsFault)
    {
        Attempt<string?> text = graph.Then(emit);
        if (text.Fault is { } fault && (reportsFault || graph.Fault is null))
            output.ReportDiagnostic(Diagnostic.Create(Descriptors.Of(Rules.InternalFault), Location.None, fault.Network, fault.Reason));
        if (text.Value is { Length: > 0 } source)
            output.AddSource($"{graph.Value!.Identity.HintName}{suffix}.g.cs", SourceText.From(source, Encoding.UTF8));
    }
}
