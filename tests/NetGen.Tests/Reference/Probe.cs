namespace NetGen.Tests.Reference;

/// <summary>A tensor's norm, its sum, and its values at places j · 7919 mod size.</summary>
internal sealed record Probe(double Norm, double Sum, double[] Values)
{
    /// <summary>The probe of these values, with at most so many of them.</summary>
    public static Probe Of(ReadOnlySpan<double> tensor, int count = 8)
    {
        var (squares, sum) = (0.0, 0.0);
        foreach (double x in tensor)
        {
            squares += x * x;
            sum += x;
        }
        var values = new double[Math.Min(tensor.Length, count)];
        for (var j = 0; j < values.Length; j++)
            values[j] = tensor[(int)(j * 7919L % tensor.Length)];
        return new Probe(Math.Sqrt(squares), sum, values);
    }

    /// <summary>
    /// Fails unless <paramref name="actual"/> has this probe: the norm within <paramref name="tolerance"/> relative, the sum and the values
    /// within it relative to the size that they can have. A root mean square below <paramref name="floor"/> counts as that.
    /// </summary>
    public void ShouldMatch(ReadOnlySpan<double> actual, double tolerance, string what, double floor = 1e-6)
    {
        Probe other = Of(actual, Values.Length);
        double root = Math.Sqrt(actual.Length);
        double typical = Math.Max(Norm / root, floor);
        other.Norm.ShouldBe(Norm, tolerance * typical * root, $"norm of {what}");
        other.Sum.ShouldBe(Sum, tolerance * typical * actual.Length, $"sum of {what}");
        other.Values.Length.ShouldBe(Values.Length, what);
        for (var j = 0; j < Values.Length; j++)
            other.Values[j].ShouldBe(Values[j], tolerance * Math.Max(Math.Abs(Values[j]), typical), $"{what}[{j * 7919 % actual.Length}]");
    }
}
