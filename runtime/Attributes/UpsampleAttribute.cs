namespace NetGen;

/// <summary>
/// An image a whole number of times as large: [c, h, w] to [c, h·scaleFactor, w·scaleFactor]; in the same way a signal [c, l] or a volume [c, d, h, w]. PyTorch's <c>nn.Upsample</c>.
/// </summary>
/// <param name="scaleFactor">How many times as large in each direction, at least 1.</param>
/// <param name="mode">What the pixels between are.</param>
public sealed class UpsampleAttribute(int scaleFactor, UpsampleMode mode = UpsampleMode.Nearest) : LayerAttribute
{
    /// <summary>How many times as large in each direction.</summary>
    public int ScaleFactor { get; } = scaleFactor;

    /// <summary>What the pixels between are.</summary>
    public UpsampleMode Mode { get; } = mode;
}
