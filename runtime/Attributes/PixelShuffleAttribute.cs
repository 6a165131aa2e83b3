namespace NetGen;

/// <summary>
/// Channels to pixels: [channels · factor², height, width] to [channels, height · factor, width · factor], <c>y[c, h·f + i, w·f + j] = x[c·f² + i·f + j, h, w]</c>.
/// PyTorch's <c>nn.PixelShuffle</c> (Shi et al., 2016, arXiv:1609.05158).
/// </summary>
/// <param name="upscaleFactor">At least 1; its square divides the number of channels.</param>
public sealed class PixelShuffleAttribute(int upscaleFactor) : LayerAttribute
{
    /// <summary>Pixels along a side that a pixel becomes.</summary>
    public int UpscaleFactor { get; } = upscaleFactor;
}
