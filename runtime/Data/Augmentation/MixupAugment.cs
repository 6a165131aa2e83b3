using System.Numerics.Tensors;

namespace NetGen;

/// <summary>A mixture with another sample of the set.</summary>
/// <param name="Alpha">Of the distribution of the share.</param>
internal sealed record MixupAugment(double Alpha) : PointAugment(OfUnit: false)
{
    internal override string? Mismatch(DataSet data) =>
        data.HasLabels ? "targets are expected, which can be mixed, and these samples have a class each; OneHot() makes targets of them, for a loss over values" : null;

    internal override void Apply(in AugmentedSample sample)
    {
        float share = (float)Beta(ref sample.Random);
        Span<float> other = sample.By.Other(ref sample.Random, sample.Before, out ReadOnlySpan<float> targets);
        Mix(sample.Values, share, other);
        Mix(sample.Targets, share, targets);
    }

    private static void Mix(Span<float> own, float share, ReadOnlySpan<float> other)
    {
        TensorPrimitives.Multiply(own, share, own);
        TensorPrimitives.MultiplyAdd(other, 1 - share, own, own);
    }

    /// <summary>
    /// From Beta(α, α): Jöhnk, "Erzeugung von betaverteilten und gammaverteilten Zufallszahlen" (1964), by logarithms, since powers of 1/α underflow.
    /// </summary>
    private double Beta(ref RandomStream random)
    {
        while (true)
        {
            double one = Math.Log(Unit(ref random)) / Alpha, other = Math.Log(Unit(ref random)) / Alpha, larger = Math.Max(one, other);
            double first = Math.Exp(one - larger), sum = first + Math.Exp(other - larger);
            if (larger + Math.Log(sum) <= 0)
                return first / sum;
        }
    }

    /// <summary>Uniform between 0 and 1, neither of them.</summary>
    private static double Unit(ref RandomStream random) => ((random.NextBits() >> 12) + 0.5) * (1.0 / (1L << 52));
}
