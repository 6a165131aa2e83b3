using FsCheck;
using FsCheck.Fluent;
using NetGen.Tests.Reference;
using NetGen.Tests.Reference.Layers;

namespace NetGen.Tests.Numerics;

/// <summary>Random networks: chains of layers whose shapes fit, of sizes that are neither round nor large.</summary>
internal static class NetworkCaseGenerator
{
    /// <summary>Multiply-adds of one sample that the slow reference can do often.</summary>
    private const int MostWork = 60_000;

    private static readonly int[] Extents = [1, 2, 3, 5, 7, 13, 17, 33];
    private static readonly int[] Channels = [1, 2, 3, 6, 15, 16, 17, 32, 33];
    private static readonly int[] Batches = [1, 2, 15, 16, 17, 64];

    /// <summary>That many networks, the same for the same seed.</summary>
    public static IReadOnlyList<NetworkCase> Sample(ulong seed, int count) => Networks(Usual, Gen.OneOf(Vector, Image, Image)).Sample(count, new Rnd(seed), count).ToArray();

    /// <summary>The same with every kind of layer and option, convolutions before all.</summary>
    public static IReadOnlyList<NetworkCase> SampleAny(ulong seed, int count) => Networks(Any, Gen.OneOf(Vector, Image, Image)).Sample(count, new Rnd(seed), count).ToArray();

    /// <summary>The same of signals and volumes.</summary>
    public static IReadOnlyList<NetworkCase> SampleSpaces(ulong seed, int count) => Networks(Any, Gen.OneOf(Signal, Volume)).Sample(count, new Rnd(seed), count).ToArray();

    private static Gen<Layer> Usual(int[] shape) => shape.Length == 1 ? OfVector(shape[0]) : OfImage(shape, PlainConvolution);

    private static Gen<Layer> Any(int[] shape) => shape.Length switch
    {
        1 => AnyOfVector(shape[0]),
        2 => SpaceLayerGenerator.OfSignal(shape),
        3 => AnyOfImage(shape),
        _ => SpaceLayerGenerator.OfVolume(shape),
    };

    private static Gen<NetworkCase> Networks(Func<int[], Gen<Layer>> kinds, Gen<int[]> inputs) =>
        from length in Gen.Choose(1, 7)
        from input in inputs
        from layers in Chain(input, length, [], kinds)
        from batch in Gen.Elements(Batches)
        from partial in Gen.Choose(1, batch)
        select new NetworkCase(input, [.. layers], batch, partial);

    private static Gen<int[]> Vector => Gen.Elements(Extents).Select(features => new[] { features });

    private static Gen<int[]> Image =>
        from channels in Gen.Elements(Channels)
        from height in Gen.Elements(Extents)
        from width in Gen.Elements(Extents)
        where channels * height * width <= 1500
        select new[] { channels, height, width };

    private static Gen<int[]> Signal => from channels in Gen.Elements(Channels) from length in Gen.Elements(Extents) select new[] { channels, length };

    private static Gen<int[]> Volume =>
        from channels in Gen.Elements(Channels)
        from sizes in Gen.ArrayOf(Gen.Elements(1, 2, 3, 5, 7), 3)
        where channels * sizes[0] * sizes[1] * sizes[2] <= 1500
        select new[] { channels, sizes[0], sizes[1], sizes[2] };

    /// <summary>Layers that follow one another from a shape; fewer where no further one fits.</summary>
    private static Gen<List<Layer>> Chain(int[] shape, int length, List<Layer> before, Func<int[], Gen<Layer>> kinds) => length == 0
        ? Gen.Constant(before)
        : Next(shape, kinds).SelectMany(layer => Chain(layer.OutputShape(shape), length - 1, [.. before, layer], kinds));

    private static Gen<Layer> Next(int[] shape, Func<int[], Gen<Layer>> kinds) =>
        Gen.Frequency([(5, kinds(shape)), (2, Elementwise)])
            .Where(layer => Fits(layer, shape));

