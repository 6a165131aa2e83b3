using NetGen.Tests.Reference.Layers;

namespace NetGen.Tests.Numerics;

/// <summary>Networks chosen by hand for their edges: every layer and option, extents of 1, channels around multiples of 16.</summary>
internal static class NetworkCases
{
    private static readonly Pair Same = new(1);
    private static readonly Pair None = new(0);

    /// <summary>The networks of the README and the benchmarks.</summary>
    public static IReadOnlyList<NetworkCase> Whole { get; } =
    [
        new([1, 28, 28], [new FlattenLayer(), new LinearLayer(784, 10)], 64, 17),
        new([1, 28, 28],
            [new FlattenLayer(), new LinearLayer(784, 256), new ReLULayer(), new LinearLayer(256, 84), new ReLULayer(), new LinearLayer(84, 10)], 17, 16),
        new([1, 28, 28],
        [
            new Conv2dLayer(1, 6, new(5), new(2), None), new ReLULayer(), new Conv2dLayer(6, 16, new(5), new(2), None), new ReLULayer(),
            new FlattenLayer(), new LinearLayer(256, 84), new ReLULayer(), new LinearLayer(84, 10),
        ], 17, 15),
        new([1, 28, 28],
        [
            new Conv2dLayer(1, 6, new(5), Same, None), new ReLULayer(), new MaxPool2dLayer(new(2), new(2), None),
            new Conv2dLayer(6, 16, new(5), Same, None), new ReLULayer(), new MaxPool2dLayer(new(2), new(2), None), new FlattenLayer(),
            new LinearLayer(256, 120), new ReLULayer(), new LinearLayer(120, 84), new ReLULayer(), new LinearLayer(84, 10),
        ], 17, 2),
        // ConvNet with its second convolution in two: one of pixels, and one of channels.
        new([1, 28, 28],
        [
            new Conv2dLayer(1, 6, new(5), new(2), None), new ReLULayer(), new Conv2dLayer(6, 16, Same, Same, None), new Conv2dLayer(16, 16, new(5), new(2), None, Groups: 16), new ReLULayer(),
            new FlattenLayer(), new LinearLayer(256, 84), new ReLULayer(), new LinearLayer(84, 10),
        ], 17, 5),
    ];

    /// <summary>3×3 convolutions that go by Winograd's transformations where the kernels of wide layers do what they can: odd and even extents, several blocks.</summary>
    public static IReadOnlyList<NetworkCase> Winograd { get; } =
    [
        new([17, 5, 6], [new Conv2dLayer(17, 33, new(3), Same, Same), new ReLULayer(), new Conv2dLayer(33, 18, new(3), Same, Same), new TanhLayer(), new Conv2dLayer(18, 20, new(3), Same, Same)], 7, 2),
        new([32, 7, 4], [new Conv2dLayer(32, 40, new(3), Same, None, Bias: false), new BatchNorm2dLayer(40), new ReLULayer(), new Conv2dLayer(40, 17, new(3), Same, new(2))], 16, 5),
        new([20, 30, 29], [new Conv2dLayer(20, 32, new(3), Same, Same), new ReLULayer(), new MaxPool2dLayer(new(2), new(2), None), new Conv2dLayer(32, 64, new(3), Same, Same), new ReLULayer()], 3, 2),
        new([130, 4, 4], [new Conv2dLayer(130, 100, new(3), Same, Same), new ReLULayer(), new Conv2dLayer(100, 32, new(3), Same, None), new FlattenLayer(), new LinearLayer(128, 10)], 5, 3),
    ];

