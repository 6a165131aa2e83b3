using System.Globalization;

namespace NetGen.Generator.Shapes;

/// <summary>A number for each direction: of a kernel, a stride, a dilation.</summary>
/// <param name="Height">Of the rows; 1 of signals.</param>
/// <param name="Width">Of the columns.</param>
/// <param name="Depth">Of the slices; 1 but of volumes.</param>
internal readonly record struct Extent(int Height, int Width, int Depth = 1)
{
    /// <summary>One everywhere.</summary>
    public static readonly Extent One = new(1, 1);

    public bool IsSquare => Height == Width;

    /// <summary>Its number of places.</summary>
    public long Area => (long)Depth * Height * Width;

    /// <summary>The smallest number.</summary>
    public int Least => Math.Min(Depth, Math.Min(Height, Width));

    public static Extent Square(int size) => new(size, size);

    /// <summary>The same number in so many dimensions.</summary>
    public static Extent Cube(int size, int rank) => Of([.. Enumerable.Repeat(size, rank)]);

    /// <summary>One number for each dimension, outermost first.</summary>
    public static Extent Of(IReadOnlyList<int> sizes) => sizes.Count switch
    {
        1 => new(1, sizes[0]),
        2 => new(sizes[0], sizes[1]),
        _ => new(sizes[1], sizes[2], sizes[0]),
    };

    /// <summary>Those of so many dimensions, outermost first.</summary>
    public int[] Sizes(int rank) => rank switch { 1 => [Width], 2 => [Height, Width], _ => [Depth, Height, Width] };

    /// <summary><c>5×3</c>.</summary>
    public string Text(int rank) => string.Join("×", Sizes(rank).Select(size => size.ToString(CultureInfo.InvariantCulture)));

    /// <summary><c>2</c> where all numbers are alike, <c>2×1</c> elsewhere.</summary>
    public string ShortText(int rank) => Sizes(rank).Distinct().Count() == 1 ? Width.ToString(CultureInfo.InvariantCulture) : Text(rank);
}
