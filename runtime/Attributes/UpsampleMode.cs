namespace NetGen;

/// <summary>How an image is made larger.</summary>
public enum UpsampleMode
{
    /// <summary>Each pixel is repeated.</summary>
    Nearest,

    /// <summary>Each pixel is mixed of the four around its place; PyTorch's <c>align_corners=False</c>.</summary>
    Bilinear,
}
