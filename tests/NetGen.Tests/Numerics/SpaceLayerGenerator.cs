using FsCheck;
using FsCheck.Fluent;
using NetGen.Tests.Reference.Layers;

namespace NetGen.Tests.Numerics;

/// <summary>Random layers of signals and of volumes.</summary>
internal static class SpaceLayerGenerator
{
    private static readonly int[] Channels = [1, 2, 3, 6, 16, 17, 33];

    /// <summary>Of signals [channels, length].</summary>
    public static Gen<Layer> OfSignal(int[] shape) => Gen.Frequency<Layer>(
    [
        (6, SignalConvolution(shape[0])),
        (2, SignalPooling),
        (1, from affine in Gen.Elements(true, false) select (Layer)new BatchNorm1dLayer(shape[0], Affine: affine)),
        (1, Gen.Elements<Layer>(
            new AsImageLayer(new InstanceNorm2dLayer(shape[0], 0.01, true), "InstanceNorm1d(Eps = 0.01, Affine = true)"), new LayerNormLayer(shape, 0.01, true),
            new AsImageLayer(new LocalResponseNormLayer(3, 0.7, 0.6, 0.5), "LocalResponseNorm(3, 0.7, 0.6, 0.5)"), new SoftmaxLayer(HasDim: true))),
        (1, from left in Gen.Choose(0, 2)
            from right in Gen.Choose(0, 2)
            from step in Gen.Choose(1, 3)
            from kind in Gen.Choose(0, 4)
            select (Layer)(kind switch
            {
                0 => new AsImageLayer(new PadLayer(left, right, 0, 0, PadMode.Replicate), $"Pad([{left}, {right}], PadMode.Replicate)"),
                1 => new AsImageLayer(new SubsampleLayer(step), $"Subsample({step})"),
                2 => new AsImageLayer(new UpsampleLayer(step, step == 2) { KeepsRows = true }, $"Upsample({step}{(step == 2 ? ", UpsampleMode.Bilinear" : "")})"),
                3 => new AsImageLayer(new CropLayer(left, 0, 0, 0), $"Crop([{left}, 0])"),
                _ => new DropoutLayer(0.5, PerChannel: true) { Rank = 1 },
            })),
        (1, Gen.Elements<Layer>(
            new FlattenLayer(), new ReshapeLayer([shape[0], shape[1], 1]), new AsImageLayer(new GlobalAvgPool2dLayer(), "GlobalAvgPool1d"), new AsImageLayer(new GlobalMaxPool2dLayer(), "GlobalMaxPool1d"))),
        (1, NetworkCaseGenerator.LastDimensions(shape)),
    ]);

    /// <summary>Of volumes [channels, depth, height, width].</summary>
    public static Gen<Layer> OfVolume(int[] shape) => Gen.Frequency<Layer>(
    [
        (6, VolumeConvolution(shape[0])),
        (2, TransposedVolumeConvolution(shape[0])),
        (2, VolumePooling),
        (2, VolumeResampling),
        (1, from affine in Gen.Elements(true, false) select (Layer)new BatchNorm3dLayer(shape[0], Affine: affine)),
        (1, Gen.Elements<Layer>(
            new AsImageLayer(new InstanceNorm2dLayer(shape[0], 0.01), "InstanceNorm3d(Eps = 0.01)"), new LayerNormLayer(shape, 0.01, true), new SoftmaxLayer(HasDim: true),
            new DropoutLayer(0.25, PerChannel: true) { Rank = 3 })),
        (1, Gen.Elements<Layer>(
            new FlattenLayer(), new ReshapeLayer([shape[0] * shape[1], shape[2], shape[3]]), new AsImageLayer(new GlobalAvgPool2dLayer(), "GlobalAvgPool3d"),
            new AsImageLayer(new GlobalMaxPool2dLayer(), "GlobalMaxPool3d"))),
        (1, NetworkCaseGenerator.LastDimensions(shape)),
    ]);

    private static Gen<Layer> SignalConvolution(int channels) =>
        from groups in Gen.Elements(Enumerable.Range(1, channels).Where(groups => channels % groups == 0))
        from multiplier in Gen.Choose(1, 3)
        from free in Gen.Elements(Channels)
        let outputs = groups == 1 ? free : groups * multiplier
        from kernel in Gen.Choose(1, 5)
        from stride in Gen.Choose(1, 3)
        from padding in Gen.Choose(0, 2)
        from dilation in Gen.Elements(1, 1, 2)
        from kind in Gen.Choose(0, 4)
        select kind switch
        {
            0 => (Layer)new AsImageLayer(
                new ConvTranspose2dLayer(channels, outputs, new(1, kernel), new(1, stride), new(0, 0), Groups: groups), $"ConvTranspose1d({outputs}, {kernel}, stride: {stride}, groups: {groups})"),
            1 => new AsImageLayer(
                new Conv2dLayer(channels, outputs, new(1, kernel), new(1, stride), new(0, padding), Groups: groups) { After = new(0, 0), FlipKernel = true },
                $"Conv1d({outputs}, {kernel}, padding: [{padding}, 0], stride: {stride}, groups: {groups}, FlipKernel = true)"),
            _ => new AsImageLayer(
                new Conv2dLayer(channels, outputs, new(1, kernel), new(1, stride), new(0, padding), Groups: groups) { Dilation = new(1, dilation) },
                $"Conv1d({channels}, {outputs}, {kernel}, stride: {stride}, padding: {padding}, dilation: {dilation}, groups: {groups})"),
        };

