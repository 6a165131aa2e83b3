namespace NetGen;

/// <summary>Changes light or colours of an image.</summary>
/// <param name="image">Its values, 0 black to 1, changed in place.</param>
/// <param name="size">What it is.</param>
/// <param name="amount">How much.</param>
internal delegate void LightChange(Span<float> image, ImageSize size, float amount);

/// <summary>A change of light or colours by a random amount.</summary>
/// <param name="Least">The least amount.</param>
/// <param name="Most">The greatest.</param>
/// <param name="Channels">Channels that it takes: 1 for any number, 3 for red, green and blue.</param>
/// <param name="Change">What is done.</param>
internal sealed record LightAugment(float Least, float Most, int Channels, LightChange Change) : PointAugment(OfUnit: true)
{
    /// <summary>What rounding may have done to values that were from 0 to 1.</summary>
    private const float Slack = 1e-3f;

    internal override string? Mismatch(DataSet data)
    {
        if (ImageSize.Of(data.InputShape) is not { } size || (Channels == 3 && size.Channels != 3))
            return $"images {(Channels == 3 ? "of three channels are expected, [3, height, width]" : "are expected, [channels, height, width] or [height, width]")}, and these samples are {data.InputShape}";
        (float least, float most) = data.Range();
        return least < -Slack || most > 1 + Slack
            ? $"values from 0 for black to 1 are expected, and this set's go from {least:0.###} to {most:0.###}; bring them there by Normalize(0, 255), or the like, before, and normalise afterwards"
            : null;
    }

    internal override void Apply(in AugmentedSample sample) => Change(sample.Values, sample.By.Size, sample.Random.NextBetween(Least, Most));
}
