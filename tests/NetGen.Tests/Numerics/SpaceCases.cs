using NetGen.Tests.Reference.Layers;

namespace NetGen.Tests.Numerics;

/// <summary>Networks of signals and of volumes, chosen by hand: of few and of many channels, with branches, and of such shapes as leave nothing out.</summary>
internal static class SpaceCases
{
    private static readonly int[] One = [1, 1, 1], None = [0, 0, 0], Three = [3, 3, 3];

    public static IReadOnlyList<NetworkCase> All { get; } =
    [
        // A signal network: convolutions, pooling, normalisation, a head.
        new([3, 50],
        [
            Conv1d(3, 33, 5, stride: 2, padding: 2), new BatchNorm1dLayer(33), new ReLULayer(), new AsImageLayer(new MaxPool2dLayer(new(1, 2), new(1, 2), new(0)), "MaxPool1d(2)"),
            Conv1d(33, 48, 3, padding: 1), new ReLULayer(), new AsImageLayer(new GlobalAvgPool2dLayer(), "GlobalAvgPool1d"), new LinearLayer(48, 4),
        ], 17, 5),
        // Samples side by side.
        new([1, 21], [Conv1d(1, 4, 3, padding: 1), new ReLULayer(), Conv1d(4, 6, 3, stride: 2), new TanhLayer(), new FlattenLayer(), new LinearLayer(60, 3)], 33, 16),
        new([5, 1], [Conv1d(5, 7, 1), new SigmoidLayer(), new AddLayer { Sources = [1, 1] }, new FlattenLayer()], 16, 2),
        // Two branches, joined by channels.
        new([18, 13], [Conv1d(18, 32, 3, padding: 1), new ReLULayer(), Conv1d(32, 16, 1), Conv1d(32, 20, 5, padding: 2, from: 1), new ConcatLayer { Sources = [3, 2] }, Conv1d(36, 3, 3)], 7, 3),
        new([6, 9], [new AsImageLayer(new LocallyConnected2dLayer([6, 1, 9], 5, new(1, 3), new(1, 2), new(0, 1)), "LocallyConnected1d(5, 3, stride: 2, padding: 1)"), new ReLULayer(), new FlattenLayer(), new LinearLayer(25, 2)], 5, 2),
        // Volumes: with and without rows between the slices, by strides, in groups, pointwise.
        new([2, 5, 6, 7],
        [
            new Conv3dLayer(2, 20, Three, One, One), new BatchNorm3dLayer(20), new ReLULayer(), new Pool3dLayer(IsMax: true, [2, 2, 2], [2, 2, 2], None),
            new Conv3dLayer(20, 33, Three, [2, 1, 1], One), new ReLULayer(), new AsImageLayer(new GlobalAvgPool2dLayer(), "GlobalAvgPool3d"), new LinearLayer(33, 4),
        ], 5, 2),
        new([1, 3, 4, 5], [new Conv3dLayer(1, 3, [2, 1, 1], One, None), new TanhLayer(), new Conv3dLayer(3, 4, [1, 3, 3], [1, 2, 2], [0, 1, 1]), new FlattenLayer(), new LinearLayer(48, 2)], 17, 3),
        new([33, 3, 3, 4], [new ReLULayer(), new Conv3dLayer(33, 16, One, One, None), new BatchNorm3dLayer(16), new Conv3dLayer(16, 18, Three, [1, 2, 3], [0, 2, 1], Bias: false), new AddLayer { Sources = [3, 3] }], 3, 1),
        new([4, 4, 3, 3], [new Conv3dLayer(4, 8, [3, 2, 2], [2, 1, 1], [2, 1, 0], Groups: 4) { FlipKernel = true }, new SigmoidLayer(), new AdaptivePool3dLayer(IsMax: false, [2, 3, 1]), new FlattenLayer()], 16, 5),
        new([3, 1, 1, 1], [new Conv3dLayer(3, 5, [2, 3, 2], [3, 2, 1], One), new ReLULayer(), new Pool3dLayer(IsMax: false, [2, 1, 2], One, [1, 0, 1]), new FlattenLayer(), new LinearLayer(30, 2)], 4, 1),
        // There and back: of few and of many channels, by strides, in groups, with rows between the slices and without.
        new([2, 3, 4, 3],
        [
            new Conv3dLayer(2, 18, Three, One, One), new ReLULayer(), new ConvTranspose3dLayer(18, 33, [2, 2, 2], [2, 2, 2], None, None, One), new BatchNorm3dLayer(33), new ReLULayer(),
            new ConvTranspose3dLayer(33, 4, Three, [1, 2, 1], One, [0, 1, 0], One), new UpsampleLayer(2) { Trilinear = true }, new PadLayer(1, 0, 0, 2, PadMode.Reflect, [0, 1]), new SubsampleLayer(3),
        ], 3, 2),
        new([6, 2, 3, 5],
        [
            new ConvTranspose3dLayer(6, 6, [1, 3, 2], [3, 1, 2], [0, 1, 0], [2, 0, 1], [1, 2, 1], Groups: 6), new TanhLayer(), new CropLayer(1, 2, 0, 1, [1, 0]),
            new ConvTranspose3dLayer(6, 6, [3, 1, 1], One, [1, 0, 0], None, One, Bias: false, Groups: 3), new AddLayer { Sources = [3, 2] }, new PadLayer(0, 0, 1, 1, PadMode.Circular, [1, 1]),
            new UpsampleLayer(2),
        ], 17, 4),
        // Last dimensions normalised: rows, slices, channels, and all there is.
        new([18, 2, 3, 5],
        [
            new LayerNormLayer([3, 5]) { IsLast = true }, new Conv3dLayer(18, 33, One, One, None), new LayerNormLayer([2, 3, 5], 0.01, Affine: false) { IsLast = true }, new ReLULayer(),
            new LayerNormLayer([5], 0.01) { IsLast = true }, new ConcatLayer { Sources = [4, 0] }, new LayerNormLayer([51, 2, 3, 5]) { IsLast = true },
        ], 5, 2),
        new([3, 20], [Conv1d(3, 7, 3, padding: 1), new LayerNormLayer([20]) { IsLast = true }, new TanhLayer(), new FlattenLayer(), new LinearLayer(140, 6), new LayerNormLayer([6], 0.01) { IsLast = true }], 17, 6),
        new([16, 2, 4, 4], [new Conv3dLayer(16, 16, Three, One, One, Bias: false), new ReLULayer(), new Conv3dLayer(16, 32, One, One, None) { Sources = [-1] }, new ConcatLayer { Sources = [2, 1] }, new Pool3dLayer(IsMax: true, [1, 3, 3], [1, 2, 2], [0, 1, 1])], 3, 2),
    ];

    private static AsImageLayer Conv1d(int inputs, int outputs, int kernel, int stride = 1, int padding = 0, int? from = null) => new(
        new Conv2dLayer(inputs, outputs, new(1, kernel), new(1, stride), new(0, padding)), $"Conv1d({inputs}, {outputs}, {kernel}, stride: {stride}, padding: {padding})")
    {
        Sources = from is { } source ? [source] : null,
    };
}
