using NetGen.Generator.Cpu.Planning;
using NetGen.Tests.Compilation;
using NetGen.Tests.Numerics;

namespace NetGen.Tests.Planning;

/// <summary>Networks compiled as they are and poisoned, some at a time.</summary>
internal sealed class PoisonedCases(IReadOnlyList<NetworkCase> cases, PlanWish wish = PlanWish.Cheapest)
{
    private readonly Lazy<(CompiledNetworks Plain, CompiledNetworks Poisoned)>[] chunks =
    [
        .. cases.Chunk(CompiledCases.Chunk).Select(chunk => new Lazy<(CompiledNetworks, CompiledNetworks)>(() =>
            (CompiledCases.Compile(chunk, wish), NetworkCompiler.Compile(
                NetworkCase.Source(chunk), $"{nameof(Poisoning)} {wish}", plan => Poisoning.Of(CompiledCases.Planned(plan, wish)))))),
    ];

    /// <summary>How many there are.</summary>
    public int Count => cases.Count;

    /// <summary>Fails unless a network computes the same bits poisoned as not, all of them numbers.</summary>
    public void Check(int index, IReadOnlyList<int> threads)
    {
        (CompiledNetworks plain, CompiledNetworks poisoned) = chunks[index / CompiledCases.Chunk].Value;
        string name = $"Case{index % CompiledCases.Chunk}";
        if (FirstDifference(cases[index], plain.Create(name), poisoned.Create(name), threads) is { } difference)
            throw new ShouldAssertException($"{difference}\n{cases[index]}");
    }

    /// <summary>What a network computes otherwise than another, or that is no number; null: nothing.</summary>
    public static string? FirstDifference(NetworkCase network, INetwork plain, INetwork poisoned, IReadOnlyList<int> threads)
    {
        (PublicNetwork one, PublicNetwork other) = (new(plain), new(poisoned));
        string? difference = First(PassRecording.Predictions(network, one), PassRecording.Predictions(network, other));
        foreach (int workers in threads)
        {
            foreach (bool training in new[] { false, true })
                difference ??= First(PassRecording.Pass(network, one, workers, training), PassRecording.Pass(network, other, workers, training));
        }
        return difference;
    }

    private static string? First(IEnumerable<(string What, float[] Values)> plain, IEnumerable<(string What, float[] Values)> poisoned)
    {
        foreach (((string what, float[] expected), (_, float[] actual)) in plain.Zip(poisoned))
        {
            if (Array.FindIndex(actual, value => !float.IsFinite(value)) is >= 0 and var wrong)
                return $"{what}: [{wrong}] is {actual[wrong]} for {expected[wrong]}";
            if (!actual.AsSpan().SequenceEqual(expected))
                return $"{what}: other values than without poisoning";
        }
        return null;
    }
}
