namespace NetGen;

/// <summary>What a network sees for each of the 256 grey levels: <c>(level / 255 - mean) / std</c>.</summary>
internal sealed class GrayLevels
{
    private readonly float[] values = new float[256];

    /// <summary>Mean 0 and deviation 1 give 0 for black to 1 for white.</summary>
    public GrayLevels(float mean, float std)
    {
        for (int level = 0; level < values.Length; level++)
            values[level] = (level / 255f - mean) / std;
    }

    /// <summary>Converts pixels.</summary>
    public void Convert(ReadOnlySpan<byte> pixels, Span<float> inputs)
    {
        for (int i = 0; i < pixels.Length; i++)
            inputs[i] = values[pixels[i]];
    }
}
