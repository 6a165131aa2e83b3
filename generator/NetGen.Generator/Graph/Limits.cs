using System.Globalization;
using NetGen.Generator.Diagnostics;

namespace NetGen.Generator.Graph;

/// <summary>What emitted code can address: it counts floats in 32-bit numbers, and a group of 16 samples holds values and gradients.</summary>
internal static class Limits
{
    /// <summary>Layers of a network, with its blocks expanded.</summary>
    public const int Layers = 10_000;

    /// <summary>Parameters of a network, output channels padded to 16.</summary>
    public const int Parameters = 1 << 30;

    /// <summary>
    /// Values of one output, and of a sample's input and all outputs together where samples are side by side: 16 samples' values and gradients, and a tenth for
    /// padding.
    /// </summary>
    public const int Activations = 60_000_000;

    /// <summary>Values where channels lie in whole blocks of 16, as targets keep them.</summary>
    public static double Padded(double values, int channels) => values / channels * Math.Ceiling(channels / 16.0) * 16;

    /// <summary>Values of all outputs together with channels padded to 16, as they lie where channels are lanes: one sample's values and gradients.</summary>
    public const int PaddedActivations = 1 << 29;

    /// <summary>The problem that one sample, or an output, has more values than can be addressed.</summary>
    public static Problem TooLarge(string kind, string what, double size) => Problem.Of(Rules.OutputTooLarge, kind, what, Text(size), Text(Activations));

    /// <summary>A large number as messages write it.</summary>
    public static string Text(double number) => number.ToString("#,0", CultureInfo.InvariantCulture);
}
