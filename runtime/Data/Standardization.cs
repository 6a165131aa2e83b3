using System.Collections.Immutable;

namespace NetGen;

/// <summary>
/// Means and standard deviations of a training set's values, with which it, a test set and a sample to predict from are brought to mean 0 and
/// deviation 1 alike: x becomes (x - mean) / std. One of each per feature, or per channel of images.
/// </summary>
/// <param name="Mean">Means.</param>
/// <param name="Std">Standard deviations (of the whole, divided by n), all above 0: 1 stands for a value that never changes.</param>
/// <param name="Area">Values side by side that share a mean: 1 for features, height times width for images.</param>
public sealed record Standardization(ImmutableArray<double> Mean, ImmutableArray<double> Std, int Area = 1)
{
    /// <summary>One sample, or several side by side, standardised.</summary>
    /// <exception cref="ArgumentException">The values are no whole number of samples.</exception>
    public float[] Apply(ReadOnlySpan<float> values)
    {
        float[] changed = Copy(values);
        for (int start = 0, channel = 0; start < changed.Length; start += Area, channel = (channel + 1) % Mean.Length)
        {
            double mean = Mean[channel], std = Std[channel];
            foreach (ref float value in changed.AsSpan(start, Area))
                value = (float)((value - mean) / std);
        }
        return changed;
    }

    /// <summary>What <see cref="Apply"/> was given: standardised values back on their own scale, such as a network's outputs.</summary>
    /// <exception cref="ArgumentException">The values are no whole number of samples.</exception>
    public float[] Undo(ReadOnlySpan<float> values)
    {
        float[] changed = Copy(values);
        for (int start = 0, channel = 0; start < changed.Length; start += Area, channel = (channel + 1) % Mean.Length)
        {
            double mean = Mean[channel], std = Std[channel];
            foreach (ref float value in changed.AsSpan(start, Area))
                value = (float)(value * std + mean);
        }
        return changed;
    }

    /// <summary>Of samples side by side, each of so many channels of as many values.</summary>
    internal static Standardization Of(ReadOnlySpan<float> values, int channels, int area)
    {
        double[] mean = new double[channels], std = new double[channels];
        double count = (double)values.Length / channels;
        for (int i = 0; i < values.Length; i++)
            mean[i / area % channels] += values[i] / count;
        // About the mean, in a second pass: a difference of two large sums would lose the small deviations of large values.
        for (int i = 0; i < values.Length; i++)
            std[i / area % channels] += Math.Pow(values[i] - mean[i / area % channels], 2) / count;
        for (int channel = 0; channel < channels; channel++)
        {
            double deviation = Math.Sqrt(std[channel]);
            // Rounding leaves a constant a deviation of some 1e-16 of its size, by which nothing may be divided.
            std[channel] = deviation > 1e-12 * Math.Abs(mean[channel]) && (float)deviation > 0 ? deviation : 1;
        }
        return new([.. mean], [.. std], area);
    }

    private float[] Copy(ReadOnlySpan<float> values) => values.Length % (Mean.Length * Area) == 0
        ? values.ToArray()
        : throw new ArgumentException($"Samples of {Mean.Length * Area} values are expected; {values.Length} values are given.", nameof(values));
}
