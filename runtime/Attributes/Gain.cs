namespace NetGen;

/// <summary>What makes up for how an activation behind a layer changes the size of its values: PyTorch's <c>nn.init.calculate_gain</c>, for <c>InitGain</c>.</summary>
public static class Gain
{
    /// <summary>Of no activation.</summary>
    public const double Linear = 1;

    /// <summary>Of Sigmoid.</summary>
    public const double Sigmoid = 1;

    /// <summary>Of Tanh.</summary>
    public const double Tanh = 5.0 / 3;

    /// <summary>Of ReLU, √2.</summary>
    public const double ReLU = 1.4142135623730951;

    /// <summary>Of LeakyReLU with slope 0.01, √(2/(1 + slope²)).</summary>
    public const double LeakyReLU = 1.4141428569978354;

    /// <summary>Of SELU.</summary>
    public const double SELU = 0.75;
}
