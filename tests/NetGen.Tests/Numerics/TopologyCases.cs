using NetGen.Tests.Reference.Layers;

namespace NetGen.Tests.Numerics;

/// <summary>Networks in which some layers are frozen or share parameters, and with several outputs: drawn at random, and chosen for their edges.</summary>
internal static class TopologyCases
{
    private static readonly Pair Same = new(1), None = new(0);

    /// <summary>A frozen body, nothing that trains, frozen layers above and beside those that train.</summary>
    public static IReadOnlyList<NetworkCase> Chosen { get; } =
    [
        new([1, 12, 12], [new Conv2dLayer(1, 6, new(3), Same, None) { Frozen = true }, new ReLULayer(), new Conv2dLayer(6, 5, new(3), new(2), None), new ReLULayer(),
            new MaxPool2dLayer(new(2), new(2), None), new FlattenLayer(), new LinearLayer(20, 3) { Frozen = true }], 33, 15),
        new([3, 7, 6], [new Conv2dLayer(3, 17, new(3), Same, Same, Bias: false) { Frozen = true }, new BatchNorm2dLayer(17) { Frozen = true }, new ReLULayer(), new Conv2dLayer(17, 20, new(3), Same, Same) { Frozen = true },
            new BatchNorm2dLayer(20, Eps: 0.01) { Frozen = true }, new ReLULayer(), new FlattenLayer(), new LinearLayer(840, 4)], 17, 1),
        new([2, 5, 5], [new Conv2dLayer(2, 4, new(3), Same, None) { Frozen = true }, new TanhLayer(), new FlattenLayer(), new BatchNorm1dLayer(36) { Frozen = true }, new LinearLayer(36, 2) { Frozen = true }], 16, 3),
        new([6], [new LinearLayer(6, 20), new BatchNorm1dLayer(20) { Frozen = true }, new TanhLayer(), new LayerNormLayer([20]) { Frozen = true }, new LinearLayer(20, 5) { Frozen = true }, new BatchNorm1dLayer(5)], 17, 5),
        // A frozen branch beside one that trains, and a sum of what is needed with what is not.
        new([16, 6, 6],
        [
            new Conv2dLayer(16, 16, new(3), Same, Same) { Frozen = true }, new ReLULayer(), new Conv2dLayer(16, 16, new(3), Same, Same) { Sources = [-1] }, new BatchNorm2dLayer(16) { Frozen = true },
            new AddLayer { Sources = [3, 1] }, new ReLULayer(), new Conv2dLayer(16, 7, new(3), new(2), Same), new GroupNormLayer(7, 1) { Frozen = true }, new GlobalAvgPool2dLayer(), new LinearLayer(7, 3),
        ], 5, 2),
        // Shared: in a row, with other strides, of rows that are read in place and of flattened images.
        new([7], [new LinearLayer(7, 7), new TanhLayer(), new LinearLayer(7, 7) { Weights = 0 }, new ReLULayer(), new LinearLayer(7, 7) { Weights = 0 }, new LinearLayer(7, 3)], 17, 5),
        new([3, 9, 8],
        [
            new Conv2dLayer(3, 3, new(3), Same, Same), new ReLULayer(), new Conv2dLayer(3, 3, new(3), new(2), None) { Weights = 0 }, new TanhLayer(), new Conv2dLayer(3, 3, new(3), Same, new(2)) { Weights = 0, Dilation = new(2) },
            new FlattenLayer(), new LinearLayer(36, 36), new TanhLayer(), new LinearLayer(36, 36) { Weights = 6 }, new LinearLayer(36, 2),
        ], 17, 16),
        new([16, 6, 6],
        [
            new Conv2dLayer(16, 32, new(3), Same, Same, Bias: false), new BatchNorm2dLayer(32), new ReLULayer(), new Conv2dLayer(16, 32, new(3), Same, Same, Bias: false) { Sources = [-1], Weights = 0 },
            new BatchNorm2dLayer(32), new AddLayer { Sources = [4, 2] }, new GlobalAvgPool2dLayer(), new LinearLayer(32, 5),
        ], 5, 2),
        new([6, 4, 4],
        [
            new Conv2dLayer(6, 20, new(3), Same, Same, Bias: false), new BatchNorm2dLayer(20), new ReLULayer(), new Conv2dLayer(20, 20, Same, Same, None), new BatchNorm2dLayer(20) { Weights = 1 },
            new GroupNormLayer(20, 4), new TanhLayer(), new GroupNormLayer(20, 2) { Weights = 5 }, new FlattenLayer(), new LayerNormLayer([320]), new LinearLayer(320, 320, Bias: false), new LayerNormLayer([320]) { Weights = 9 }, new LinearLayer(320, 3),
        ], 17, 3),
        new([4, 3, 3], [new Conv2dLayer(4, 4, new(3), Same, Same, Groups: 4) { Frozen = true }, new ReLULayer(), new Conv2dLayer(4, 4, new(3), Same, Same, Groups: 4) { Frozen = true, Weights = 0 }, new FlattenLayer(), new BatchNorm1dLayer(36),
            new LinearLayer(36, 36), new BatchNorm1dLayer(36) { Weights = 4 }, new ReLULayer(), new LinearLayer(36, 2)], 16, 4),
        // Outputs: a head, an output that layers behind it read, a view, a function in place, what the last layer does not hang on.
        new([1, 10, 10],
        [
            new Conv2dLayer(1, 6, new(3), Same, None), new ReLULayer(), new FlattenLayer(), new LinearLayer(384, 5), new MaxPool2dLayer(new(2), new(2), None) { Sources = [1] },
            new Conv2dLayer(6, 5, new(3), Same, None), new ReLULayer(), new FlattenLayer(), new LinearLayer(20, 3), new LogSoftmaxLayer(),
        ], 33, 15) { Outputs = [3, 6] },
        new([6], [new LinearLayer(6, 20), new ReLULayer(), new LinearLayer(20, 20), new TanhLayer(), new LinearLayer(20, 16), new SigmoidLayer(), new LinearLayer(20, 3) { Sources = [3] }], 17, 5) { Outputs = [1, 3, 5] },
        new([3, 8, 8],
        [
            new Conv2dLayer(3, 32, new(3), Same, Same), new ReLULayer(), new Conv2dLayer(32, 32, new(3), Same, Same, Bias: false), new BatchNorm2dLayer(32), new AddLayer { Sources = [3, 1] }, new ReLULayer(), new FlattenLayer(),
            new GlobalAvgPool2dLayer { Sources = [5] }, new LinearLayer(32, 4),
        ], 5, 2) { Outputs = [0, 4, 6, 7] },
    ];

    /// <summary>Each of these networks, half of them with branches, with some layers frozen or shared, or both, and up to two further outputs; the same for the same seed.</summary>
    public static IEnumerable<NetworkCase> Of(IEnumerable<NetworkCase> chains, int seed)
    {
        var random = new Random(seed);
        foreach (NetworkCase chain in chains)
        {
            NetworkCase network = random.Next(2) == 0 ? chain : BranchedCases.Of([chain], random.Next()).DefaultIfEmpty(chain).Single();
            int[] able = [.. Enumerable.Range(0, network.Layers.Length).Where(layer => network.Layers[layer].Parameters.Count > 0)];
            if (able.Length == 0)
                continue;
            bool freezes = random.Next(2) == 0, shares = !freezes || random.Next(2) == 0;
            if (freezes)
            {
                int one = able[random.Next(able.Length)];
                network = network with { Layers = [.. network.Layers.Select((layer, i) => i == one || (able.Contains(i) && random.Next(2) == 0) ? layer with { Frozen = true } : layer)] };
            }
            if (shares)
                network = BranchedCases.WithSharedPair(network, random);
            for (var heads = random.Next(3); heads > 0; heads--)
                network = BranchedCases.WithHead(network, random);
            yield return network;
        }
    }
}
