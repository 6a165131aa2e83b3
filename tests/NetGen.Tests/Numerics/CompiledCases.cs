using NetGen.Generator.Cpu.Planning;
using NetGen.Tests.Compilation;

namespace NetGen.Tests.Numerics;

/// <summary>
/// Cases compiled, as the generator plans them and as tests want them planned, and checked against the reference, which works for all plans of a case together: it takes most of
/// the time.
/// </summary>
internal sealed class CompiledCases
{
    private readonly NetworkCase[] networks;
    private readonly Dictionary<PlanWish, CaseChunks<CompiledNetworks>> compiled;
    private readonly Dictionary<PlanWish, Dictionary<NetworkCase, int>> places;

    /// <param name="wishes">The plans. Mixed layouts are for those that can have them.</param>
    /// <param name="sets">The cases.</param>
    public CompiledCases(IReadOnlyList<PlanWish> wishes, params IReadOnlyList<IReadOnlyList<NetworkCase>> sets)
    {
        networks = [.. sets.SelectMany(set => set)];
        compiled = wishes.ToDictionary(wish => wish, wish => new CaseChunks<CompiledNetworks>(chunk => Compile(chunk, wish), wish == PlanWish.Mixed ? Mixed(sets) : sets));
        places = compiled.ToDictionary(
            pair => pair.Key, pair => Enumerable.Range(0, pair.Value.Count).ToDictionary(place => pair.Value[place].Case, (IEqualityComparer<NetworkCase>)ReferenceEqualityComparer.Instance));
    }

    /// <summary>How many there are.</summary>
    public int Count => networks.Length;

    /// <summary>How many are planned in that way.</summary>
    public int CountOf(PlanWish wish) => compiled[wish].Count;

    /// <summary>Checks all plans of one. A failure names the plan, the smallest network that still fails, and the one that it came from.</summary>
    public void Check(int index)
    {
        NetworkCase network = networks[index];
        var checks = new NetworkChecks(network);
        foreach (PlanWish wish in compiled.Keys)
        {
            if (!places[wish].TryGetValue(network, out int place) || Try(wish, place, checks) is not { } failure)
                continue;
            (NetworkCase smallest, string message) = CaseShrinker.Smallest(network, failure, smaller => TryAlone(smaller, wish));
            throw new ShouldAssertException($"plan {wish}: {(smallest == network ? message : $"{message}\nshrunk from\n{network}\n{failure}")}");
        }
    }

    private string? Try(PlanWish wish, int place, NetworkChecks checks)
    {
        (NetworkCase network, Lazy<CompiledNetworks> chunk, string name) = compiled[wish][place];
        CompiledNetworks networks;
        try
        {
            networks = chunk.Value;
        }
        catch (CompilationFailedException)
        {
            // It need not be this one.
            return TryAlone(network, wish);
        }
        return Try(checks, networks, name);
    }

    private static string? TryAlone(NetworkCase network, PlanWish wish)
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
    public static string? Try(NetworkCase network, CompiledNetworks compiled, string name) => Try(new NetworkChecks(network), compiled, name);

    private static string? Try(NetworkChecks checks, CompiledNetworks compiled, string name)
    {
        try
        {
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
