namespace NetGen;

/// <summary>What is put around an image.</summary>
public enum PadMode
{
    /// <summary>Zeros.</summary>
    Zeros,

    /// <summary>The image mirrored at its outermost pixels, which are not repeated.</summary>
    Reflect,

    /// <summary>The outermost pixel again.</summary>
    Replicate,

    /// <summary>The other side of the image.</summary>
    Circular,
}
