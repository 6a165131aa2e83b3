using System.Runtime.CompilerServices;

namespace NetGen;

/// <summary>
/// A fully connected layer, <c>y = x·Wᵀ + b</c>: [inFeatures] to [outFeatures], with <c>weight</c> [outFeatures, inFeatures] and
/// <c>bias</c> [outFeatures]. PyTorch's <c>nn.Linear</c>.
/// </summary>
public sealed class LinearAttribute : WeightedLayerAttribute
{
    /// <summary>Both sides written; the input side is checked against what the layer receives.</summary>
    /// <param name="inFeatures">Features received, at least 1.</param>
    /// <param name="outFeatures">Features produced, at least 1.</param>
    /// <param name="bias">Whether <c>b</c> is added.</param>
    [OverloadResolutionPriority(1)]
    public LinearAttribute(int inFeatures, int outFeatures, bool bias = true) =>
        (InFeatures, OutFeatures, Bias) = (inFeatures, outFeatures, bias);

    /// <summary>The input side follows from the layer before.</summary>
    /// <param name="outFeatures">Features produced, at least 1.</param>
    /// <param name="bias">Whether <c>b</c> is added.</param>
    public LinearAttribute(int outFeatures, bool bias = true) => (OutFeatures, Bias) = (outFeatures, bias);

    /// <summary>Features received; null where they follow from the layer before.</summary>
    public int? InFeatures { get; }

    /// <summary>Features produced.</summary>
    public int OutFeatures { get; }

    /// <summary>Whether a bias is added.</summary>
    public bool Bias { get; }
}
