namespace NetGen;

/// <summary>
/// Takes pixels away at the sides of an image: [c, h, w] to [c, h − top − bottom, w − left − right]; in the same way of a signal [c, l] or a volume [c, d, h, w].
/// </summary>
public sealed class CropAttribute : LayerAttribute
{
    /// <summary>As many on each side.</summary>
    /// <param name="edges">Pixels on each side, at least 0.</param>
    public CropAttribute(int edges)
        : this([edges])
    {
    }

    /// <summary>A number for each side: <c>[Crop([0, 1, 0, 1])]</c>.</summary>
    /// <param name="edges">Left and right of a signal; left, right, top and bottom of an image; left, right, top, bottom, front and back of a volume, each at least 0.</param>
    public CropAttribute(int[] edges) => Edges = edges;

    /// <summary>One number for all sides; or left and right, of an image top and bottom too, of a volume front and back too.</summary>
    public IReadOnlyList<int> Edges { get; }
}
