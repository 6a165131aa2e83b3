using NetGen.Tests.Reference.Layers;

namespace NetGen.Tests.Numerics;

/// <summary>Looks for a smaller network that still fails: fewer layers, smaller batches.</summary>
internal static class CaseShrinker
{
    private const int MostAttempts = 40;

    /// <summary>The smallest found, with its failure.</summary>
    /// <param name="network">A network that fails.</param>
    /// <param name="failure">How it fails.</param>
    /// <param name="attempt">How a network fails; null where it does not.</param>
    public static (NetworkCase Network, string Failure) Smallest(NetworkCase network, string failure, Func<NetworkCase, string?> attempt)
    {
        var attempts = 0;
        for (var shrunk = true; shrunk;)
        {
            shrunk = false;
            foreach (NetworkCase smaller in Smaller(network))
            {
                if (attempts++ == MostAttempts)
                    return (network, failure);
                if (attempt(smaller) is not { } stillFails)
                    continue;
                (network, failure, shrunk) = (smaller, stillFails, true);
                break;
            }
        }
        return (network, failure);
    }

    /// <summary>Networks one step smaller, the smallest first.</summary>
    internal static IEnumerable<NetworkCase> Smaller(NetworkCase network)
    {
        Layer[] layers = network.Layers;
        if (layers.Length > 1 && !network.HasBranches)
        {
            int half = layers.Length / 2;
            yield return network with { Layers = layers[..half] };
            yield return network with { Layers = layers[half..], Input = ShapeAt(network, half) };
            yield return network with { Layers = layers[..^1] };
            yield return network with { Layers = layers[1..], Input = ShapeAt(network, 1) };
            for (var i = 1; i < layers.Length - 1; i++)
            {
                if (ShapeAt(network, i).SequenceEqual(ShapeAt(network, i + 1)))
                    yield return network with { Layers = [.. layers[..i], .. layers[(i + 1)..]] };
            }
        }
        for (var length = 1; network.HasBranches && length < layers.Length; length++)
        {
            if (Enumerable.Range(0, length - 1).All(taken => layers.Take(length).Select((layer, i) => layer.Sources ?? [i - 1]).Any(sources => sources.Contains(taken))))
                yield return network with { Layers = layers[..length] };
        }
        if (network.Batch > 1)
        {
            yield return network with { Batch = 1, Partial = 1 };
            yield return network with { Batch = network.Batch / 2, Partial = Math.Min(network.Partial, network.Batch / 2) };
        }
        if (network.Partial > 1)
            yield return network with { Partial = 1 };
    }

    private static int[] ShapeAt(NetworkCase network, int layer) =>
        network.Layers.Take(layer).Aggregate(network.Input, (shape, one) => one.OutputShape(shape));
}
