namespace NetGen;

/// <summary>
/// How a new network fills the weights and biases of its linear layers and convolutions, where those do not say it themselves:
/// <c>[Initialize(Init = Init.KaimingNormal, InitFan = Fan.Out, BiasInit = Init.Zeros)]</c>. On a block: those of the block; else a block's are filled as the network
/// says that uses it.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class InitializeAttribute : Attribute
{
    /// <inheritdoc cref="WeightedLayerAttribute.Init"/>
    public Init Init { get; set; }

    /// <inheritdoc cref="WeightedLayerAttribute.InitGain"/>
    public double InitGain { get; set; }

    /// <inheritdoc cref="WeightedLayerAttribute.InitFan"/>
    public Fan InitFan { get; set; }

    /// <inheritdoc cref="WeightedLayerAttribute.InitMean"/>
    public double InitMean { get; set; }

    /// <inheritdoc cref="WeightedLayerAttribute.InitStd"/>
    public double InitStd { get; set; } = 1;

    /// <inheritdoc cref="WeightedLayerAttribute.InitLow"/>
    public double InitLow { get; set; }

    /// <inheritdoc cref="WeightedLayerAttribute.InitHigh"/>
    public double InitHigh { get; set; }

    /// <inheritdoc cref="WeightedLayerAttribute.InitValue"/>
    public double InitValue { get; set; }

    /// <inheritdoc cref="WeightedLayerAttribute.BiasInit"/>
    public Init BiasInit { get; set; }

    /// <inheritdoc cref="WeightedLayerAttribute.BiasInitMean"/>
    public double BiasInitMean { get; set; }

    /// <inheritdoc cref="WeightedLayerAttribute.BiasInitStd"/>
    public double BiasInitStd { get; set; } = 1;

    /// <inheritdoc cref="WeightedLayerAttribute.BiasInitLow"/>
    public double BiasInitLow { get; set; }

    /// <inheritdoc cref="WeightedLayerAttribute.BiasInitHigh"/>
    public double BiasInitHigh { get; set; }

    /// <inheritdoc cref="WeightedLayerAttribute.BiasInitValue"/>
    public double BiasInitValue { get; set; }
}
