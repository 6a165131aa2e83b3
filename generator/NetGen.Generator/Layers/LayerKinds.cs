using NetGen.Generator.Operations;

namespace NetGen.Generator.Layers;

/// <summary>The table of layers: how each attribute of namespace NetGen, its name without "Attribute", is read.</summary>
internal static class LayerKinds
{
    public static readonly IReadOnlyDictionary<string, Func<LayerArguments, Layer>> Readers =
        new Dictionary<string, Func<LayerArguments, Layer>>(StringComparer.Ordinal)
        {
            ["Add"] = _ => new MergeLayer(MergeKind.Add),
            ["AvgPool2d"] = arguments => Pool2dLayer.Read(PoolingKind.Average, arguments),
            ["BatchNorm1d"] = arguments => BatchNormLayer.Read(1, arguments),
            ["BatchNorm2d"] = arguments => BatchNormLayer.Read(2, arguments),
            ["Concat"] = _ => new ConcatLayer(),
            ["Conv2d"] = Conv2dLayer.Read,
            ["Dropout"] = DropoutLayer.Read,
            ["Flatten"] = _ => new FlattenLayer(),
            ["GlobalAvgPool2d"] = _ => new GlobalPool2dLayer(),
            ["Linear"] = LinearLayer.Read,
            ["LogSoftmax"] = _ => new SoftmaxLayer(IsLog: true),
            ["MaxPool2d"] = arguments => Pool2dLayer.Read(PoolingKind.Max, arguments),
            ["Multiply"] = _ => new MergeLayer(MergeKind.Multiply),
            ["ReLU"] = _ => new ActivationLayer(Function.ReLU),
            ["Sigmoid"] = _ => new ActivationLayer(Function.Sigmoid),
            ["Softmax"] = _ => new SoftmaxLayer(IsLog: false),
            ["Tanh"] = _ => new ActivationLayer(Function.Tanh),
        };
}
