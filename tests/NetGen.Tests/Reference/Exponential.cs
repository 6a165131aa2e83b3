namespace NetGen.Tests.Reference;

/// <summary>Functions around the exponential that keep their digits near 0 (after Kahan).</summary>
internal static class Exponential
{
    /// <summary>eˣ − 1.</summary>
    public static double MinusOne(double x)
    {
        double power = Math.Exp(x);
        return power == 1 ? x : Math.Abs(x) < 1 ? (power - 1) * x / Math.Log(power) : power - 1;
    }

    /// <summary>log(1 + x) for x of at least 0.</summary>
    public static double LogOnePlus(double x)
    {
        double sum = 1 + x;
        return sum == 1 ? x : Math.Log(sum) * x / (sum - 1);
    }
}
