namespace NetGen;

/// <summary>
/// Where in an image each pixel of another comes from: (x, y) from (A·x + B·y + C, D·x + E·y + F), where whole numbers are the middles of pixels, x to the
/// right and y down.
/// </summary>
internal readonly record struct AffineMap(double A, double B, double C, double D, double E, double F)
{
    /// <summary>Every pixel from its own place.</summary>
    public static AffineMap Identity { get; } = new(1, 0, 0, 0, 1, 0);

    /// <summary>A map that leaves the middle of the image where it is.</summary>
    public static AffineMap AboutMiddle(double a, double b, double d, double e, int width, int height)
    {
        double x = (width - 1) / 2.0, y = (height - 1) / 2.0;
        return new(a, b, x - (a * x) - (b * y), d, e, y - (d * x) - (e * y));
    }

    /// <summary>An image moved to the right and down.</summary>
    public static AffineMap Shift(double right, double down) => new(1, 0, -right, 0, 1, -down);

    /// <summary>An image turned counterclockwise; multiples of 90 degrees are exact.</summary>
    public static AffineMap Rotation(double degrees, int width, int height)
    {
        (double sin, double cos) = double.SinCosPi(degrees / 180);
        return AboutMiddle(cos, -sin, sin, cos, width, height);
    }

    /// <summary>What this map and then, on the image that it gave, the next one make.</summary>
    public AffineMap Then(in AffineMap next) => new(
        (A * next.A) + (B * next.D), (A * next.B) + (B * next.E), (A * next.C) + (B * next.F) + C,
        (D * next.A) + (E * next.D), (D * next.B) + (E * next.E), (D * next.C) + (E * next.F) + F);

    /// <summary>Whether it takes whole pixels, of rows that stay rows, in one direction or the other.</summary>
    public bool IsOfWholePixels => Math.Abs(A) == 1 && B == 0 && C == Math.Floor(C) && D == 0 && Math.Abs(E) == 1 && F == Math.Floor(F);
}
