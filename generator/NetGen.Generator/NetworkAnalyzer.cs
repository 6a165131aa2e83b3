using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Graph;
using NetGen.Generator.Reading;

namespace NetGen.Generator;

/// <summary>Reports mistakes in networks and blocks while they are typed, over the same reading and graph as <see cref="NetworkGenerator"/>.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class NetworkAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [.. Rules.All.Where(rule => rule != Rules.InternalFault).Select(Descriptors.Of)];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        // A network in a file that passes for generated must not build with a mistake either.
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(Start);
    }

    private static void Start(CompilationStartAnalysisContext context)
    {
        if (context.Compilation.GetTypeByMetadataName(NetworkReader.NetworkAttribute) is null)
            return;
        var networks = 0;
        context.RegisterSymbolAction(
            symbol =>
            {
                if (Analyze(symbol, (INamedTypeSymbol)symbol.Symbol))
                    Interlocked.Increment(ref networks);
            },
            SymbolKind.NamedType);
        context.RegisterCompilationEndAction(end =>
        {
            bool isUnoptimised = end.Compilation.Options.OptimizationLevel == OptimizationLevel.Debug
                && !BuildOptions.Read(end.Options.AnalyzerConfigOptionsProvider.GlobalOptions).OptimizeInDebug;
            if (isUnoptimised && Volatile.Read(ref networks) != 0)
                end.ReportDiagnostic(ProblemReport.At(Location.None, Problem.Of(Rules.DebugBuild)));
        });
    }

    /// <summary>Reports what is wrong with a type; whether it is a network.</summary>
    private static bool Analyze(SymbolAnalysisContext context, INamedTypeSymbol type)
    {
        // On anything but a class the compiler refuses the attribute.
        if (type.TypeKind != TypeKind.Class)
            return false;
        bool isNetwork = NetworkReader.IsNetwork(type);
        if (!isNetwork && !BlockForm.IsBlock(type) && AttributeOrder.FirstLayer(AttributeOrder.Of(type)) is null)
            return false;
        if (!isNetwork && BlockForm.IsBlock(type))
        {
            foreach (Problem problem in BlockForm.Check(type))
                context.ReportDiagnostic(ProblemReport.Of(type, problem, context.CancellationToken));
            return false;
        }
        NetworkGraph graph = GraphBuilder.Build(NetworkReader.Read(type, context.Compilation, context.CancellationToken), context.CancellationToken);
        foreach (Problem problem in graph.Problems)
            context.ReportDiagnostic(ProblemReport.Of(type, problem, context.CancellationToken));
        return isNetwork;
    }
}