    private static Gen<Layer> Elementwise => Gen.OneOf(
        Gen.Constant<Layer>(new ReLULayer()),
        Gen.Constant<Layer>(new ReLULayer()),
        Gen.Constant<Layer>(new TanhLayer()),
        Gen.Constant<Layer>(new SigmoidLayer()),
        Gen.Elements<Layer>(
            new ReLU6Layer(), new LeakyReLULayer(0.2), new ELULayer(0.7), new GELULayer(), new GELULayer(Approximate: true), new SiLULayer(), new HardsigmoidLayer(),
            new HardswishLayer(), new SoftplusLayer(2, 3), new MishLayer(), new ScaleLayer(-1.5)),
        Gen.Elements(0, 0.25, 0.5).Select(Layer (p) => new DropoutLayer(p)));

    private static Gen<Layer> OfVector(int features) => Gen.Frequency<Layer>(
    [
        (5, from outputs in Gen.Elements(Channels) from bias in Bias select (Layer)new LinearLayer(features, outputs, bias)),
        (1, Gen.Constant<Layer>(new BatchNorm1dLayer(features))),
        (1, from affine in Bias
            from groups in Gen.Elements(Enumerable.Range(1, features / 2).Where(groups => features % groups == 0).DefaultIfEmpty(1).ToArray())
            from isLayer in Bias
            select isLayer ? (Layer)new LayerNormLayer([features], Affine: affine) : new GroupNormLayer(features, groups, 0.01, affine)),
        (1, Gen.OneOf(Gen.Constant<Layer>(new SoftmaxLayer()), Gen.Constant<Layer>(new LogSoftmaxLayer()))),
    ]);

    private static Gen<Layer> OfImage(int[] shape, Func<int[], Gen<Layer>> convolution) => Gen.Frequency<Layer>(
    [
        (6, convolution(shape)),
        (3, from kernel in Window(3)
            from stride in Window(3)
            from height in Gen.Choose(0, kernel.Height / 2)
            from width in Gen.Choose(0, kernel.Width / 2)
            from max in Gen.Elements(true, false)
            let padding = new Pair(height, width)
            select max ? (Layer)new MaxPool2dLayer(kernel, stride, padding) : new AvgPool2dLayer(kernel, stride, padding)),
        (1, Gen.Constant<Layer>(new BatchNorm2dLayer(shape[0]))),
        (2, from sides in Gen.ArrayOf(Gen.Choose(0, 3), 4)
            from mode in Gen.Elements(Enum.GetValues<PadMode>())
            from number in Gen.Choose(1, 3)
            from isBilinear in Bias
            from kind in Gen.Choose(0, 4)
            select kind switch
            {
                0 => (Layer)new PadLayer(sides[0], sides[1], sides[2], sides[3], mode),
                1 => new CropLayer(sides[0], sides[1], sides[2], sides[3]),
                2 => new SubsampleLayer(number),
                3 => new UpsampleLayer(number, isBilinear),
                _ => new PadChannelsLayer(sides[0], sides[1]),
            }),
        (1, from size in Gen.Choose(1, 6)
            from isNorm in Bias
            from p in Gen.Elements(0.25, 0.5)
            select isNorm ? (Layer)new LocalResponseNormLayer(size, 0.7, 0.6, 0.5) : new DropoutLayer(p, PerChannel: true)),
        (1, from affine in Bias
            from groups in Gen.Elements(Enumerable.Range(1, shape[0]).Where(groups => shape[0] % groups == 0).ToArray())
            from kind in Gen.Choose(0, 2)
            select kind switch
            {
                0 => (Layer)new LayerNormLayer(shape, 0.01, affine),
                1 => new GroupNormLayer(shape[0], groups, Affine: affine),
                _ => new InstanceNorm2dLayer(shape[0], 0.001, affine),
            }),
        (2, Gen.Constant<Layer>(new FlattenLayer())),
    ]);

    /// <summary>Options that the usual draws leave out, and the layers that came later, beside them: the usual networks stay what they are.</summary>
    private static Gen<Layer> AnyOfVector(int features) => Gen.Frequency<Layer>(
    [
        (6, OfVector(features)),
        (1, Bias.Select(Layer (affine) => new BatchNorm1dLayer(features, Affine: affine))),
        (1, Reshape([features])),
    ]);

