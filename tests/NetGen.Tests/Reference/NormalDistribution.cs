namespace NetGen.Tests.Reference;

/// <summary>The normal distribution of mean 0 and deviation 1, exact to double precision.</summary>
internal static class NormalDistribution
{
    /// <summary>The share below x: Taylor's series near 0, Laplace's continued fraction in the tails.</summary>
    public static double Below(double x)
    {
        double density = Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI), size = Math.Abs(x);
        if (size > 3)
        {
            double fraction = 0;
            for (var k = 200; k > 0; k--)
                fraction = k / (size + fraction);
            double tail = density / (size + fraction);
            return x < 0 ? tail : 1 - tail;
        }
        double sum = x, term = x;
        for (var k = 3; Math.Abs(term) > 1e-20; k += 2)
            sum += term *= x * x / k;
        return 0.5 + (sum * density);
    }
}
