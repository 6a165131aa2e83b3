namespace NetGen;

/// <summary>Draws where an image's pixels come from.</summary>
internal delegate AffineMap MapDraw(ref RandomStream random, ImageSize size);

/// <summary>A change of where pixels are.</summary>
/// <param name="Draw">Draws it.</param>
internal sealed record GeometricAugment(MapDraw Draw) : Augment
{
    internal override string? Mismatch(DataSet data) =>
        ImageSize.Of(data.InputShape) is null ? $"images are expected, [channels, height, width] or [height, width], and these samples are {data.InputShape}" : null;
}
