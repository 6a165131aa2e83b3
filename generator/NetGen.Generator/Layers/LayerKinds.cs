using NetGen.Generator.Operations;

namespace NetGen.Generator.Layers;

/// <summary>The table of layers: how each attribute of namespace NetGen, its name without "Attribute", is read.</summary>
internal static class LayerKinds
{
    public static readonly IReadOnlyDictionary<string, Func<LayerArguments, Layer>> Readers =
        new Dictionary<string, Func<LayerArguments, Layer>>(StringComparer.Ordinal)
        {
            ["AdaptiveAvgPool2d"] = arguments => AdaptivePool2dLayer.Read(PoolingKind.Average, arguments),
            ["AdaptiveMaxPool2d"] = arguments => AdaptivePool2dLayer.Read(PoolingKind.Max, arguments),
            ["Add"] = _ => new MergeLayer(MergeKind.Add),
            ["AvgPool2d"] = arguments => Pool2dLayer.Read(PoolingKind.Average, arguments),
            ["BatchNorm1d"] = arguments => BatchNormLayer.Read(1, arguments),
            ["BatchNorm2d"] = arguments => BatchNormLayer.Read(2, arguments),
            ["Concat"] = _ => new ConcatLayer(),
            ["Conv2d"] = Conv2dLayer.Read,
            ["ConvTranspose2d"] = ConvTranspose2dLayer.Read,
            ["Crop"] = ResampleLayer.ReadCrop,
            ["Dropout"] = arguments => DropoutLayer.Read(isPerChannel: false, arguments),
            ["Dropout2d"] = arguments => DropoutLayer.Read(isPerChannel: true, arguments),
            ["ELU"] = arguments => ActivationLayer.Read(FunctionKind.ELU, arguments),
            ["Filter2d"] = Filter2dLayer.Read,
            ["Flatten"] = _ => new FlattenLayer(),
            ["GELU"] = ActivationLayer.ReadGELU,
            ["GlobalAvgPool2d"] = _ => new GlobalPool2dLayer(PoolingKind.Average),
            ["GlobalMaxPool2d"] = _ => new GlobalPool2dLayer(PoolingKind.Max),
            ["GroupNorm"] = SampleNormLayer.ReadGroupNorm,
            ["Hardsigmoid"] = arguments => ActivationLayer.Read(FunctionKind.Hardsigmoid, arguments),
            ["Hardswish"] = arguments => ActivationLayer.Read(FunctionKind.Hardswish, arguments),
            ["InstanceNorm2d"] = SampleNormLayer.ReadInstanceNorm,
            ["LayerNorm"] = SampleNormLayer.ReadLayerNorm,
            ["LeakyReLU"] = arguments => ActivationLayer.Read(FunctionKind.LeakyReLU, arguments),
            ["Linear"] = LinearLayer.Read,
            ["LocalResponseNorm"] = LocalResponseNormLayer.Read,
            ["LocallyConnected2d"] = LocallyConnected2dLayer.Read,
            ["LogSoftmax"] = arguments => SoftmaxLayer.Read(isLog: true, arguments),
            ["MaxPool2d"] = arguments => Pool2dLayer.Read(PoolingKind.Max, arguments),
            ["Mish"] = arguments => ActivationLayer.Read(FunctionKind.Mish, arguments),
            ["Multiply"] = _ => new MergeLayer(MergeKind.Multiply),
            ["Pad"] = ResampleLayer.ReadPad,
            ["PadChannels"] = PadChannelsLayer.Read,
            ["PixelShuffle"] = arguments => PixelShuffleLayer.Read(isInverse: false, arguments),
            ["PixelUnshuffle"] = arguments => PixelShuffleLayer.Read(isInverse: true, arguments),
            ["ReLU"] = arguments => ActivationLayer.Read(FunctionKind.ReLU, arguments),
            ["ReLU6"] = arguments => ActivationLayer.Read(FunctionKind.ReLU6, arguments),
            ["Reshape"] = ReshapeLayer.Read,
            ["Scale"] = arguments => ActivationLayer.Read(FunctionKind.Scale, arguments),
            ["SiLU"] = arguments => ActivationLayer.Read(FunctionKind.SiLU, arguments),
            ["Sigmoid"] = arguments => ActivationLayer.Read(FunctionKind.Sigmoid, arguments),
            ["Softmax"] = arguments => SoftmaxLayer.Read(isLog: false, arguments),
            ["Softplus"] = arguments => ActivationLayer.Read(FunctionKind.Softplus, arguments),
            ["Subsample"] = ResampleLayer.ReadSubsample,
            ["Tanh"] = arguments => ActivationLayer.Read(FunctionKind.Tanh, arguments),
            ["Upsample"] = ResampleLayer.ReadUpsample,
        };
}
