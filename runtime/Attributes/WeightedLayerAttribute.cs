namespace NetGen;

/// <summary>Base of the attributes of layers with a weight and a bias: how a new network fills them.</summary>
public abstract class WeightedLayerAttribute : ParameterLayerAttribute
{
    private protected WeightedLayerAttribute()
    {
    }

    /// <summary>How the weight is filled; left out, as <see cref="InitializeAttribute"/> says, or else as PyTorch's layer does.</summary>
    public Init Init { get; set; }

    /// <summary>Of Kaiming, Xavier and orthogonal weights: what all are multiplied by, above 0.</summary>
    public double InitGain { get; set; }

    /// <summary>Of Kaiming weights: which connections are counted.</summary>
    public Fan InitFan { get; set; }

    /// <summary>Of normal weights: their mean.</summary>
    public double InitMean { get; set; }

    /// <summary>Of normal weights: their standard deviation, at least 0.</summary>
    public double InitStd { get; set; } = 1;

    /// <summary>Of uniform and truncated normal weights: none is below.</summary>
    public double InitLow { get; set; }

    /// <summary>Of uniform and truncated normal weights: none is above.</summary>
    public double InitHigh { get; set; }

    /// <summary>Of constant weights: all.</summary>
    public double InitValue { get; set; }

    /// <summary>How the bias is filled; left out, as <see cref="InitializeAttribute"/> says, or else as PyTorch's layer does.</summary>
    public Init BiasInit { get; set; }

    /// <summary>Of normal biases: their mean.</summary>
    public double BiasInitMean { get; set; }

    /// <summary>Of normal biases: their standard deviation, at least 0.</summary>
    public double BiasInitStd { get; set; } = 1;

    /// <summary>Of uniform and truncated normal biases: none is below.</summary>
    public double BiasInitLow { get; set; }

    /// <summary>Of uniform and truncated normal biases: none is above.</summary>
    public double BiasInitHigh { get; set; }

    /// <summary>Of constant biases: all.</summary>
    public double BiasInitValue { get; set; }
}
