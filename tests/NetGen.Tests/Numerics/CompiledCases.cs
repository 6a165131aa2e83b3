using NetGen.Generator.Cpu.Planning;
using NetGen.Tests.Compilation;

namespace NetGen.Tests.Numerics;

/// <summary>Cases compiled, and checked against the reference.</summary>
internal sealed class CompiledCases(PlanWish wish, params IEnumerable<IReadOnlyList<NetworkCase>> sets)
{
    private readonly CaseChunks<CompiledNetworks> cases = new(chunk => Compile(chunk, wish), sets);

    /// <summary>As the generator plans them.</summary>
    public CompiledCases(params IEnumerable<IReadOnlyList<NetworkCase>> sets)
        : this(PlanWish.Cheapest, sets)
    {
    }

    /// <summary>How many there are.</summary>
    public int Count => cases.Count;

    /// <summary>Checks one. A failure names the smallest network that still fails, and the one that it came from.</summary>
    public void Check(int index)
    {
        if (Try(index) is not { } failure)
            return;
        NetworkCase network = cases[index].Case;
        (NetworkCase smallest, string message) = CaseShrinker.Smallest(network, failure, TryAlone);
        throw new ShouldAssertException(smallest == network ? message : $"{message}\nshrunk from\n{network}\n{failure}");
    }

    private string? Try(int index)
    {
        (NetworkCase network, Lazy<CompiledNetworks> chunk, string name) = cases[index];
        CompiledNetworks compiled;
        try
        {
            compiled = chunk.Value;
        }
        catch (CompilationFailedException)
        {
            // It need not be this one.
            return TryAlone(network);
        }
        return Try(network, compiled, name);
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

    /// <summary>Those of each set that can have samples as lanes in their first layers only.</summary>
    public static IEnumerable<IReadOnlyList<NetworkCase>> Mixed(params IEnumerable<IReadOnlyList<NetworkCase>> sets) => sets.Select(set => set.Zip(Plans.Of(set))
        .Where(pair => Planned(pair.Second, PlanWish.Mixed).Training.Layouts.LastLayer >= 0).Select(pair => pair.First).ToArray());

    /// <summary>How a compiled network fails; null: it does not.</summary>
    public static string? Try(NetworkCase network, CompiledNetworks compiled, string name)
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
