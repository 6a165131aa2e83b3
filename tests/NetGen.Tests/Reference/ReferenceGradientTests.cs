using NetGen.Tests.Reference.Layers;

namespace NetGen.Tests.Reference;

/// <summary>The reference's hand-written backward passes against finite differences of its forward passes.</summary>
public class ReferenceGradientTests
{
    private static readonly (string Name, int[] Input, Layer[] Layers)[] Networks =
    [
        ("linear", [5], [new LinearLayer(5, 4)]),
        ("linear without bias", [5], [new LinearLayer(5, 3, Bias: false)]),
        ("conv", [2, 5, 6], [new Conv2dLayer(2, 3, new(3, 2), new(2, 1), new(1, 0))]),
        ("conv without bias", [3, 4, 4], [new Conv2dLayer(3, 2, new(1), new(2), new(0), Bias: false)]),
        ("conv in groups", [4, 5, 4], [new Conv2dLayer(4, 6, new(3, 2), new(2, 1), new(1, 0), Groups: 2)]),
        ("conv with dilation", [2, 7, 6], [new Conv2dLayer(2, 3, new(3, 2), new(2, 1), new(1, 2)) { Dilation = new(2, 3) }]),
        ("transposed conv", [4, 3, 2], [new ConvTranspose2dLayer(4, 6, new(3, 2), new(2, 1), new(1, 0), Groups: 2) { Dilation = new(1, 2), OutputPadding = new(1, 0) }]),
        ("conv with padding of the image", [2, 4, 5],
        [
            new Conv2dLayer(2, 3, new(3), new(1), new(1)) { PaddingMode = PadMode.Circular }, new Conv2dLayer(3, 2, new(3), new(2), new(2)) { PaddingMode = PadMode.Reflect, FlipKernel = true },
            new Conv2dLayer(2, 2, new(2), new(1), new(1)) { PaddingMode = PadMode.Replicate },
        ]),
        ("locally connected", [2, 4, 3], [new LocallyConnected2dLayer([2, 4, 3], 3, new(2, 3), new(2, 1), new(0, 1))]),
        ("filters", [2, 5, 4], [new Filter2dLayer(new(3, 2), new(2, 1), new(1), [1, -2, 0.5, 3, -1, 0.25, 2, 1, 0, -1, -2, 1])]),
        ("adaptive pools", [2, 7, 5], [new AdaptiveAvgPool2dLayer(new(4, 7)), new AdaptiveMaxPool2dLayer(new(3, 2))]),
        ("global max pool", [3, 4, 3], [new TanhLayer(), new GlobalMaxPool2dLayer(), new LinearLayer(3, 2)]),
        ("max pool", [2, 5, 5], [new MaxPool2dLayer(new(3), new(2), new(1))]),
        ("avg pool", [2, 5, 6], [new AvgPool2dLayer(new(3, 2), new(2), new(1))]),
        ("pools, rounded up", [2, 6, 5], [new AvgPool2dLayer(new(3), new(2), new(1)) { CeilMode = true }, new MaxPool2dLayer(new(2), new(3), new(1)) { CeilMode = true }]),
        ("padding by rules", [2, 5, 4], [new Conv2dLayer(2, 3, new(3), new(2), new(0)) { Rule = "Same" }, new AvgPool2dLayer(new(2), new(1), new(0)) { Rule = "Same", CountIncludePad = false }]),
        ("activations", [6], [new TanhLayer(), new LinearLayer(6, 5), new ReLULayer(), new LinearLayer(5, 4), new SigmoidLayer()]),
        ("smooth activations", [6],
        [
            new GELULayer(), new LinearLayer(6, 5), new GELULayer(Approximate: true), new SiLULayer(), new LinearLayer(5, 5), new MishLayer(), new SoftplusLayer(2, 1.5),
            new ScaleLayer(-3), new ELULayer(0.7),
        ]),
        ("activations with bends", [6], [new ScaleLayer(7), new ReLU6Layer(), new LeakyReLULayer(0.2), new HardsigmoidLayer(), new ScaleLayer(-8), new HardswishLayer()]),
        ("batch norm 1d", [3], [new BatchNorm1dLayer(3), new TanhLayer()]),
        ("batch norm 2d", [3, 2, 3], [new BatchNorm2dLayer(3), new TanhLayer()]),
        ("layer norm", [2, 2, 3], [new LayerNormLayer([2, 2, 3]), new TanhLayer(), new FlattenLayer(), new LayerNormLayer([12], Affine: false)]),
        ("layer norm of last dimensions", [3, 2, 4], [new LayerNormLayer([2, 4]) { IsLast = true }, new TanhLayer(), new LayerNormLayer([4], 0.01, Affine: false) { IsLast = true }]),
        ("group norm", [4, 2, 3], [new GroupNormLayer(4, 2), new TanhLayer(), new GroupNormLayer(4, 1, 0.01, false)]),
        ("instance norm", [3, 2, 3], [new InstanceNorm2dLayer(3), new TanhLayer(), new InstanceNorm2dLayer(3, Affine: true)]),
        ("local response norm", [5, 2, 1], [new LocalResponseNormLayer(4, 0.7, 0.6, 0.5), new TanhLayer(), new LocalResponseNormLayer(3, 2)]),
        ("pixels moved", [2, 3, 4],
        [
            new PadLayer(1, 2, 0, 1), new PadLayer(2, 1, 3, 0, PadMode.Reflect), new TanhLayer(), new CropLayer(1, 0, 2, 1), new PadLayer(1, 0, 2, 1, PadMode.Replicate), new SubsampleLayer(2),
            new PadLayer(0, 2, 1, 1, PadMode.Circular), new PadChannelsLayer(1, 2),
        ]),
        ("upsampling", [2, 2, 3], [new UpsampleLayer(2), new TanhLayer(), new UpsampleLayer(3, Bilinear: true)]),
        ("transposed conv of volumes", [4, 2, 3, 2],
        [
            new ConvTranspose3dLayer(4, 6, [3, 1, 2], [2, 3, 1], [1, 0, 1], [1, 0, 0], [1, 1, 2], Groups: 2), new TanhLayer(), new ConvTranspose3dLayer(6, 2, [1, 2, 1], [1, 1, 2], [0, 1, 0], [0, 0, 1], [1, 1, 1], Bias: false),
        ]),
        ("pixels of volumes moved", [2, 3, 2, 4],
        [
            new PadLayer(1, 2, 0, 1, Slices: [2, 0]), new PadLayer(1, 0, 2, 1, PadMode.Reflect, [1, 2]), new TanhLayer(), new CropLayer(1, 0, 0, 1, [2, 1]), new SubsampleLayer(2),
            new PadLayer(0, 1, 1, 0, PadMode.Replicate, [1, 1]), new PadLayer(1, 2, 1, 0, PadMode.Circular, [2, 1]), new CropLayer(2, 1, 1, 0, [0, 3]), new UpsampleLayer(2), new TanhLayer(), new UpsampleLayer(2) { Trilinear = true },
        ]),
        ("softmax", [4, 1, 2], [new SoftmaxLayer()]),
        ("log-softmax", [4, 2, 1], [new LogSoftmaxLayer()]),
        ("frozen", [2, 3, 3],
        [
            new Conv2dLayer(2, 3, new(2), new(1), new(0)), new BatchNorm2dLayer(3) { Frozen = true }, new TanhLayer(), new FlattenLayer(), new LinearLayer(12, 4) { Frozen = true }, new BatchNorm1dLayer(4),
        ]),
        ("shared", [2, 3, 3],
        [
            new Conv2dLayer(2, 2, new(2), new(1), new(1)), new TanhLayer(), new Conv2dLayer(2, 2, new(2), new(2), new(0)) { Weights = 0 }, new BatchNorm2dLayer(2), new TanhLayer(), new BatchNorm2dLayer(2) { Weights = 3 },
            new FlattenLayer(), new LinearLayer(8, 8), new LinearLayer(8, 8) { Weights = 7 },
        ]),
        ("network", [2, 6, 6],
        [
            new Conv2dLayer(2, 4, new(3), new(1), new(1)), new BatchNorm2dLayer(4), new ReLULayer(), new MaxPool2dLayer(new(2), new(2), new(0)),
            new DropoutLayer(0.5), new FlattenLayer(), new LinearLayer(36, 5), new BatchNorm1dLayer(5), new SoftmaxLayer(),
        ]),
    ];

