namespace NetGen.Tests.Reference;

/// <summary>Derivatives by central differences in double precision: (f(x + h·d) − f(x − h·d)) / 2h, error O(h²).</summary>
internal static class FiniteDifferences
{
    private const double H = 1e-5;

    /// <summary>∂loss/∂x of every element of <paramref name="tensor"/>, which is changed and restored.</summary>
    public static double[] Gradient(double[] tensor, Func<double> loss)
    {
        var gradient = new double[tensor.Length];
        for (var i = 0; i < tensor.Length; i++)
        {
            double value = tensor[i];
            tensor[i] = value + H;
            double above = loss();
            tensor[i] = value - H;
            double below = loss();
            tensor[i] = value;
            gradient[i] = (above - below) / (2 * H);
        }
        return gradient;
    }

    /// <summary>The derivative along <paramref name="direction"/>, of norm 1: one number that an error anywhere in a gradient changes.</summary>
    public static double Directional(double[] tensor, double[] direction, Func<double> loss)
    {
        double[] origin = [.. tensor];
        double Moved(double step)
        {
            for (var i = 0; i < tensor.Length; i++)
                tensor[i] = origin[i] + step * direction[i];
            return loss();
        }
        double derivative = (Moved(H) - Moved(-H)) / (2 * H);
        origin.CopyTo(tensor, 0);
        return derivative;
    }
}
