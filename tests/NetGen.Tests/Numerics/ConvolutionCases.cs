using NetGen.Tests.Reference.Layers;

namespace NetGen.Tests.Numerics;

/// <summary>Networks chosen by hand for what convolutions can be besides plain ones.</summary>
internal static class ConvolutionCases
{
    private static readonly Pair Same = new(1);
    private static readonly Pair None = new(0);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<NetworkCase> All => [.. Grouped, .. Dilated, .. Transposed];

    /// <summary>Transposed convolutions: of few and of many channels, with kernels above, at and below their strides, first and last, between products and what follows them.</summary>
    public static IReadOnlyList<NetworkCase> Transposed { get; } =
    [
        new([3, 4, 5], [new ConvTranspose2dLayer(3, 5, new(3), new(2), Same) { OutputPadding = new(1) }, new ReLULayer(), new ConvTranspose2dLayer(5, 2, new(2, 3), new(2), None, Bias: false), new TanhLayer()], 17, 5),
        new([2, 5, 4], [new Conv2dLayer(2, 6, new(3), Same, Same), new ReLULayer(), new ConvTranspose2dLayer(6, 4, Same, new(3), None) { OutputPadding = new(2) }, new FlattenLayer(), new LinearLayer(4 * 15 * 12, 3)], 16, 3),
        // A U-Net's steps up, with what they are joined with.
        new([33, 8, 6],
        [
            new Conv2dLayer(33, 40, new(3), Same, Same), new ReLULayer(), new MaxPool2dLayer(new(2), new(2), None), new Conv2dLayer(40, 64, new(3), Same, Same), new ReLULayer(),
            new ConvTranspose2dLayer(64, 40, new(2), new(2), None), new ConcatLayer { Sources = [5, 1] }, new Conv2dLayer(80, 20, new(3), Same, Same), new BatchNorm2dLayer(20), new SigmoidLayer(),
            new ConvTranspose2dLayer(20, 33, new(4), new(2), Same),
        ], 5, 2),
        new([40, 3, 4], [new ConvTranspose2dLayer(40, 33, new(3), Same, Same), new BatchNorm2dLayer(33), new ReLULayer(), new ConvTranspose2dLayer(33, 50, new(3), new(3, 2), Same, Bias: false), new TanhLayer()], 7, 3),
        new([32, 4, 5], [new ConvTranspose2dLayer(32, 48, new(2), new(3), None) { OutputPadding = new(2, 1) }, new ReLULayer(), new ConvTranspose2dLayer(48, 20, new(3), Same, new(2)) { Dilation = new(2) }, new AddLayer { Sources = [2, 2] }], 3, 1),
        // In groups: of whole blocks, of parts of one, depthwise with and without several inputs for an output.
        new([64, 3, 4], [new ConvTranspose2dLayer(64, 32, new(3), new(2), Same, Groups: 2), new ReLULayer(), new ConvTranspose2dLayer(32, 64, new(2), new(2), None, Groups: 4), new TanhLayer()], 5, 2),
        new([36, 4, 3], [new ConvTranspose2dLayer(36, 36, new(3), new(2), Same, Groups: 36) { OutputPadding = new(1) }, new ReLULayer(), new ConvTranspose2dLayer(36, 18, new(3), Same, Same, Groups: 18), new BatchNorm2dLayer(18)], 5, 3),
        new([40, 3, 3], [new ReLULayer(), new ConvTranspose2dLayer(40, 40, new(5), Same, new(2), Groups: 40), new ReLULayer(), new Conv2dLayer(40, 20, Same, Same, None), new ConvTranspose2dLayer(20, 40, new(2), new(2), None)], 3, 2),
        new([6, 3, 4], [new ConvTranspose2dLayer(6, 9, new(3), new(2), Same, Groups: 3) { Dilation = new(2) }, new SigmoidLayer(), new ConvTranspose2dLayer(9, 6, new(2), Same, None, Groups: 3)], 33, 16),
        new([1, 1, 1], [new ConvTranspose2dLayer(1, 3, Same, Same, None), new ReLULayer(), new ConvTranspose2dLayer(3, 20, new(4), Same, None), new BatchNorm2dLayer(20), new ReLULayer(), new ConvTranspose2dLayer(20, 1, new(4), new(2), Same)], 17, 2),
    ];

