namespace NetGen;

/// <summary>An image a whole number of times as large: [c, h, w] to [c, h·scaleFactor, w·scaleFactor]. PyTorch's <c>nn.Upsample</c>.</summary>
/// <param name="scaleFactor">How many times as high and wide, at least 1.</param>
/// <param name="mode">What the pixels between are.</param>
public sealed class UpsampleAttribute(int scaleFactor, UpsampleMode mode = UpsampleMode.Nearest) : LayerAttribute
{
    /// <summary>How many times as high and wide.</summary>
    public int ScaleFactor { get; } = scaleFactor;

    /// <summary>What the pixels between are.</summary>
    public UpsampleMode Mode { get; } = mode;
}
