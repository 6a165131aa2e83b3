namespace NetGen;

/// <summary>How a signal, an image or a volume is made larger.</summary>
public enum UpsampleMode
{
    /// <summary>Each pixel is repeated.</summary>
    Nearest,

    /// <summary>Each pixel of an image is mixed of the four around its place, and one of a signal of the two; PyTorch's <c>align_corners=False</c>.</summary>
    Bilinear,

    /// <summary>Each pixel of a volume is mixed of the eight around its place; PyTorch's <c>align_corners=False</c>.</summary>
    Trilinear,
}