    /// <summary>Branches of every form: residual blocks, shortcuts over each other, a value that several layers read, squares, vectors beside flattened images.</summary>
    public static IReadOnlyList<NetworkCase> Branched { get; } =
    [
        // A residual block with an identity, and one that halves the image.
        new([16, 6, 6],
        [
            new Conv2dLayer(16, 16, new(3), Same, Same, Bias: false), new BatchNorm2dLayer(16), new ReLULayer(), new Conv2dLayer(16, 16, new(3), Same, Same, Bias: false), new BatchNorm2dLayer(16),
            new AddLayer { Sources = [4, -1] }, new ReLULayer(),
            new Conv2dLayer(16, 32, Same, new(2), None, Bias: false), new BatchNorm2dLayer(32),
            new Conv2dLayer(16, 32, new(3), new(2), Same, Bias: false) { Sources = [6] }, new BatchNorm2dLayer(32), new ReLULayer(), new Conv2dLayer(32, 32, new(3), Same, Same, Bias: false), new BatchNorm2dLayer(32),
            new AddLayer { Sources = [13, 8] }, new ReLULayer(), new AvgPool2dLayer(new(3), new(3), None), new FlattenLayer(), new LinearLayer(32, 10),
        ], 17, 5),
        // The same with few channels and without statistics: samples side by side.
        new([3, 7, 5],
        [
            new Conv2dLayer(3, 5, new(3), Same, Same), new ReLULayer(), new Conv2dLayer(5, 3, new(3), Same, Same), new AddLayer { Sources = [2, -1] }, new ReLULayer(),
            new Conv2dLayer(3, 5, Same, Same, None), new MultiplyLayer { Sources = [5, 0] }, new TanhLayer(), new FlattenLayer(), new LinearLayer(175, 4),
        ], 33, 16),
        new([9], [new LinearLayer(9, 9), new ReLULayer(), new AddLayer { Sources = [1, -1, 0] }, new MultiplyLayer { Sources = [2, 2] }, new LinearLayer(9, 9) { Sources = [3] }, new AddLayer { Sources = [4, 3] }], 17, 3),
        new([4, 3, 3], [new AddLayer { Sources = [-1, -1] }, new Conv2dLayer(4, 4, new(3), Same, Same), new AddLayer { Sources = [1, -1] }], 16, 7),
        // A flattened image beside a vector.
        new([5, 3, 2],
        [
            new Conv2dLayer(5, 7, new(2), Same, None), new FlattenLayer(), new LinearLayer(14, 14), new AddLayer { Sources = [2, 1] }, new SigmoidLayer(), new MultiplyLayer { Sources = [4, 1] },
            new LinearLayer(14, 3), new SoftmaxLayer(),
        ], 17, 2),
        new([17, 3, 2],
        [
            new Conv2dLayer(17, 16, new(2), Same, None), new BatchNorm2dLayer(16), new FlattenLayer(), new LinearLayer(32, 32), new DropoutLayer(0.25), new AddLayer { Sources = [4, 2] }, new LinearLayer(32, 3),
        ], 16, 2),
        // Groups of a flattened image are normalised in the order of its features, beside it and each other.
        new([15, 4, 1],
        [
            new FlattenLayer(), new GroupNormLayer(60, 20, 0.01, Affine: false), new GroupNormLayer(60, 3) { Sources = [0] }, new SigmoidLayer(), new MultiplyLayer { Sources = [3, 1] },
            new AddLayer { Sources = [4, 0] },
        ], 5, 2),
        // Rows of the input to a product, and to what is none.
        new([6, 5, 4], [new FlattenLayer(), new LinearLayer(120, 3), new FlattenLayer { Sources = [-1] }, new AddLayer { Sources = [2, 0] }, new LinearLayer(120, 3), new MultiplyLayer { Sources = [4, 1] }], 17, 3),
        new([6, 5, 4], [new DropoutLayer(0.5), new FlattenLayer(), new LinearLayer(120, 3)], 5, 1),
        // Concatenation of channels that fill no blocks, of one value twice, and of vectors; what is concatenated is read elsewhere too.
        new([3, 5, 4],
        [
            new Conv2dLayer(3, 17, new(3), Same, Same), new ReLULayer(), new Conv2dLayer(17, 16, Same, Same, None), new ConcatLayer { Sources = [2, 1, -1] }, new BatchNorm2dLayer(36),
            new Conv2dLayer(36, 5, new(3), Same, Same), new ConcatLayer { Sources = [5, 5, 4] }, new ReLULayer(), new GlobalAvgPool2dLayer(), new LinearLayer(46, 10), new ConcatLayer { Sources = [9, 8] },
        ], 17, 3),
        new([3, 5, 4],
        [
            new Conv2dLayer(3, 5, new(3), Same, Same), new ConcatLayer { Sources = [0, -1] }, new TanhLayer(), new Conv2dLayer(8, 2, new(2), Same, None), new FlattenLayer(), new LinearLayer(24, 7),
            new ConcatLayer { Sources = [5, 4] }, new LinearLayer(31, 3),
        ], 33, 16),
        new([33], [new LinearLayer(33, 16), new ConcatLayer { Sources = [0, -1, 0] }, new AddLayer { Sources = [1, 1] }], 16, 5),
        new([2, 9, 7], [new GlobalAvgPool2dLayer(), new LinearLayer(2, 3)], 5, 2),
        // Concatenations of whole vectors of channels, one within the other, made and differentiated in place: normalised, and read with zeros around them.
        new([16, 5, 6],
        [
            new Conv2dLayer(16, 32, new(3), Same, Same), new BatchNorm2dLayer(32), new ReLULayer(), new Conv2dLayer(32, 16, new(3), Same, Same), new ConcatLayer { Sources = [3, 0] }, new BatchNorm2dLayer(48),
            new ReLULayer(), new Conv2dLayer(48, 16, Same, Same, None), new ConcatLayer { Sources = [7, 4] }, new Conv2dLayer(64, 17, new(3), Same, Same), new ConcatLayer { Sources = [9, 8] }, new ReLULayer(),
            new AvgPool2dLayer(new(2), new(2), None), new Conv2dLayer(81, 5, Same, Same, None),
        ], 5, 3),
        // Branches that end in functions, of which one is read behind the concatenation, one by two of them, and one twice by the same.
        new([32, 6, 6],
        [
            new Conv2dLayer(32, 16, Same, Same, None), new ReLULayer(), new Conv2dLayer(32, 32, new(3), Same, Same) { Sources = [-1] }, new SigmoidLayer(),
            new MaxPool2dLayer(new(3), Same, Same) { Sources = [1] }, new ConcatLayer { Sources = [4, 1, 3] }, new Conv2dLayer(64, 16, new(3), Same, Same), new ConcatLayer { Sources = [6, 3, 6] },
            new Conv2dLayer(64, 16, Same, Same, None), new AddLayer { Sources = [8, 1] }, new FlattenLayer(), new LinearLayer(576, 4),
        ], 4, 2),
        // Down and up again: what was pooled is beside what is enlarged, of wide and of few channels.
        new([3, 8, 8],
        [
            new Conv2dLayer(3, 16, new(3), Same, Same), new ReLULayer(), new MaxPool2dLayer(new(2), new(2), None), new Conv2dLayer(16, 32, new(3), Same, Same), new ReLULayer(),
            new UpsampleLayer(2), new ConcatLayer { Sources = [5, 1] }, new Conv2dLayer(48, 16, new(3), Same, Same), new ReLULayer(), new Conv2dLayer(16, 2, Same, Same, None),
        ], 5, 3),
        new([2, 8, 6],
        [
            new Conv2dLayer(2, 3, new(3), Same, Same), new TanhLayer(), new MaxPool2dLayer(new(2), new(2), None), new Conv2dLayer(3, 6, new(3), Same, Same), new ReLULayer(),
            new UpsampleLayer(2), new ConcatLayer { Sources = [5, 1] }, new ConcatLayer { Sources = [6, 0] }, new Conv2dLayer(12, 2, new(3), Same, Same),
        ], 33, 16),
        // The input as a row of features, and as an image that a convolution reads with zeros around it.
        new([3, 13, 1], [new FlattenLayer(), new LinearLayer(39, 5), new TanhLayer { Sources = [-1] }, new Conv2dLayer(3, 33, new(4), Same, new(0, 2)), new FlattenLayer(), new LinearLayer(660, 5), new AddLayer { Sources = [5, 1] }], 5, 3),
        // One image to pooling, to convolutions of different padding and to a sum.
        new([18, 8, 8],
        [
            new ReLULayer(), new Conv2dLayer(18, 33, new(3), Same, Same), new MaxPool2dLayer(new(3), Same, Same) { Sources = [0] }, new Conv2dLayer(18, 33, Same, Same, None),
            new AddLayer { Sources = [3, 1] }, new Conv2dLayer(18, 33, new(5), Same, new(2)) { Sources = [0] }, new AddLayer { Sources = [5, 4] }, new ReLULayer(), new AvgPool2dLayer(new(2), new(2), None),
        ], 5, 3),
    ];

