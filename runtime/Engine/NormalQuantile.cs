namespace NetGen.Engine;

/// <summary>
/// The value below which a share of the normal distribution of mean 0 and deviation 1 lies: M. J. Wichura, "Algorithm AS 241: the percentage points of the normal
/// distribution" (Applied Statistics 37, 1988), exact to about 16 digits.
/// </summary>
/// <remarks>Sums, products and roots only, and a logarithm made of those, so that every machine gives the same.</remarks>
internal static class NormalQuantile
{
    private const double Ln2 = 0.69314718055994530942;

    /// <summary>Within 0.425 of ½.</summary>
    private static readonly double[] Middle =
    [
        2509.0809287301226727, 33430.575583588128105, 67265.770927008700853, 45921.953931549871457, 13731.693765509461125, 1971.5909503065514427, 133.14166789178437745, 3.3871328727963666080,
    ];

    private static readonly double[] MiddleBelow =
        [5226.4952788528545610, 28729.085735721942674, 39307.895800092710610, 21213.794301586595867, 5394.1960214247511077, 687.18700749205790830, 42.313330701600911252, 1];

    /// <summary>Above e⁻²⁵.</summary>
    private static readonly double[] Tail =
    [
        7.74545014278341407640e-4, 2.27238449892691845833e-2, 0.241780725177450611770, 1.27045825245236838258, 3.64784832476320460504, 5.76949722146069140550, 4.63033784615654529590,
        1.42343711074968357734,
    ];

    private static readonly double[] TailBelow =
    [
        1.05075007164441684324e-9, 5.47593808499534494600e-4, 1.51986665636164571966e-2, 0.148103976427480074590, 0.689767334985100004550, 1.67638483018380384940, 2.05319162663775882187, 1,
    ];

    private static readonly double[] FarTail =
    [
        2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.24266094738807843860e-3, 2.65321895265761230930e-2, 0.296560571828504891230, 1.78482653991729133580, 5.46378491116411436990,
        6.65790464350110377720,
    ];

    private static readonly double[] FarTailBelow =
    [
        2.04426310338993978564e-15, 1.42151175831644588870e-7, 1.84631831751005468180e-5, 7.86869131145613259100e-4, 1.48753612908506148525e-2, 0.136929880922735805310, 0.599832206555887937690,
        1,
    ];

    /// <param name="share">Above 0 and below 1.</param>
    public static double Of(double share)
    {
        double q = share - 0.5;
        if (Math.Abs(q) <= 0.425)
            return q * Ratio(Middle, MiddleBelow, 0.180625 - (q * q));
        double r = Math.Sqrt(-Log(q < 0 ? share : 1 - share));
        double x = r <= 5 ? Ratio(Tail, TailBelow, r - 1.6) : Ratio(FarTail, FarTailBelow, r - 5);
        return q < 0 ? -x : x;
    }

    /// <summary>The share that lies below a value, found by halving; far out, where it is below 2⁻²⁰⁰, 0 or 1.</summary>
    public static double ShareBelow(double value)
    {
        if (value > 0)
            return 1 - ShareBelow(-value);
        double low = 0, high = 1;
        for (var halvings = 0; halvings < 200; halvings++)
        {
            double middle = low + ((high - low) / 2);
            (low, high) = Of(middle) < value ? (middle, high) : (low, middle);
        }
        return low;
    }

    private static double Ratio(double[] above, double[] below, double r) => Polynomial(above, r) / Polynomial(below, r);

    private static double Polynomial(double[] factors, double r)
    {
        double sum = 0;
        foreach (double factor in factors)
            sum = (sum * r) + factor;
        return sum;
    }

    /// <summary>Of m·2ᵉ, m being near 1: e·log 2 + 2·artanh((m − 1)/(m + 1)), by its series.</summary>
    private static double Log(double x)
    {
        int exponent = Math.ILogB(x * Math.Sqrt(2));
        double m = Math.ScaleB(x, -exponent), z = (m - 1) / (m + 1), sum = 0;
        for (var k = 23; k > 0; k -= 2)
            sum = (sum * z * z) + (1.0 / k);
        return (exponent * Ln2) + (2 * z * sum);
    }
}
