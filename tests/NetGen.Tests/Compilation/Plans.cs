using Microsoft.CodeAnalysis;
using NetGen.Generator.Cpu.Planning;
using NetGen.Generator.Graph;
using NetGen.Generator.Reading;
using NetGen.Tests.Numerics;

namespace NetGen.Tests.Compilation;

/// <summary>What the generator plans for networks, without writing it out.</summary>
internal static class Plans
{
    private static readonly Lazy<NetworkPlan[]> Zoo = new(PlanZoo);

    /// <summary>The plans of some cases, in order.</summary>
    public static IEnumerable<NetworkPlan> Of(IReadOnlyList<NetworkCase> cases)
    {
        Microsoft.CodeAnalysis.Compilation compilation = NetworkCompiler.Declare(NetworkCase.Source(cases));
        return cases.Select((_, i) => Of(compilation.GetTypeByMetadataName($"Networks.Case{i}")!, compilation));
    }

    /// <summary>The plans of the networks of the zoo, and of the chain that stands for a deep one.</summary>
    public static IReadOnlyList<NetworkPlan> OfZoo => Zoo.Value;

    private static NetworkPlan[] PlanZoo()
    {
        string[] files = [.. typeof(Plans).Assembly.GetManifestResourceNames().Where(name => name.EndsWith(".cs", StringComparison.Ordinal))];
        Microsoft.CodeAnalysis.Compilation compilation = NetworkCompiler.Declare([.. files.Select(Read)]);
        return [.. files.Select(file => compilation.GetTypeByMetadataName($"ModelZoo.{Path.GetFileNameWithoutExtension(file)}"))
            .OfType<INamedTypeSymbol>().Where(NetworkReader.IsNetwork)
            .Select(network => Of(network, compilation))];
    }

    private static string Read(string file)
    {
        using var reader = new StreamReader(typeof(Plans).Assembly.GetManifestResourceStream(file)!);
        return reader.ReadToEnd();
    }

    private static NetworkPlan Of(INamedTypeSymbol network, Microsoft.CodeAnalysis.Compilation compilation) =>
        NetworkPlan.Make(GraphBuilder.Build(NetworkReader.Read(network, compilation, CancellationToken.None), CancellationToken.None), CancellationToken.None);
}
