namespace NetGen.Tests.Reference;

/// <summary>
/// Makes a double-precision computation as inexact as float32 must be (Monte Carlo arithmetic, D. S. Parker 1997): after each layer, every
/// value moves by a random part of what float32 rounds in computing it. What that does to the results is the yardstick for the kernels' errors.
/// </summary>
internal sealed class Rounding(uint seed)
{
    /// <summary>Half the distance from 1 to the next float.</summary>
    public const double Unit = 1 / 16777216.0;

    private uint stream = unchecked(seed * 1000003u);

    /// <summary>
    /// How much is rounded, in values of that size, in a good sum: one of n terms in √n blocks of √n, one chain of additions each. With terms of
    /// random signs the squares of the partial sums, which are what is rounded, add up to √n·Σt², with terms of one sign to √n·(Σt)²/3.
    /// </summary>
    public static double OfSum(double sum, double squares, double count) => Math.Sqrt(Math.Sqrt(Math.Max(1, count)) * (squares + sum * sum / 3));

    /// <summary>Moves each value by at most <see cref="Unit"/> times its <paramref name="rounded"/>.</summary>
    public void Apply(double[] values, double[] rounded)
    {
        stream++;
        for (var i = 0; i < values.Length; i++)
            values[i] += Filler.Value(stream, i) * Unit * rounded[i];
    }
}
