namespace NetGen.Generator.Graph;

/// <summary>What emitted code can address: it counts floats in 32-bit numbers, and a group of 16 samples holds values and gradients.</summary>
internal static class Limits
{
    /// <summary>Parameters of a network, output channels padded to 16.</summary>
    public const int Parameters = 1 << 30;

    /// <summary>Values of one sample, its input and all layers' outputs together: 16 samples' values and gradients, and a tenth for padding.</summary>
    public const int Activations = 60_000_000;

    /// <summary>Values where channels lie in whole blocks of 16, as targets keep them.</summary>
    public static double Padded(double values, int channels) => values / channels * Math.Ceiling(channels / 16.0) * 16;

    /// <summary>The same with channels padded to 16, as they lie where channels are lanes: one sample's values and gradients.</summary>
    public const int PaddedActivations = 1 << 29;
}
