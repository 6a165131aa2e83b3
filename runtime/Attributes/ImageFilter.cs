namespace NetGen;

/// <summary>Filters by their names, for <see cref="Filter2dAttribute"/>. They are cross-correlations: their numbers lie over a window as they are written here, row by row.</summary>
public enum ImageFilter
{
    /// <summary>Change to the right: −1 0 1, −2 0 2, −1 0 1.</summary>
    SobelX,

    /// <summary>Change downwards: −1 −2 −1, 0 0 0, 1 2 1.</summary>
    SobelY,

    /// <summary>Change to the right, more alike in all directions: −3 0 3, −10 0 10, −3 0 3.</summary>
    ScharrX,

    /// <summary>Change downwards, more alike in all directions: −3 −10 −3, 0 0 0, 3 10 3.</summary>
    ScharrY,

    /// <summary>Second derivatives: 0 1 0, 1 −4 1, 0 1 0.</summary>
    Laplacian,

    /// <summary>Mean of 3×3 pixels.</summary>
    Box3,

    /// <summary>Mean of 5×5 pixels.</summary>
    Box5,

    /// <summary>A bell of 3×3 pixels: 1 2 1 by 1 2 1, by 16.</summary>
    Gaussian3,

    /// <summary>A bell of 5×5 pixels: 1 4 6 4 1 by 1 4 6 4 1, by 256.</summary>
    Gaussian5,
}
