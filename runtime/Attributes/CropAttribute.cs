namespace NetGen;

/// <summary>Takes pixels away at the sides of an image: [c, h, w] to [c, h − top − bottom, w − left − right].</summary>
public sealed class CropAttribute : LayerAttribute
{
    /// <summary>As many on each side.</summary>
    /// <param name="edges">Pixels on each of the four sides, at least 0.</param>
    public CropAttribute(int edges)
        : this([edges, edges, edges, edges])
    {
    }

    /// <summary>A number for each side: <c>[Crop([0, 1, 0, 1])]</c>.</summary>
    /// <param name="edges">Left, right, top and bottom, each at least 0.</param>
    public CropAttribute(int[] edges) => Edges = edges;

    /// <summary>Left, right, top and bottom.</summary>
    public IReadOnlyList<int> Edges { get; }
}