    private static Gen<Layer> AnyOfImage(int[] shape) => Gen.Frequency<Layer>(
    [
        (12, OfImage(shape, AnyConvolution)),
        (1, AnyPooling),
        (1, from affine in Bias from momentum in Gen.Elements(0.1, 0.3, 1) select (Layer)new BatchNorm2dLayer(shape[0], Momentum: momentum, Affine: affine)),
        (1, Gen.OneOf(Gen.Constant<Layer>(new SoftmaxLayer(HasDim: true)), Gen.Constant<Layer>(new LogSoftmaxLayer(HasDim: true)))),
        (1, Gen.Elements<Layer>(new GlobalMaxPool2dLayer(), new GlobalAvgPool2dLayer())),
        (1, from kernel in Window(3)
            from stride in Window(2)
            from outputs in Gen.Choose(1, 5)
            from bias in Bias
            from isFilter in Bias
            let padding = new Pair(kernel.Height / 2, kernel.Width / 2)
            let values = Enumerable.Range(0, kernel.Height * kernel.Width).Select(i => (i % 3) - 0.75).ToArray()
            select isFilter ? (Layer)new Filter2dLayer(kernel, stride, padding, values) : new LocallyConnected2dLayer(shape, outputs, kernel, stride, padding, bias)),
        (1, from factor in Gen.Choose(1, 3)
            from isInverse in Bias
            select isInverse ? (Layer)new PixelUnshuffleLayer(factor) : new PixelShuffleLayer(factor)),
        (1, Reshape(shape)),
    ]);

    /// <summary>
    /// Layer normalisation of the last dimensions: one of them, or more. Not of single values: all samples would become the same number, whose rounding errors do not
    /// average out as those that the yardstick draws.
    /// </summary>
    public static Gen<Layer> LastDimensions(int[] shape) =>
        from count in Gen.Elements(Enumerable.Range(1, shape.Length).Where(count => ReferenceNetwork.Size(shape[^count..]) > 1).DefaultIfEmpty(shape.Length))
        from affine in Bias
        select (Layer)new LayerNormLayer(shape[^count..], 0.01, affine) { IsLast = true };

    /// <summary>With ceil mode, padding that differs by side or follows from a rule, and means of what is on the image.</summary>
    private static Gen<Layer> AnyPooling =>
        from kernel in Window(4)
        from stride in Window(4)
        from padding in Around(kernel.Height / 2, kernel.Width / 2)
        from after in Around(kernel.Height / 2, kernel.Width / 2)
        from ceil in Gen.Elements(true, false)
        from counts in Gen.Elements(true, false)
        from kind in Gen.Choose(0, 7)
        from parts in Pairs(1, 6)
        let rule = kind is 4 or 5 ? "Same" : null
        select kind > 5
            ? ceil ? (Layer)new AdaptiveMaxPool2dLayer(parts) : new AdaptiveAvgPool2dLayer(parts)
            : kind % 2 == 0
            ? (Layer)new MaxPool2dLayer(kernel, stride, padding) { After = rule is null ? after : null, Rule = rule, CeilMode = ceil }
            : new AvgPool2dLayer(kernel, stride, padding) { After = rule is null ? after : null, Rule = rule, CeilMode = ceil, CountIncludePad = counts };

    private static Gen<Pair> Around(int height, int width) =>
        from rows in Gen.Choose(0, height)
        from columns in Gen.Choose(0, width)
        select new Pair(rows, columns);

    private static Gen<Layer> Reshape(int[] shape)
    {
        int size = ReferenceNetwork.Size(shape);
        Gen<int> DivisorOf(int number) => Gen.Elements(Enumerable.Range(1, number).Where(divisor => number % divisor == 0));
        return
            from channels in DivisorOf(size)
            from height in DivisorOf(size / channels)
            from isVector in Gen.Elements(true, false, false, false)
            select (Layer)new ReshapeLayer(isVector ? [size] : [channels, height, size / channels / height]);
    }