    /// <summary>Small networks at the edges.</summary>
    public static IReadOnlyList<NetworkCase> Edges { get; } =
    [
        // One layer alone, at both ends of its sizes.
        new([1], [new LinearLayer(1, 1)], 1, 1),
        new([1], [new LinearLayer(1, 33, Bias: false)], 17, 16),
        new([33], [new LinearLayer(33, 1)], 16, 15),
        new([16], [new LinearLayer(16, 16)], 64, 17),
        new([17], [new LinearLayer(17, 15), new SoftmaxLayer()], 15, 2),
        new([5], [new ReLULayer()], 17, 1),
        new([3, 5, 7], [new FlattenLayer()], 17, 15),
        new([1, 1, 1], [new Conv2dLayer(1, 1, Same, Same, None)], 2, 1),
        new([3, 4, 5], [new SigmoidLayer(), new TanhLayer()], 16, 3),
        new([13], [new LinearLayer(13, 10), new LogSoftmaxLayer()], 17, 5),
        // Elementwise layers before, between and after others, so that fusion has every neighbour.
        new([1, 5, 5], [new TanhLayer(), new Conv2dLayer(1, 6, new(3), Same, None), new SigmoidLayer(), new TanhLayer(), new ReLULayer()], 17, 16),
        new([7], [new LinearLayer(7, 6), new LinearLayer(6, 5), new ReLULayer(), new ReLULayer(), new LinearLayer(5, 2), new SigmoidLayer()], 16, 7),
        new([2, 4, 4], [new ReLULayer(), new MaxPool2dLayer(new(2), new(2), None), new ReLULayer(), new FlattenLayer()], 15, 1),
        // Activations: alone, and between products, whose outputs they must not overwrite where the derivative is told from them.
        new([3, 5, 5], [new Conv2dLayer(3, 6, new(3), Same, Same), new GELULayer(), new Conv2dLayer(6, 5, Same, Same, None), new ReLU6Layer(), new SiLULayer()], 17, 16),
        new([17], [new ScaleLayer(6), new ReLU6Layer(), new LeakyReLULayer(0.25), new ELULayer(2), new HardsigmoidLayer()], 16, 5),
        new([16, 4, 3], [new HardswishLayer(), new Conv2dLayer(16, 17, new(2), Same, Same), new BatchNorm2dLayer(17), new MishLayer(), new FlattenLayer(), new LinearLayer(340, 7), new SoftplusLayer(2, 1)], 5, 3),
        new([7], [new LinearLayer(7, 33), new GELULayer(Approximate: true), new LinearLayer(33, 16), new ELULayer(), new LinearLayer(16, 3), new SoftplusLayer()], 17, 2),
        // Convolutions: kernel 1, stride over kernel, padding, rectangles, a kernel as large as its padded input, unused rows at the end.
        new([6, 3, 3], [new Conv2dLayer(6, 17, Same, Same, None, Bias: false), new ReLULayer()], 17, 2),
        new([2, 13, 13], [new Conv2dLayer(2, 5, Same, new(3), None), new TanhLayer()], 16, 15),
        new([2, 13, 7], [new Conv2dLayer(2, 4, new(2), new(3), None), new TanhLayer(), new Conv2dLayer(4, 3, new(2), new(5), new(1))], 16, 1),
        new([3, 5, 5], [new Conv2dLayer(3, 6, new(3), Same, Same), new ReLULayer(), new Conv2dLayer(6, 6, new(3), Same, Same)], 16, 15),
        new([2, 7, 9], [new Conv2dLayer(2, 6, new(3, 5), new(2, 1), new(1, 2)), new TanhLayer(), new Conv2dLayer(6, 3, new(4, 1), new(1, 2), None)], 17, 2),
        new([1, 3, 2], [new Conv2dLayer(1, 15, new(5, 4), Same, Same)], 16, 2),
        new([1, 1, 33], [new Conv2dLayer(1, 6, new(1, 5), new(1, 2), None), new ReLULayer(), new Conv2dLayer(6, 2, new(1, 3), Same, new(0, 1))], 16, 3),
        new([1, 2, 2], [new Conv2dLayer(1, 3, new(2), new(2), new(2)), new TanhLayer()], 5, 1),
        new([3, 8, 8], [new Conv2dLayer(3, 16, new(3), new(2), Same), new ReLULayer(), new Conv2dLayer(16, 32, new(3), new(2), Same)], 16, 1),
        new([16, 5, 5], [new Conv2dLayer(16, 16, new(3), Same, Same), new ReLULayer(), new Conv2dLayer(16, 33, Same, Same, None)], 17, 16),
        new([17, 4, 5], [new Conv2dLayer(17, 32, new(3, 2), Same, new(1, 0)), new TanhLayer(), new Conv2dLayer(32, 15, new(2), new(2), None)], 2, 1),
        new([32, 6, 6], [new Conv2dLayer(32, 48, new(5), new(2), new(2)), new ReLULayer()], 3, 1),
        // Columns of a gradient in stretches that are not alike.
        new([2, 33, 17], [new Conv2dLayer(2, 32, new(4, 5), new(4, 3), new(2, 0)), new AvgPool2dLayer(new(1), new(1, 2), None), new BatchNorm2dLayer(32)], 3, 2),
        // Outputs that see nothing but padding.
        new([1, 1, 33], [new Conv2dLayer(1, 1, new(1, 5), new(3, 4), new(1, 0)), new ReLULayer(), new Conv2dLayer(1, 3, Same, new(2), new(2))], 17, 1),
        new([3, 1, 1], [new Conv2dLayer(3, 2, Same, new(3), new(1)), new TanhLayer(), new FlattenLayer(), new LinearLayer(2, 2)], 16, 2),
        // Pooling: overlapping, gaps, padding, rectangles, after convolutions and at the edges of the network.
        new([3, 8, 6], [new MaxPool2dLayer(new(2), new(2), None)], 16, 15),
        new([17, 7, 7], [new MaxPool2dLayer(new(3), new(2), Same)], 3, 2),
        new([2, 9, 7], [new MaxPool2dLayer(new(3, 2), new(2, 3), new(1, 0)), new TanhLayer(), new AvgPool2dLayer(new(2), new(1), new(1))], 16, 2),
        new([6, 7, 7], [new AvgPool2dLayer(new(3), new(2), Same), new Conv2dLayer(6, 5, new(2), Same, None)], 17, 16),
        new([16, 5, 5], [new AvgPool2dLayer(new(5), new(5), None), new FlattenLayer(), new LinearLayer(16, 3)], 17, 1),
        new([1, 13, 13], [new Conv2dLayer(1, 6, new(3), Same, None), new MaxPool2dLayer(new(2), new(3), None), new AvgPool2dLayer(new(1), new(2), None)], 16, 2),
        new([33, 3, 5], [new MaxPool2dLayer(new(3), new(1), Same), new AvgPool2dLayer(new(2, 3), new(1, 2), new(1, 1)), new FlattenLayer()], 2, 1),
        // Windows that reach beyond the image or its padding, and means of what is on it.
        new([3, 8, 7], [new AvgPool2dLayer(new(3), new(2), Same) { CeilMode = true }, new ReLULayer(), new MaxPool2dLayer(new(2), new(3), None) { CeilMode = true }, new AvgPool2dLayer(new(2), Same, Same) { CountIncludePad = false }], 17, 5),
        new([40, 7, 8],
        [
            new Conv2dLayer(40, 33, new(3), new(2), None) { Rule = "Same" }, new ReLULayer(), new MaxPool2dLayer(new(3), new(2), None) { Rule = "Same", CeilMode = true },
            new Conv2dLayer(33, 20, new(2), Same, new(0, 1)) { After = new(2, 0) }, new AvgPool2dLayer(new(3), Same, None) { Rule = "Same", CountIncludePad = false }, new Conv2dLayer(20, 17, new(3, 2), Same, None) { Rule = "Full" },
            new AvgPool2dLayer(new(3, 2), new(2), new(1, 0)) { CeilMode = true },
        ], 5, 2),
        new([2, 1, 2], [new MaxPool2dLayer(new(2), new(2), None) { CeilMode = true }, new TanhLayer(), new AvgPool2dLayer(new(3, 2), new(3, 2), None) { CeilMode = true }], 3, 2),
        // Filters that are not trained, alone and between what is.
        new([3, 6, 5], [new Filter2dLayer(new(3), Same, Same, [-1, 0, 1, -2, 0, 2, -1, 0, 1, -1, -2, -1, 0, 0, 0, 1, 2, 1]) { Named = ["SobelX", "SobelY"] }, new ReLULayer(), new Filter2dLayer(new(2, 3), new(2, 1), None, [1, -2, 0.5, 0.25, 3, -1])], 17, 3),
        new([20, 6, 5],
        [
            new Conv2dLayer(20, 33, new(3), Same, Same), new Filter2dLayer(new(3), Same, Same, [0, 1, 0, 1, -4, 1, 0, 1, 0]) { Named = ["Laplacian"], PaddingMode = PadMode.Reflect }, new BatchNorm2dLayer(33),
            new ReLULayer(), new Filter2dLayer(new(3), new(2), None, [0.5, -1, 0.25, 2, 1, 0, -0.5, 1, 1, 1, 2, 3, 4, 5, 6, 7, 8, 9]) { Rule = "Same" }, new Conv2dLayer(66, 5, Same, Same, None),
        ], 5, 2),
        // Weights of each place, of few and of many channels.
        new([3, 5, 6], [new LocallyConnected2dLayer([3, 5, 6], 5, new(3, 2), new(2, 1), new(1, 0)), new ReLULayer(), new LocallyConnected2dLayer([5, 3, 5], 2, new(2), Same, None, Bias: false), new FlattenLayer(), new LinearLayer(16, 3)], 17, 5),
        new([20, 5, 4], [new Conv2dLayer(20, 33, new(3), Same, Same), new ReLULayer(), new LocallyConnected2dLayer([33, 5, 4], 40, new(3), new(2), None) { Rule = "Same" }, new TanhLayer(), new Conv2dLayer(40, 17, new(3), Same, Same)], 6, 3),
        // Parts of an image that are even, and such that are not.
        new([3, 7, 6], [new AdaptiveAvgPool2dLayer(new(4, 3)), new ReLULayer(), new AdaptiveMaxPool2dLayer(new(3, 2)), new FlattenLayer(), new LinearLayer(18, 2)], 17, 3),
        new([3, 4, 5], [new TanhLayer(), new GlobalMaxPool2dLayer(), new LinearLayer(3, 2)], 16, 5),
        new([40, 9, 8],
        [
            new Conv2dLayer(40, 33, new(3), Same, Same), new ReLULayer(), new AdaptiveMaxPool2dLayer(new(4, 3)), new Conv2dLayer(33, 20, new(2), Same, Same), new AdaptiveAvgPool2dLayer(new(2, 6)), new TanhLayer(), new GlobalMaxPool2dLayer(),
        ], 5, 2),
        // Padding that is no zeros, and kernels turned round, of few and of many channels.
        new([3, 5, 4], [new Conv2dLayer(3, 5, new(3), Same, Same) { FlipKernel = true }, new ReLULayer(), new Conv2dLayer(5, 2, new(2, 3), new(2, 1), new(0, 1)) { FlipKernel = true }], 17, 2),
        new([20, 6, 5],
        [
            new Conv2dLayer(20, 33, new(3), Same, Same) { PaddingMode = PadMode.Circular, FlipKernel = true }, new ReLULayer(), new Conv2dLayer(33, 33, new(3), Same, new(2), Groups: 33) { PaddingMode = PadMode.Reflect, FlipKernel = true },
            new BatchNorm2dLayer(33), new Conv2dLayer(33, 6, new(3), new(2), new(1, 0)) { PaddingMode = PadMode.Replicate, After = new(0, 2) },
        ], 5, 3),
        // Batch normalisation: alone, behind each kind of layer, of few and of many channels.
        new([5], [new BatchNorm1dLayer(5)], 17, 16),
        new([33], [new LinearLayer(33, 17), new BatchNorm1dLayer(17), new ReLULayer(), new LinearLayer(17, 3)], 64, 15),
        new([3, 5, 5], [new BatchNorm2dLayer(3), new Conv2dLayer(3, 6, new(3), Same, Same, Bias: false), new BatchNorm2dLayer(6), new ReLULayer()], 16, 7),
        new([16, 4, 4], [new Conv2dLayer(16, 33, Same, Same, None), new BatchNorm2dLayer(33, Eps: 0.01, Momentum: 0.3), new TanhLayer(),
            new MaxPool2dLayer(new(2), new(2), None), new FlattenLayer(), new BatchNorm1dLayer(132), new LinearLayer(132, 5)], 17, 9),
        new([6, 5, 5], [new AvgPool2dLayer(new(2), new(2), None), new BatchNorm2dLayer(6), new BatchNorm2dLayer(6)], 15, 2),
        // Without weights: behind a product that cannot take it in, of few channels, of a flattened image.
        new([3, 5, 5], [new Conv2dLayer(3, 6, new(3), Same, Same), new BatchNorm2dLayer(6, Affine: false), new ReLULayer(), new Conv2dLayer(6, 33, Same, Same, None), new BatchNorm2dLayer(33, 0.01, 1, Affine: false), new FlattenLayer(), new BatchNorm1dLayer(825, Affine: false)], 17, 5),
        new([9], [new BatchNorm1dLayer(9, Affine: false), new LinearLayer(9, 4), new BatchNorm1dLayer(4, Affine: false)], 16, 7),
        // Samples normalised by themselves: groups that end within vectors, weights in the order of a flattened image, without weights.
        new([33], [new LinearLayer(33, 17), new LayerNormLayer([17]), new GELULayer(), new LinearLayer(17, 3)], 64, 15),
        new([3, 5, 4], [new LayerNormLayer([3, 5, 4]), new Conv2dLayer(3, 5, new(3), Same, None), new FlattenLayer(), new LayerNormLayer([30], 0.01), new LinearLayer(30, 4)], 16, 7),
        new([5, 6, 6], [new Conv2dLayer(5, 36, new(3), Same, Same), new GroupNormLayer(36, 4), new ReLULayer(), new Conv2dLayer(36, 7, new(3), new(2), Same), new GroupNormLayer(7, 1, Affine: false)], 17, 3),
        new([4, 5, 3], [new InstanceNorm2dLayer(4), new Conv2dLayer(4, 16, new(2), Same, Same, Bias: false), new InstanceNorm2dLayer(16, 0.01, Affine: true), new MaxPool2dLayer(new(2), new(2), None),
            new FlattenLayer(), new GroupNormLayer(96, 6), new LayerNormLayer([96], Affine: false)], 5, 2),
        new([60], [new GroupNormLayer(60, 3), new LinearLayer(60, 8), new GroupNormLayer(8, 2, 0.01, Affine: false)], 33, 16),
        new([3, 5, 5], [new Conv2dLayer(3, 36, new(3), Same, Same), new ReLULayer(), new LocalResponseNormLayer(5, 0.5), new Conv2dLayer(36, 7, new(3), Same, Same), new LocalResponseNormLayer(4, 1, 0.5, 2)], 17, 3),
        new([17, 3, 2], [new LocalResponseNormLayer(40, 0.9), new LocalResponseNormLayer(1, 2, 1.5)], 5, 2),
        // Pixels and channels moved, between layers that want zeros around their images and at the ends of the network.
        new([3, 5, 6], [new PadLayer(1, 2, 3, 0), new Conv2dLayer(3, 17, new(3), Same, Same), new UpsampleLayer(2, Bilinear: true), new ReLULayer(), new CropLayer(2, 1, 0, 3), new Conv2dLayer(17, 4, new(3), new(2), Same)], 5, 2),
        new([20, 4, 4], [new UpsampleLayer(3), new Conv2dLayer(20, 40, new(3), Same, Same), new PadLayer(3, 0, 1, 2, PadMode.Reflect), new SubsampleLayer(2), new PadLayer(2, 1, 0, 3, PadMode.Circular), new BatchNorm2dLayer(40)], 5, 3),
        new([6, 4, 3], [new PadLayer(0, 5, 4, 1, PadMode.Replicate), new UpsampleLayer(1), new FlattenLayer(), new LinearLayer(432, 5)], 17, 16),
        new([5, 4, 3], [new PadChannelsLayer(3, 15), new TanhLayer(), new PadChannelsLayer(0, 0), new Conv2dLayer(23, 3, new(2), Same, None), new FlattenLayer(), new PadChannelsLayer(1, 2), new LinearLayer(21, 4)], 33, 16),
        new([16, 6, 6],
        [
            new Conv2dLayer(16, 32, new(3), new(2), Same, Bias: false), new BatchNorm2dLayer(32), new SubsampleLayer(2) { Sources = [-1] }, new PadChannelsLayer(8, 8), new AddLayer { Sources = [3, 1] }, new ReLULayer(),
            new GlobalAvgPool2dLayer(), new PadChannelsLayer(2, 1), new LinearLayer(35, 3),
        ], 17, 5),
        // Extents exchanged, channels and pixels exchanged, and probabilities of each pixel, between layers that want zeros around their images.
        new([3, 4, 6], [new ReshapeLayer([6, 2, 6]), new Conv2dLayer(6, 17, new(3), Same, Same), new ReshapeLayer([17, 12, 1]), new ReshapeLayer([204]), new LinearLayer(204, 12), new ReshapeLayer([1, 4, 3])], 17, 2),
        new([24], [new ReshapeLayer([2, 3, 4]), new Conv2dLayer(2, 5, new(3), Same, Same), new FlattenLayer(), new ReshapeLayer([60, 1, 1]), new Conv2dLayer(60, 4, Same, Same, None), new ReshapeLayer([2, 2, 1])], 33, 16),
        new([5, 4, 4], [new Conv2dLayer(5, 36, new(3), Same, Same), new PixelShuffleLayer(3), new ReLULayer(), new Conv2dLayer(4, 17, new(3), Same, Same), new PixelUnshuffleLayer(2), new BatchNorm2dLayer(68)], 5, 3),
        new([8, 3, 5], [new PixelShuffleLayer(2), new TanhLayer(), new PixelUnshuffleLayer(2), new Conv2dLayer(8, 17, new(3), Same, Same), new LogSoftmaxLayer(HasDim: true)], 17, 16),
        new([40, 3, 4], [new Conv2dLayer(40, 33, new(3), Same, Same), new SoftmaxLayer(HasDim: true), new Conv2dLayer(33, 20, new(3), Same, Same), new SoftmaxLayer(HasDim: true)], 5, 2),
        new([7], [new LinearLayer(7, 5), new SoftmaxLayer(HasDim: true)], 17, 2),
        // Dropout, alone and fused; of channels.
        new([40, 4, 3], [new Conv2dLayer(40, 33, new(3), Same, Same), new DropoutLayer(0.5, PerChannel: true), new Conv2dLayer(33, 20, Same, Same, None), new BatchNorm2dLayer(20), new DropoutLayer(0.25, PerChannel: true)], 33, 5),
        new([3, 5, 4], [new DropoutLayer(0.5, PerChannel: true), new Conv2dLayer(3, 5, new(3), Same, None), new DropoutLayer(0.5, PerChannel: true), new FlattenLayer(), new LinearLayer(30, 3)], 64, 17),
        new([33], [new DropoutLayer(0.25)], 64, 17),
        new([3, 8, 8], [new Conv2dLayer(3, 6, new(3), Same, None), new ReLULayer(), new DropoutLayer(0.5), new FlattenLayer(), new LinearLayer(216, 17),
            new TanhLayer(), new DropoutLayer(0.1), new LinearLayer(17, 5), new LogSoftmaxLayer()], 17, 16),
        new([7], [new LinearLayer(7, 16), new BatchNorm1dLayer(16), new DropoutLayer(0), new LinearLayer(16, 2)], 17, 16),
        // Long sums: of features, of outputs, of samples, of pixels; and gradients of 0 before a normalisation.
        new([4096], [new LinearLayer(4096, 8)], 17, 1),
        new([4096], [new LinearLayer(4096, 40)], 17, 1),
        new([8], [new LinearLayer(8, 4096)], 16, 3),
        new([33], [new LinearLayer(33, 33), new BatchNorm1dLayer(33)], 3000, 2),
        new([3, 28, 28], [new Conv2dLayer(3, 6, new(5), Same, None)], 16, 3),
        new([17, 12, 12], [new Conv2dLayer(17, 16, new(3), Same, Same), new BatchNorm2dLayer(16)], 9, 2),
        new([32, 9, 9], [new Conv2dLayer(32, 8, new(5), Same, None), new ReLULayer(), new Conv2dLayer(8, 5, new(3), Same, None)], 5, 1),
        new([1, 40, 40], [new AvgPool2dLayer(new(40), new(1), new(0))], 16, 2),
        // Larger products: several register tiles and their remainders.
        new([100], [new LinearLayer(100, 129), new ReLULayer(), new LinearLayer(129, 47)], 33, 31),
        new([257], [new LinearLayer(257, 65), new TanhLayer(), new LinearLayer(65, 130), new LogSoftmaxLayer()], 64, 1),
    ];

