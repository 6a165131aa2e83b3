using System.Globalization;

namespace NetGen.Generator.Shapes;

/// <summary>
/// The shape of one sample between two layers: a vector, or channels over one to three dimensions. A flat shape that came from channels keeps their
/// extents, because weights after a flatten are ordered by them; its features are <see cref="Size"/>.
/// </summary>
/// <param name="Channels">Channels, or features of a vector that was none before.</param>
/// <param name="Height">Rows: 1 of a signal; of a volume those of all its slices, one below the other.</param>
/// <param name="Width">Columns.</param>
/// <param name="Rank">Dimensions beside the channels: 0 of a vector, 1 of a signal, 2 of an image, 3 of a volume.</param>
internal readonly record struct TensorShape(int Channels, int Height, int Width, int Rank)
{
    /// <summary>Slices of a volume; 1 elsewhere.</summary>
    public int Depth { get; private init; } = 1;

    public bool IsFlat => Rank == 0;

    /// <summary>Number of values.</summary>
    public int Size => checked(Channels * Height * Width);

    /// <summary>Number of values, where it may be beyond what can be addressed.</summary>
    public double ExactSize => (double)Channels * Height * Width;

    /// <summary>Pixels of one channel.</summary>
    public int Area => checked(Height * Width);

    /// <summary>Rows of a slice.</summary>
    public int SliceHeight => Height / Math.Max(1, Depth);

    /// <summary>Values along the dimension that parameters are per: channels, or features of a vector.</summary>
    public int Features => IsFlat ? Size : Channels;

    /// <summary>What PyTorch's and the runtime's Shape list, outermost first.</summary>
    public int[] Extents => IsFlat ? [Size] : [Channels, .. OfPixels];

    /// <summary>How the size comes about: <c>16×4×4 = 256</c>, or <c>256</c> where there is nothing to multiply.</summary>
    public string Arithmetic => IsFlat && Area == 1 ? Text(Size) : $"{Product([Channels, .. IsFlat ? [Height, Width] : OfPixels])} = {Text(Size)}";

    private int[] OfPixels => Rank switch { 1 => [Width], 3 => [Depth, SliceHeight, Width], _ => [Height, Width] };

    public static TensorShape Flat(int features) => new(features, 1, 1, Rank: 0);

    public static TensorShape Signal(int channels, int length) => new(channels, 1, length, Rank: 1);

    public static TensorShape Image(int channels, int height, int width) => new(channels, height, width, Rank: 2);

    /// <exception cref="OverflowException">There are more rows than <see cref="int.MaxValue"/>.</exception>
    public static TensorShape Volume(int channels, int depth, int height, int width) => new(channels, checked(depth * height), width, Rank: 3) { Depth = depth };

    /// <summary>By what the runtime's Shape lists: one extent to four.</summary>
    public static TensorShape Of(IReadOnlyList<int> extents) => extents.Count switch
    {
        1 => Flat(extents[0]),
        2 => Signal(extents[0], extents[1]),
        3 => Image(extents[0], extents[1], extents[2]),
        _ => Volume(extents[0], extents[1], extents[2], extents[3]),
    };

    /// <summary>The same values as a vector.</summary>
    public TensorShape Flatten() => new(Channels, Height, Width, Rank: 0);

    /// <summary>As many channels over the same pixels, or features.</summary>
    public TensorShape WithFeatures(int features) => IsFlat ? Flat(features) : this with { Channels = features };

    /// <summary><c>16×4×4</c> or <c>256</c>.</summary>
    public override string ToString() => Product(Extents);

    private static string Product(IEnumerable<int> extents) => string.Join("×", extents.Select(Text));

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
