using System.Globalization;
using NetGen.Generator.Cpu.Planning;
using NetGen.Tests.Compilation;
using NetGen.Tests.Planning;

namespace NetGen.Tests.Numerics;

/// <summary>
/// Looks for rare errors: as many random networks as one wants, portion by portion, so that memory and disk hold a few portions however many there are. Portions
/// take turns in how networks are planned: for speed, with wide kernels, with mixed layouts, and with every buffer not-a-number where it holds nothing.
/// </summary>
/// <param name="seed">The same seed gives the same networks.</param>
/// <param name="count">How many.</param>
/// <param name="report">Takes a line after each portion.</param>
internal sealed class NetworkSearch(ulong seed, int count, Action<string> report)
{
    /// <summary>More would only be more of the same.</summary>
    private const int MostFailures = 20;

    private const int Portion = 30;
    private static readonly int[] Threads = [1, 3];
    private readonly Lock turn = new();
    private readonly List<string> failures = [];
    private int done;

    /// <summary>Chains, with layers that are frozen or share parameters too, with convolutions of every kind, and with branches: a portion of a seed's.</summary>
    public static IReadOnlyList<NetworkCase> Draw(ulong seed, int portion)
    {
        ulong own = unchecked((seed * 1_000_003) + (ulong)portion);
        return
        [
            .. NetworkCaseGenerator.Sample(own, Portion / 3),
            .. TopologyCases.Of(NetworkCaseGenerator.Sample(unchecked(own + 1), Portion / 6), unchecked((int)own)),
            .. NetworkCaseGenerator.SampleAny(own, Portion / 6),
            .. NetworkCaseGenerator.SampleSpaces(unchecked(own + 2), Portion / 6),
            .. BranchedCases.Of(NetworkCaseGenerator.SampleAny(unchecked(own + 0x9E3779B97F4A7C15), Portion), unchecked((int)own)).Take(Portion / 3),
        ];
    }

    /// <summary>What went wrong, each with the smallest network that still fails.</summary>
    public IReadOnlyList<string> Run()
    {
        int portions = (count + Portion - 1) / Portion;
        Parallel.For(0, portions, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, (portion, state) =>
        {
            NetworkCase[] networks = [.. Draw(seed, portion).Take(count - (portion * Portion))];
            IReadOnlyList<string> found = (portion % 4) switch
            {
                0 => Check(networks, PlanWish.Cheapest),
                1 => Check(networks, PlanWish.Wide),
                2 => Check([.. CompiledCases.Mixed([networks]).Single()], PlanWish.Mixed),
                _ => CheckPoisoned(networks, portion % 8 == 3 ? PlanWish.Cheapest : PlanWish.Wide),
            };
            Note(networks.Length, found);
            if (failures.Count >= MostFailures)
                state.Stop();
            // Compiled classes go when nothing refers to them.
            GC.Collect();
            GC.WaitForPendingFinalizers();
        });
        return failures;
    }

    private void Note(int checkedNow, IReadOnlyList<string> found)
    {
        lock (turn)
        {
            done += checkedNow;
            failures.AddRange(found);
            foreach (string failure in found)
                report(failure);
            report(string.Create(CultureInfo.InvariantCulture, $"{done} of {count} networks of seed {seed}, {failures.Count} failures, {Environment.WorkingSet >> 20} MB"));
        }
    }

    private static List<string> Check(NetworkCase[] networks, PlanWish wish)
    {
        if (networks is [])
            return [];
        try
        {
            using CompiledNetworks compiled = Compile(networks, wish);
            return [.. networks.Select((network, i) => CompiledCases.Try(network, compiled, $"Case{i}") is { } failure ? Shrink(network, wish, failure) : null).OfType<string>()];
        }
        catch (CompilationFailedException) when (networks.Length > 1)
        {
            // Which of them it is.
            return [.. networks.SelectMany(network => Check([network], wish))];
        }
        catch (CompilationFailedException exception)
        {
            return [$"{exception.Message}\n{networks[0]}"];
        }
    }

    private static string Shrink(NetworkCase network, PlanWish wish, string failure)
    {
        (NetworkCase smallest, string message) = CaseShrinker.Smallest(network, failure, smaller => Check(smaller, wish));
        return smallest == network ? $"{wish}: {message}" : $"{wish}: {message}\nshrunk from\n{network}\n{failure}";
    }

    private static string? Check(NetworkCase network, PlanWish wish)
    {
        using CompiledNetworks alone = Compile([network], wish);
        return CompiledCases.Try(network, alone, "Case0");
    }

    private static List<string> CheckPoisoned(NetworkCase[] networks, PlanWish wish)
    {
        using CompiledNetworks plain = Compile(networks, wish), poisoned = NetworkCompiler.CompileOnce(NetworkCase.Source(networks), plan => Poisoning.Of(CompiledCases.Planned(plan, wish)));
        return [.. networks.Select((network, i) => PoisonedCases.FirstDifference(network, plain.Create($"Case{i}"), poisoned.Create($"Case{i}"), Threads) is { } difference
            ? $"poisoned, {wish}: {difference}\n{network}" : null).OfType<string>()];
    }

    private static CompiledNetworks Compile(NetworkCase[] networks, PlanWish wish) => NetworkCompiler.CompileOnce(NetworkCase.Source(networks), plan => CompiledCases.Planned(plan, wish));
}
