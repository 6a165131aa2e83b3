using NetGen.Tests.Reference;
using NetGen.Tests.Reference.Layers;

namespace NetGen.Tests.Numerics;

/// <summary>Chains of layers with branches put into them: shortcuts around some layers, and pairs of branches, merged by sums, gates and concatenation.</summary>
internal static class BranchedCases
{
    /// <summary>Each of these networks with some branches; the same for the same seed.</summary>
    public static IEnumerable<NetworkCase> Of(IEnumerable<NetworkCase> chains, int seed)
    {
        var random = new Random(seed);
        foreach (NetworkCase chain in chains)
        {
            NetworkCase branched = chain;
            for (var branches = random.Next(1, 4); branches > 0; branches--)
                branched = random.Next(2) == 0 ? WithShortcut(branched, random) : WithPair(branched, random);
            if (random.Next(2) == 0)
                branched = WithConcatenation(branched, random);
            if (branched.HasBranches)
                yield return branched;
        }
    }

    /// <summary>A head on some layer, which gives a further output, as Inception networks have them; sometimes a layer within is an output itself.</summary>
    public static NetworkCase WithHead(NetworkCase network, Random random)
    {
        int from = Math.Max(0, random.Next(-1, network.Layers.Length - 1)), place = from + 1;
        if (place == network.Layers.Length)
            return network;
        int[] shape = Shape(network, from);
        Layer[] head =
        [
            .. shape.Length == 3 ? new Layer[] { new FlattenLayer() } : [], new LinearLayer(ReferenceNetwork.Size(shape), random.Next(1, 20)),
            .. random.Next(2) == 0 ? new Layer[] { new LogSoftmaxLayer() } : [],
        ];
        head[0] = head[0] with { Sources = [from] };
        int Move(int layer) => layer >= place ? layer + head.Length : layer;
        IEnumerable<Layer> behind = network.Layers[place..].Select((layer, i) => layer with
        {
            Sources = i == 0 || layer.Sources is not null ? [.. (layer.Sources ?? [from]).Select(Move)] : null,
            Weights = layer.Weights is { } owner ? Move(owner) : null,
        });
        int[] within = random.Next(2) == 0 && !network.Outputs.Contains(from) ? [from] : [];
        return network with { Layers = [.. network.Layers[..place], .. head, .. behind], Outputs = [.. network.Outputs.Select(Move), .. within, place + head.Length - 1] };
    }

    /// <summary>A branch beside some layers in a row that begins with a function of its own and has their parameters, and the sum of the two.</summary>
    public static NetworkCase WithSharedPair(NetworkCase network, Random random)
    {
        (int From, int To)[] places = [.. Pairs(network).Where(pair => pair.To - pair.From is > 0 and <= 3
            && Enumerable.Range(pair.From + 1, pair.To - pair.From).All(layer => network.Layers[layer].Sources is null && network.Layers[layer] is not DropoutLayer)
            && Enumerable.Range(pair.From + 1, pair.To - pair.From).Any(layer => network.Layers[layer].Parameters.Count > 0))];
        if (places.Length == 0)
            return network;
        (int from, int to) = places[random.Next(places.Length)];
        IEnumerable<Layer> copies = Enumerable.Range(from + 1, to - from).Select(layer => network.Layers[layer].Parameters.Count > 0 ? network.Layers[layer] with { Weights = layer } : network.Layers[layer]);
        return Insert(network, to + 1, [new TanhLayer { Sources = [from] }, .. copies, new AddLayer { Sources = [to + 1 + to - from, to] }]);
    }

    /// <summary>Adds an earlier output of the same shape to one, or multiplies the two; sometimes a third comes in.</summary>
    private static NetworkCase WithShortcut(NetworkCase network, Random random)
    {
        (int From, int To)[] places = [.. Pairs(network).Where(pair => Shape(network, pair.From).SequenceEqual(Shape(network, pair.To)))];
        if (places.Length == 0)
            return network;
        (int from, int to) = places[random.Next(places.Length)];
        int[] others = [.. places.Where(pair => pair.To == to && random.Next(3) == 0).Select(pair => pair.From).Take(1)];
        return Insert(network, to + 1, Merge(random, to, [from, .. others]));
    }

    /// <summary>Doubles some layers in a row, and merges the two results.</summary>
    private static NetworkCase WithPair(NetworkCase network, Random random)
    {
        (int From, int To)[] places = [.. Pairs(network).Where(pair =>
            pair.To - pair.From <= 3 && Enumerable.Range(pair.From + 1, pair.To - pair.From).All(layer => network.Layers[layer].Sources is null))];
        if (places.Length == 0)
            return network;
        (int from, int to) = places[random.Next(places.Length)];
        Layer[] copies = [.. network.Layers[(from + 1)..(to + 1)]];
        copies[0] = copies[0] with { Sources = [from] };
        return Insert(network, to + 1, [.. copies, .. Merge(random, to + copies.Length, [to])]);
    }

    /// <summary>Earlier outputs beside the last, where these are images of equal size or vectors.</summary>
    private static NetworkCase WithConcatenation(NetworkCase network, Random random)
    {
        int last = network.Layers.Length - 1;
        int[] shape = Shape(network, last);
        int[] others = [.. Enumerable.Range(-1, last + 1).Where(from => Shape(network, from) is var other && other.Length == shape.Length && other[1..].SequenceEqual(shape[1..]) && random.Next(2) == 0)];
        return others.Length == 0 ? network : network with { Layers = [.. network.Layers, new ConcatLayer { Sources = [last, .. others] }] };
    }

    /// <summary>A sum with others, or a gate: of products of what is not bounded the largest few values are all that counts.</summary>
    private static Layer[] Merge(Random random, int last, int[] others) => random.Next(3) > 0
        ? [new AddLayer { Sources = [last, .. others] }]
        : [new SigmoidLayer(), new MultiplyLayer { Sources = [last + 1, others[0]] }];

    /// <summary>Outputs and later ones; -1 is the input.</summary>
    private static IEnumerable<(int From, int To)> Pairs(NetworkCase network) =>
        from to in Enumerable.Range(0, network.Layers.Length) from start in Enumerable.Range(-1, to + 1) select (start, to);

    private static int[] Shape(NetworkCase network, int layer)
    {
        if (layer < 0)
            return network.Input;
        int[] sources = network.Layers[layer].Sources ?? [layer - 1];
        return network.Layers[layer].OutputShape([.. sources.Select(source => Shape(network, source))]);
    }

    /// <summary>What took the output before the place takes that of the last of the new layers.</summary>
    private static NetworkCase Insert(NetworkCase network, int place, Layer[] layers)
    {
        IEnumerable<Layer> behind = network.Layers[place..].Select(layer => layer.Sources is not { } sources ? layer
            : layer with { Sources = [.. sources.Select(source => source >= place || source == place - 1 ? source + layers.Length : source)] })
            .Select(layer => layer.Weights >= place ? layer with { Weights = layer.Weights + layers.Length } : layer);
        return network with { Layers = [.. network.Layers[..place], .. layers, .. behind] };
    }
}