    public static TheoryData<string> Names => [.. Networks.Select(network => network.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Backward_is_the_derivative_of_forward(string name)
    {
        (_, int[] input, Layer[] layers) = Networks.Single(network => network.Name == name);
        foreach (bool training in new[] { false, true })
        {
            var network = new ReferenceNetwork(input, layers);
            network.Fill(seed: 7);
            double[] inputs = Filler.Values(seed: 70, 4 * network.InputSize);
            var loss = new WeightedSumLoss(Filler.Values(seed: 71, 4 * network.OutputSize));
            double Loss() => loss.Evaluate(network.Forward(inputs, training), 4).Value;

            double[] output = network.Forward(inputs, training);
            double[] inputGradient = network.Backward(loss.Evaluate(output, 4).Gradient);

            network.Margin().ShouldBeGreaterThan(1e-4, "the differences must not cross a kink");
            inputGradient.ShouldBe(FiniteDifferences.Gradient(inputs, Loss), 1e-8);
            foreach (ReferenceParameter parameter in network.Parameters.Where(one => one.Spec.IsTrainable))
                parameter.Gradient.ShouldBe(FiniteDifferences.Gradient(parameter.Values, Loss), 1e-8, parameter.Name);
        }
    }

    [Fact]
    public void Losses_return_their_derivative()
    {
        double[] outputs = Filler.Values(seed: 9, 12);
        ReferenceLoss[] losses =
        [
            new CrossEntropyLoss([2, 0, 3]), new NegativeLogLikelihoodLoss([2, 0, 3]), new MeanSquaredErrorLoss(Filler.Values(seed: 10, 12)),
        ];
        foreach (ReferenceLoss loss in losses)
        {
            (_, double[] gradient) = loss.Evaluate(outputs, 3);
            gradient.ShouldBe(FiniteDifferences.Gradient(outputs, () => loss.Evaluate(outputs, 3).Value), 1e-9, loss.ToString());
        }
    }
}
