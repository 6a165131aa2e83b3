namespace NetGen;

/// <summary>
/// Pixels to channels: [channels, height · factor, width · factor] to [channels · factor², height, width], the inverse of <see cref="PixelShuffleAttribute"/>.
/// PyTorch's <c>nn.PixelUnshuffle</c>.
/// </summary>
/// <param name="downscaleFactor">At least 1, a divisor of height and width.</param>
public sealed class PixelUnshuffleAttribute(int downscaleFactor) : LayerAttribute
{
    /// <summary>Pixels along a side that become one.</summary>
    public int DownscaleFactor { get; } = downscaleFactor;
}
