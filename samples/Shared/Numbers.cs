namespace SamplesShared;

/// <summary>How far numbers lie apart.</summary>
public static class Numbers
{
    /// <summary>The largest difference.</summary>
    public static double Farthest(ReadOnlySpan<float> one, ReadOnlySpan<float> other)
    {
        double most = 0;
        for (int i = 0; i < one.Length; i++)
            most = Math.Max(most, Math.Abs((double)one[i] - other[i]));
        return most;
    }

    /// <summary>The length of the difference as a share of the first's.</summary>
    public static double Apart(ReadOnlySpan<float> one, ReadOnlySpan<float> other)
    {
        double difference = 0, length = 0;
        for (int i = 0; i < one.Length; i++)
        {
            difference += Math.Pow((double)one[i] - other[i], 2);
            length += Math.Pow(one[i], 2);
        }
        return Math.Sqrt(difference / length);
    }

    /// <summary>The root of the mean square.</summary>
    public static double Deviation(IEnumerable<float> values) => Math.Sqrt(values.Average(value => (double)value * value));
}
