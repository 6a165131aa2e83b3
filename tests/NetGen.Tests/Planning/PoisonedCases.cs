using NetGen.Generator.Cpu.Planning;
using NetGen.Tests.Compilation;
using NetGen.Tests.Numerics;

namespace NetGen.Tests.Planning;

/// <summary>Networks compiled as they are and poisoned.</summary>
internal sealed class PoisonedCases(PlanWish wish, params IEnumerable<IReadOnlyList<NetworkCase>> sets)
{
    private readonly CaseChunks<(CompiledNetworks Plain, CompiledNetworks Poisoned)> cases = new(
        chunk => (CompiledCases.Compile(chunk, wish), NetworkCompiler.Compile(
            NetworkCase.Source(chunk), $"{nameof(Poisoning)} {wish}", plan => Poisoning.Of(CompiledCases.Planned(plan, wish)))),
        sets);

    /// <summary>How many there are.</summary>
    public int Count => cases.Count;

    /// <summary>Fails unless a network computes the same bits poisoned as not, all of them numbers.</summary>
    public void Check(int index, IReadOnlyList<int> threads)
    {
        (NetworkCase network, Lazy<(CompiledNetworks Plain, CompiledNetworks Poisoned)> compiled, string name) = cases[index];
        if (FirstDifference(network, compiled.Value.Plain.Create(name), compiled.Value.Poisoned.Create(name), threads) is { } difference)
            throw new ShouldAssertException($"{difference}\n{network}");
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
