using System.Globalization;

namespace NetGen.Generator.Shapes;

/// <summary>
/// The shape of one sample between two layers: an image of channels, height and width, or a flat vector. A flat shape that came
/// from an image keeps the image's extents, because weights after a flatten are ordered by them; its features are <see cref="Size"/>.
/// </summary>
internal readonly record struct TensorShape(int Channels, int Height, int Width, bool IsFlat)
{
    /// <summary>Number of values.</summary>
    public int Size => checked(Channels * Height * Width);

    /// <summary>Number of values, where it may be beyond what can be addressed.</summary>
    public double ExactSize => (double)Channels * Height * Width;

    /// <summary>Pixels of one channel.</summary>
    public int Area => checked(Height * Width);

    /// <summary>Values along the dimension that parameters are per: channels of an image, features of a vector.</summary>
    public int Features => IsFlat ? Size : Channels;

    /// <summary>What PyTorch's and the runtime's Shape list, outermost first.</summary>
    public int[] Extents => IsFlat ? [Size] : [Channels, Height, Width];

    /// <summary>How the size comes about: <c>16×4×4 = 256</c>, or <c>256</c> where there is nothing to multiply.</summary>
    public string Arithmetic =>
        IsFlat && Area == 1 ? Text(Size) : $"{Text(Channels)}×{Text(Height)}×{Text(Width)} = {Text(Size)}";

    public static TensorShape Image(int channels, int height, int width) => new(channels, height, width, IsFlat: false);

    public static TensorShape Flat(int features) => new(features, 1, 1, IsFlat: true);

    /// <summary>The same values as a vector.</summary>
    public TensorShape Flatten() => this with { IsFlat = true };

    /// <summary><c>16×4×4</c> or <c>256</c>.</summary>
    public override string ToString() => IsFlat ? Text(Size) : $"{Text(Channels)}×{Text(Height)}×{Text(Width)}";

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