    private static Gen<Layer> PlainConvolution(int[] shape) =>
        from outputs in Gen.Elements(Channels)
        from kernel in Window(5)
        from stride in Window(4)
        from padding in Pairs(0, 2)
        from bias in Bias
        select (Layer)new Conv2dLayer(shape[0], outputs, kernel, stride, padding, bias);

    /// <summary>In groups or not, depthwise with and without a multiplier, taps side by side or apart.</summary>
    private static Gen<Layer> AnyConvolution(int[] shape) => Gen.Frequency((3, Convolution(shape)), (1, TransposedConvolution(shape)));

    private static Gen<Layer> Convolution(int[] shape) =>
        from multiplier in Gen.Elements(1, 2, 0, 0)
        from outputs in multiplier > 0 ? Gen.Constant(shape[0] * multiplier) : Gen.Elements(Channels)
        from groups in multiplier > 0 ? Gen.Constant(shape[0]) : Gen.Elements(Enumerable.Range(1, shape[0]).Where(groups => shape[0] % groups == 0 && outputs % groups == 0))
        from kernel in Window(5)
        from stride in Window(3)
        from padding in Pairs(0, 2)
        from dilation in Gen.OneOf(Gen.Constant(new Pair(1)), Pairs(1, 4))
        from bias in Bias
        from after in Pairs(0, 2)
        from form in Gen.Choose(0, 4)
        from mode in Gen.OneOf(Gen.Constant(PadMode.Zeros), Gen.Constant(PadMode.Zeros), Gen.Elements(Enum.GetValues<PadMode>()))
        select (Layer)new Conv2dLayer(shape[0], outputs, kernel, stride, padding, bias, groups)
        {
            Dilation = dilation,
            After = form == 0 ? after : null,
            Rule = form switch { 1 => "Same", 2 => "Full", _ => null },
            FlipKernel = after.Height == 0,
            PaddingMode = mode,
        };

    private static Gen<Layer> TransposedConvolution(int[] shape) =>
        from outputs in Gen.Elements(Channels)
        from groups in Gen.Elements(Enumerable.Range(1, shape[0]).Where(groups => shape[0] % groups == 0 && outputs % groups == 0))
        from kernel in Window(4)
        from stride in Window(3)
        from padding in Pairs(0, 1)
        from dilation in Gen.OneOf(Gen.Constant(new Pair(1)), Pairs(1, 3))
        from more in Around(Math.Max(stride.Height, dilation.Height) - 1, Math.Max(stride.Width, dilation.Width) - 1)
        from bias in Bias
        select (Layer)new ConvTranspose2dLayer(shape[0], outputs, kernel, stride, padding, bias, groups) { Dilation = dilation, OutputPadding = more };

    private static Gen<bool> Bias => Gen.Elements(true, true, false);

    /// <summary>Square more often than not.</summary>
    private static Gen<Pair> Window(int largest) => Gen.OneOf(Gen.Choose(1, largest).Select(both => new Pair(both)), Pairs(1, largest));

    private static Gen<Pair> Pairs(int least, int most) =>
        from height in Gen.Choose(least, most)
        from width in Gen.Choose(least, most)
        select new Pair(height, width);

    private static bool Fits(Layer layer, int[] shape)
    {
        if (layer is PadLayer pad && !pad.Fits(shape) || layer is PixelShuffleLayer shuffle && shape[0] % (shuffle.Factor * shuffle.Factor) != 0
            || layer is PixelUnshuffleLayer unshuffle && (shape[1] % unshuffle.Factor != 0 || shape[2] % unshuffle.Factor != 0))
        {
            return false;
        }
        if (layer is WindowLayer windows && !windows.Fits(shape) || layer is AsImageLayer asImage && !asImage.Fits(shape) || layer is VolumeWindowLayer volume && !volume.Fits(shape))
            return false;
        int[] output = layer.OutputShape(shape);
        if (output.Any(extent => extent < 1))
            return false;
        int fanIn = layer.Parameters.FirstOrDefault()?.FanIn ?? 1;
        return (long)ReferenceNetwork.Size(output) * fanIn <= MostWork && ReferenceNetwork.Size(output) <= 3000;
    }
}
