using System.Globalization;

namespace NetGen.Generator.Shapes;

/// <summary>A number for the rows and one for the columns: of a kernel, a stride, a padding.</summary>
internal readonly record struct Extent(int Height, int Width)
{
    public bool IsSquare => Height == Width;

    public long Area => (long)Height * Width;

    public static Extent Square(int size) => new(size, size);

    /// <summary><c>5×3</c>.</summary>
    public override string ToString() => string.Format(CultureInfo.InvariantCulture, "{0}×{1}", Height, Width);
}
