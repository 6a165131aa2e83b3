using NetGen.Generator.Cpu.Planning;
using NetGen.Tests.Compilation;

namespace NetGen.Tests.Numerics;

/// <summary>Cases compiled some at a time: a compilation costs more than a class in it, shared kernels above all, and all at once would be too late a start.</summary>
internal sealed class CompiledCases(IReadOnlyList<NetworkCase> cases, PlanWish wish = PlanWish.Cheapest)
{
    /// <summary>How many are compiled together.</summary>
    public const int Chunk = 30;

    private readonly Lazy<CompiledNetworks>[] chunks =
        [.. cases.Chunk(Chunk).Select(chunk => new Lazy<CompiledNetworks>(() => Compile(chunk, wish)))];

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
            using CompiledNetworks alone = Compile([network], wish);
            return Try(network, alone, "Case0");
        }
        catch (CompilationFailedException exception)
        {
            return $"{exception.Message}\n{network}";
        }
    }

    /// <summary>The networks as they are, or as tests want them planned, however small the layers.</summary>
    public static CompiledNetworks Compile(IReadOnlyList<NetworkCase> networks, PlanWish wish) => wish == PlanWish.Cheapest
        ? NetworkCompiler.Compile(NetworkCase.Source(networks))
        : NetworkCompiler.Compile(NetworkCase.Source(networks), wish.ToString(), plan => Planned(plan, wish));

    /// <summary>The same network planned otherwise.</summary>
    public static NetworkPlan Planned(NetworkPlan plan, PlanWish wish) => wish == PlanWish.Cheapest ? plan : NetworkPlan.Make(plan.Graph, CancellationToken.None, wish);

    /// <summary>Those of some cases that can have samples as lanes in their first layers only.</summary>
    public static NetworkCase[] Mixed(params NetworkCase[] cases) => [.. cases.Zip(Plans.Of(cases), (network, plan) => (network, plan))
        .Where(pair => Planned(pair.plan, PlanWish.Mixed).Training.Layouts.LastLayer >= 0).Select(pair => pair.network)];

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