    /// <summary>A few tiny ones that still have every kind of layer: for the portable level, where a vector is a loop.</summary>
    public static IReadOnlyList<NetworkCase> Tiny { get; } =
    [
        new([5], [new LinearLayer(5, 17), new ReLULayer(), new LinearLayer(17, 3), new LogSoftmaxLayer()], 17, 2),
        new([2, 5, 5], [new Conv2dLayer(2, 6, new(3), Same, Same), new ReLULayer(), new MaxPool2dLayer(new(2), new(2), None), new FlattenLayer(),
            new DropoutLayer(0.5), new LinearLayer(24, 3), new SoftmaxLayer()], 17, 16),
        new([16, 4, 3], [new Conv2dLayer(16, 17, new(2, 3), new(2, 1), new(0, 1)), new BatchNorm2dLayer(17), new TanhLayer(),
            new AvgPool2dLayer(new(2), new(1), new(1)), new FlattenLayer(), new LinearLayer(204, 2), new BatchNorm1dLayer(2), new SigmoidLayer()], 5, 3),
        new([5, 3, 3], [new LayerNormLayer([5, 3, 3]), new Conv2dLayer(5, 6, new(2), Same, None), new GroupNormLayer(6, 3), new InstanceNorm2dLayer(6, 0.1), new LocalResponseNormLayer(3, 1), new DropoutLayer(0.5, PerChannel: true)], 5, 2),
        new([5, 3, 2], [new PadChannelsLayer(1, 2), new PadLayer(1, 0, 2, 1, PadMode.Reflect), new UpsampleLayer(2, Bilinear: true), new CropLayer(1, 0, 0, 2), new SubsampleLayer(2)], 5, 2),
        new([5, 2, 2], [new PixelUnshuffleLayer(2), new ReshapeLayer([5, 2, 2]), new SoftmaxLayer(HasDim: true), new ReshapeLayer([4, 5, 1]), new PixelShuffleLayer(2), new LogSoftmaxLayer(HasDim: true)], 5, 2),
        new([5], [new ScaleLayer(5), new ReLU6Layer(), new LeakyReLULayer(0.2), new ELULayer(0.5), new GELULayer(), new GELULayer(Approximate: true), new SiLULayer(), new HardswishLayer(),
            new HardsigmoidLayer(), new SoftplusLayer(), new MishLayer()], 17, 2),
    ];
}