    /// <summary>Convolutions in groups: slices of whole blocks, channels that fill none, depthwise with and without a multiplier, between all kinds of neighbours.</summary>
    public static IReadOnlyList<NetworkCase> Grouped { get; } =
    [
        // Blocks of MobileNet, with padding and strides.
        new([3, 9, 10],
        [
            new Conv2dLayer(3, 32, new(3), new(2), Same, Bias: false), new BatchNorm2dLayer(32), new ReLULayer(),
            new Conv2dLayer(32, 32, new(3), Same, Same, Bias: false, Groups: 32), new BatchNorm2dLayer(32), new ReLULayer(), new Conv2dLayer(32, 48, Same, Same, None, Bias: false), new BatchNorm2dLayer(48), new ReLULayer(),
            new Conv2dLayer(48, 48, new(3), new(2), Same, Bias: false, Groups: 48), new BatchNorm2dLayer(48), new ReLULayer(), new GlobalAvgPool2dLayer(), new LinearLayer(48, 5),
        ], 7, 3),
        new([40, 9, 17], [new Conv2dLayer(40, 40, new(5), Same, new(2), Groups: 40), new ReLULayer(), new Conv2dLayer(40, 40, new(4, 3), new(3, 2), new(1, 2), Groups: 40), new TanhLayer()], 5, 2),
        new([33, 6, 7], [new ReLULayer(), new Conv2dLayer(33, 66, new(3), new(1, 2), Same, Groups: 33), new ReLULayer(), new Conv2dLayer(66, 132, new(3), Same, Same, Groups: 66), new SigmoidLayer()], 16, 3),
        new([5, 7, 6], [new Conv2dLayer(5, 15, new(3), Same, Same, Groups: 5), new BatchNorm2dLayer(15), new Conv2dLayer(15, 5, new(2), Same, None, Groups: 5)], 17, 3),
        new([4, 1, 1], [new Conv2dLayer(4, 4, Same, Same, None, Groups: 4), new BatchNorm2dLayer(4), new Conv2dLayer(4, 8, new(3), new(2), Same, Groups: 4)], 16, 2),
        // Groups of whole blocks, and of parts of one.
        new([32, 6, 5], [new Conv2dLayer(32, 64, new(3), Same, Same, Groups: 2), new ReLULayer(), new Conv2dLayer(64, 32, new(3), new(2), Same, Bias: false, Groups: 2), new BatchNorm2dLayer(32), new ReLULayer()], 7, 2),
        new([96, 4, 4], [new Conv2dLayer(96, 96, new(5), Same, new(2), Groups: 2), new TanhLayer(), new Conv2dLayer(96, 48, Same, Same, None, Groups: 3), new AddLayer { Sources = [2, 2] }], 5, 1),
        new([64, 5, 5],
        [
            new Conv2dLayer(64, 64, new(3), Same, Same, Bias: false, Groups: 16), new BatchNorm2dLayer(64), new ReLULayer(), new Conv2dLayer(64, 32, new(3), new(2), Same, Groups: 4), new ReLULayer(),
            new Conv2dLayer(32, 64, Same, Same, None, Groups: 8), new FlattenLayer(), new LinearLayer(576, 3),
        ], 6, 3),
        new([6, 8, 8], [new Conv2dLayer(6, 9, new(3), Same, Same, Groups: 3), new ReLULayer(), new Conv2dLayer(9, 6, new(2), new(2), None, Groups: 3), new TanhLayer()], 33, 16),
        // A depthwise convolution beside an ordinary one, and a sum behind it.
        new([18, 8, 8],
        [
            new Conv2dLayer(18, 18, new(3), Same, Same), new ReLULayer(), new Conv2dLayer(18, 18, new(3), Same, Same, Groups: 18), new AddLayer { Sources = [2, 1] }, new ReLULayer(),
            new Conv2dLayer(18, 36, new(3), Same, Same, Groups: 18) { Sources = [1] }, new Conv2dLayer(36, 18, Same, Same, None), new AddLayer { Sources = [6, 4] }, new ReLULayer(), new Conv2dLayer(18, 9, new(2), Same, None, Groups: 9),
        ], 5, 3),
    ];

    /// <summary>Taps that lie apart: with and without padding, strides, groups; outputs that see only padding; strides and dilations with and without a common divisor.</summary>
    public static IReadOnlyList<NetworkCase> Dilated { get; } =
    [
        new([3, 9, 8], [new Conv2dLayer(3, 6, new(3), Same, new(2)) { Dilation = new(2) }, new ReLULayer(), new Conv2dLayer(6, 5, new(3, 2), Same, None) { Dilation = new(2, 3) }, new TanhLayer()], 17, 5),
        new([2, 14, 13],
        [
            new Conv2dLayer(2, 6, new(3), new(2), new(1, 3)) { Dilation = new(3, 2) }, new SigmoidLayer(), new Conv2dLayer(6, 3, new(4), new(3), new(4)) { Dilation = new(2, 4) },
            new TanhLayer(), new Conv2dLayer(3, 4, new(5), new(4, 2), new(12)) { Dilation = new(6, 4) },
        ], 16, 3),
        new([33, 7, 9], [new BatchNorm2dLayer(33), new Conv2dLayer(33, 17, new(3), Same, new(4)) { Dilation = new(4) }, new ReLULayer(), new Conv2dLayer(17, 32, new(3), new(2), new(2)) { Dilation = new(2, 1) }], 7, 2),
        new([32, 9, 9],
        [
            new Conv2dLayer(32, 32, new(3), Same, new(2), Groups: 32) { Dilation = new(2) }, new ReLULayer(), new Conv2dLayer(32, 64, new(3), Same, new(3), Groups: 2) { Dilation = new(3) }, new ReLULayer(),
            new Conv2dLayer(64, 64, new(3), new(2), new(2), Groups: 64) { Dilation = new(2) }, new BatchNorm2dLayer(64), new Conv2dLayer(64, 48, new(3, 1), Same, new(2, 0)) { Dilation = new(2, 5) },
        ], 5, 2),
        new([40, 12, 5], [new ReLULayer(), new Conv2dLayer(40, 40, new(5, 3), Same, new(4, 1)) { Dilation = new(2, 1) }, new ReLULayer(), new Conv2dLayer(40, 20, new(3), Same, new(0, 3)) { Dilation = new(5, 3) }], 3, 1),
        new([1, 3, 2], [new Conv2dLayer(1, 4, new(2), new(3), new(7)) { Dilation = new(5) }, new TanhLayer(), new FlattenLayer()], 17, 2),
    ];
}
