namespace NetGen.Generator.Layers;

/// <summary>The table of layers: how each attribute of namespace NetGen, its name without "Attribute", is read.</summary>
internal static class LayerKinds
{
    public static readonly IReadOnlyDictionary<string, Func<LayerArguments, Layer>> Readers =
        new Dictionary<string, Func<LayerArguments, Layer>>(StringComparer.Ordinal)
        {
            ["AvgPool2d"] = AvgPool2dLayer.Read,
            ["BatchNorm1d"] = BatchNorm1dLayer.Read,
            ["BatchNorm2d"] = BatchNorm2dLayer.Read,
            ["Conv2d"] = Conv2dLayer.Read,
            ["Dropout"] = DropoutLayer.Read,
            ["Flatten"] = _ => new FlattenLayer(),
            ["Linear"] = LinearLayer.Read,
            ["LogSoftmax"] = _ => new LogSoftmaxLayer(),
            ["MaxPool2d"] = MaxPool2dLayer.Read,
            ["ReLU"] = _ => new ReLULayer(),
            ["Sigmoid"] = _ => new SigmoidLayer(),
            ["Softmax"] = _ => new SoftmaxLayer(),
            ["Tanh"] = _ => new TanhLayer(),
        };
}
