namespace NetGen;

/// <summary>What samples are as images.</summary>
/// <param name="Channels">Channels, one after the other.</param>
/// <param name="Height">Rows.</param>
/// <param name="Width">Pixels of a row.</param>
internal readonly record struct ImageSize(int Channels, int Height, int Width)
{
    /// <summary>Pixels of a channel.</summary>
    public int Area => Height * Width;

    /// <summary>Of [height, width] or [channels, height, width]; null of other shapes.</summary>
    public static ImageSize? Of(Shape shape) => shape.Extents switch
    {
        [var height, var width] => new(1, height, width),
        [var channels, var height, var width] => new(channels, height, width),
        _ => null,
    };
}