    private static Gen<Layer> SignalPooling =>
        from kernel in Gen.Choose(1, 4)
        from stride in Gen.Choose(1, 4)
        from padding in Gen.Choose(0, kernel / 2)
        from ceil in Gen.Elements(true, false)
        from parts in Gen.Choose(1, 5)
        from kind in Gen.Choose(0, 3)
        let arguments = $"{kernel}, stride: {stride}, padding: {padding}, ceilMode: {(ceil ? "true" : "false")}"
        select (Layer)(kind switch
        {
            0 => new AsImageLayer(new MaxPool2dLayer(new(1, kernel), new(1, stride), new(0, padding)) { CeilMode = ceil }, $"MaxPool1d({arguments})"),
            1 => new AsImageLayer(new AvgPool2dLayer(new(1, kernel), new(1, stride), new(0, padding)) { CeilMode = ceil }, $"AvgPool1d({arguments})"),
            2 => new AsImageLayer(new AdaptiveAvgPool2dLayer(new(1, parts)), $"AdaptiveAvgPool1d({parts})"),
            _ => new AsImageLayer(new AdaptiveMaxPool2dLayer(new(1, parts)), $"AdaptiveMaxPool1d({parts})"),
        });

    private static Gen<Layer> VolumeConvolution(int channels) =>
        from groups in Gen.Elements(1, 1, channels)
        from free in Gen.Elements(Channels)
        from sizes in Gen.ArrayOf(Gen.Choose(1, 3), 3)
        from strides in Gen.ArrayOf(Gen.Choose(1, 2), 3)
        from padding in Gen.ArrayOf(Gen.Choose(0, 2), 3)
        from after in Gen.ArrayOf(Gen.Choose(0, 1), 3)
        from dilation in Gen.OneOf(Gen.Constant<int[]>([1, 1, 1]), Gen.ArrayOf(Gen.Choose(1, 2), 3))
        from mode in Gen.Elements(PadMode.Zeros, PadMode.Zeros, PadMode.Reflect, PadMode.Replicate, PadMode.Circular)
        from form in Gen.Choose(0, 3)
        select (Layer)new Conv3dLayer(channels, groups == 1 ? free : groups, sizes, strides, padding, form != 1, groups)
        {
            Dilation = dilation,
            After = form == 0 ? after : null,
            FlipKernel = form == 2,
            PaddingMode = mode,
        };

    private static Gen<Layer> TransposedVolumeConvolution(int channels) =>
        from groups in Gen.Elements(1, 1, channels)
        from free in Gen.Elements(Channels)
        from sizes in Gen.ArrayOf(Gen.Choose(1, 3), 3)
        from strides in Gen.ArrayOf(Gen.Choose(1, 2), 3)
        from padding in Gen.ArrayOf(Gen.Choose(0, 1), 3)
        from dilation in Gen.OneOf(Gen.Constant<int[]>([1, 1, 1]), Gen.ArrayOf(Gen.Choose(1, 2), 3))
        from more in Gen.ArrayOf(Gen.Choose(0, 1), 3)
        from bias in Gen.Elements(true, true, false)
        let added = more.Select((one, axis) => Math.Min(one, Math.Max(strides[axis], dilation[axis]) - 1)).ToArray()
        select (Layer)new ConvTranspose3dLayer(channels, groups == 1 ? free : groups, sizes, strides, padding, added, dilation, bias, groups);

    private static Gen<Layer> VolumeResampling =>
        from sides in Gen.ArrayOf(Gen.Choose(0, 2), 6)
        from mode in Gen.Elements(Enum.GetValues<PadMode>())
        from number in Gen.Choose(1, 2)
        from isMixed in Gen.Elements(true, false)
        from kind in Gen.Choose(0, 3)
        select kind switch
        {
            0 => (Layer)new PadLayer(sides[0], sides[1], sides[2], sides[3], mode, [sides[4], sides[5]]),
            1 => new CropLayer(sides[0], sides[1], sides[2], sides[3], [sides[4], sides[5]]),
            2 => new SubsampleLayer(number),
            _ => new UpsampleLayer(number) { Trilinear = isMixed },
        };

    private static Gen<Layer> VolumePooling =>
        from sizes in Gen.ArrayOf(Gen.Choose(1, 3), 3)
        from strides in Gen.ArrayOf(Gen.Choose(1, 3), 3)
        from isPadded in Gen.Elements(true, false)
        from ceil in Gen.Elements(true, false)
        from counts in Gen.Elements(true, false)
        from isMax in Gen.Elements(true, false)
        from parts in Gen.ArrayOf(Gen.Choose(1, 4), 3)
        from isAdaptive in Gen.Elements(true, false, false)
        let padding = sizes.Select(size => isPadded ? size / 2 : 0).ToArray()
        select isAdaptive ? (Layer)new AdaptivePool3dLayer(isMax, parts) : new Pool3dLayer(isMax, sizes, strides, padding) { CeilMode = ceil, CountIncludePad = counts };
}
