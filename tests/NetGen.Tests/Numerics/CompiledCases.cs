using NetGen.Generator.Cpu.Planning;
using NetGen.Tests.Compilation;

namespace NetGen.Tests.Numerics;

/// <summary>Cases compiled a dozen at a time: a compilation costs more than a class in it, and all at once would be too late a start.</summary>
internal sealed class CompiledCases(IReadOnlyList<NetworkCase> cases, bool prefersWide = false)
{
    /// <summary>How many are compiled together.</summary>
    public const int Chunk = 12;

    private readonly Lazy<CompiledNetworks>[] chunks =
        [.. cases.Chunk(Chunk).Select(chunk => new Lazy<CompiledNetworks>(() => Compile(chunk, prefersWide)))];

    /// <summary>How many there are.</summary>
    public int Count => cases.Count;

    /// <summary>Checks one. A failure names the smallest network that still fails, and the one that it came from.</summary>
    public void Check(int index)
    {
        if (Try(index) is not { } failure)
            return;
        (NetworkCase smallest, string message) = CaseShrinker.Smallest(cases[index], failure, TryAlone);
        throw new ShouldAssertException(smallest == cases[index] ? message : $"{message}\nshrunk from\n{cases[index]}\n{failure}");
    }

    private string? Try(int index)
    {
        CompiledNetworks compiled;
        try
        {
            compiled = chunks[index / Chunk].Value;
        }
        catch (CompilationFailedException)
        {
            // It need not be this one.
            return TryAlone(cases[index]);
        }
        return Try(cases[index], compiled, $"Case{index % Chunk}");
    }

    private string? TryAlone(NetworkCase network)
    {
        try
        {
            using CompiledNetworks alone = Compile([network], prefersWide);
            return Try(network, alone, "Case0");
        }
        catch (CompilationFailedException exception)
        {
            return $"{exception.Message}\n{network}";
        }
    }

    /// <summary>The networks as they are, or with the kernels of wide layers doing whatever they can, however small the layers.</summary>
    public static CompiledNetworks Compile(IReadOnlyList<NetworkCase> networks, bool prefersWide) => prefersWide
        ? NetworkCompiler.Compile(NetworkCase.Source(networks), "wide", Widened)
        : NetworkCompiler.Compile(NetworkCase.Source(networks));

    /// <summary>The same network by the kernels of wide layers.</summary>
    public static NetworkPlan Widened(NetworkPlan plan) => NetworkPlan.Make(plan.Graph, CancellationToken.None, prefersWide: true);

    private static string? Try(NetworkCase network, CompiledNetworks compiled, string name)
    {
        try
        {
            var checks = new NetworkChecks(network);
            checks.All(new GuardedNetwork(compiled.Program(name)));
            checks.All(new PublicNetwork(compiled.Create(name)));
            return null;
        }
        catch (ShouldAssertException exception)
        {
            return exception.Message;
        }
    }
}
