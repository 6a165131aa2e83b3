namespace NetGen;

/// <summary>
/// Channels of zeros before and behind those of an image, or features of a vector: [c, h, w] to [before + c + after, h, w]. With <see cref="SubsampleAttribute"/>
/// the shortcut without parameters of residual networks (He et al., 2015, arXiv:1512.03385, option A).
/// </summary>
/// <param name="before">Channels before the first, at least 0.</param>
/// <param name="after">Channels behind the last, at least 0.</param>
public sealed class PadChannelsAttribute(int before, int after) : LayerAttribute
{
    /// <summary>Channels before the first.</summary>
    public int Before { get; } = before;

    /// <summary>Channels behind the last.</summary>
    public int After { get; } = after;
}
