namespace NetGen;

/// <summary>A square of black.</summary>
/// <param name="Side">Pixels on a side.</param>
/// <param name="Probability">How often.</param>
internal sealed record CutoutAugment(int Side, float Probability) : PointAugment(OfUnit: true)
{
    internal override string? Mismatch(DataSet data) =>
        ImageSize.Of(data.InputShape) is null ? $"images are expected, [channels, height, width] or [height, width], and these samples are {data.InputShape}" : null;

    internal override void Apply(in AugmentedSample sample)
    {
        if (sample.Random.NextUnit() >= Probability)
            return;
        ImageSize size = sample.By.Size;
        (int left, int right) = Cut(sample.Random.NextBelow(size.Width), size.Width);
        (int top, int bottom) = Cut(sample.Random.NextBelow(size.Height), size.Height);
        for (int channel = 0; channel < size.Channels; channel++)
        {
            for (int y = top; y < bottom; y++)
                sample.Values.Slice((channel * size.Area) + (y * size.Width) + left, right - left).Clear();
        }
    }

    /// <summary>What of the square about a pixel lies within.</summary>
    private (int From, int To) Cut(int middle, int length)
    {
        int start = middle - (Side / 2);
        return (Math.Max(0, start), (int)Math.Min(length, (long)start + Side));
    }
}
