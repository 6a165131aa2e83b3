using System.Numerics;

namespace NetGen.Engine;

/// <summary>A vector of floats in double precision, for sums of many.</summary>
internal readonly struct DoubleLanes(Vector<double> low, Vector<double> high)
{
    private readonly Vector<double> low = low, high = high;

    public static DoubleLanes Of(Vector<float> values)
    {
        Vector.Widen(values, out Vector<double> low, out Vector<double> high);
        return new(low, high);
    }

    public Vector<float> ToSingle() => Vector.Narrow(low, high);

    /// <summary>1/√(x + eps).</summary>
    public DoubleLanes InverseRoot(double eps) =>
        new(Vector<double>.One / Vector.SquareRoot(low + new Vector<double>(eps)), Vector<double>.One / Vector.SquareRoot(high + new Vector<double>(eps)));

    /// <summary>All lanes added up.</summary>
    public double Sum() => Vector.Sum(low + high);

    public static DoubleLanes operator +(DoubleLanes a, DoubleLanes b) => new(a.low + b.low, a.high + b.high);

    public static DoubleLanes operator -(DoubleLanes a, DoubleLanes b) => new(a.low - b.low, a.high - b.high);

    public static DoubleLanes operator *(DoubleLanes a, DoubleLanes b) => new(a.low * b.low, a.high * b.high);

    public static DoubleLanes operator *(DoubleLanes a, double b) => new(a.low * b, a.high * b);
}
