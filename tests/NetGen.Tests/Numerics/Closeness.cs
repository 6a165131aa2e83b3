namespace NetGen.Tests.Numerics;

/// <summary>What counts as equal between float32 and the double-precision reference.</summary>
internal static class Closeness
{
    /// <summary>For outputs and activations: relative to the tensor's largest value.</summary>
    public const double Value = 1e-5;

    /// <summary>For gradients: of each element, relative to itself or to the tensor's root mean square, whichever is larger.</summary>
    public const double Gradient = 1e-3;

    /// <summary>For errors as such, in units of what a good float32 implementation makes.</summary>
    public const double Exactness = 3;

    /// <summary>What float32 makes wrong in a term of a sum, which itself is a sum further up, relative to the term.</summary>
    private const double Rounding = 1e-5;

    /// <summary>Smaller than this part of the largest gradient of the pass, a tensor's size is taken as this: sums that cancel keep the
    /// rounding errors of what they sum, as with a bias before a normalisation, whose gradient is 0.</summary>
    private const double Floor = 0.01;

    /// <summary>Below this part of the largest gradient of the pass, a tensor is 0 but for the rounding of double precision: all of it cancels, and
    /// a normalisation of nearly equal values makes what cancels larger than any gradient that is left. It is judged by the largest.</summary>
    private const double Cancelled = 1e-9;

    /// <summary>Every value within <see cref="Value"/>; the values are of size 1 by construction of the tests, smaller ones get 1e-6.</summary>
    public static void ShouldHaveValues(this float[] actual, double[] expected, string what) =>
        Compare(actual, expected, Value * Math.Max(0.1, expected.Select(Math.Abs).DefaultIfEmpty(0).Max()), _ => 0, what);

    /// <summary>Every gradient within <see cref="Gradient"/>.</summary>
    /// <param name="actual">The gradient of one tensor.</param>
    /// <param name="expected">The reference's.</param>
    /// <param name="largest">The largest root mean square of the gradients of the same pass.</param>
    /// <param name="what">For the message.</param>
    /// <param name="terms">Root mean square of the sums of the sizes of what is summed: where terms cancel, their rounding errors stay.</param>
    public static void ShouldHaveGradients(this float[] actual, double[] expected, double largest, string what, double terms = 0) => Compare(
        actual, expected, Math.Max(Gradient * Math.Max(FloorOf(expected, largest), RootMeanSquare(expected)), Rounding * terms),
        x => Gradient * Math.Abs(x), what);

    /// <summary>
    /// The root mean square error at most <see cref="Exactness"/> times what a good float32 implementation makes; more where so few values are
    /// compared that one bad rounding counts.
    /// </summary>
    public static void ShouldBeAsExactAs(this float[] actual, double[] expected, double yardstick, string what)
    {
        double error = RootMeanSquare([.. actual.Select((value, i) => value - expected[i])]);
        double times = error / yardstick, most = Exactness * (1 + 2 / Math.Sqrt(actual.Length));
        if (error > 0 && !(times <= most))
            throw new ShouldAssertException(FormattableString.Invariant($"{what}: an error of {error:G3}, {times:F1} times what float32 makes, {most:F1} allowed"));
    }

    private static double FloorOf(double[] expected, double largest) =>
        RootMeanSquare(expected) < Cancelled * largest ? largest : Floor * largest;

    /// <summary>√(Σx²/n).</summary>
    public static double RootMeanSquare(double[] values) => Math.Sqrt(values.Sum(x => x * x) / values.Length);

    private static void Compare(float[] actual, double[] expected, double absolute, Func<double, double> relative, string what)
    {
        actual.Length.ShouldBe(expected.Length, what);
        var wrong = new List<int>();
        for (var i = 0; i < actual.Length; i++)
        {
            if (!(Math.Abs(actual[i] - expected[i]) <= Math.Max(absolute, relative(expected[i]))))
                wrong.Add(i);
        }
        if (wrong is [])
            return;
        IEnumerable<string> shown = wrong.Take(6).Select(i => FormattableString.Invariant($"[{i}] {actual[i]:G7} for {expected[i]:G7}"));
        throw new ShouldAssertException($"{what}: {wrong.Count} of {actual.Length} values are wrong: {string.Join(", ", shown)}");
    }
}
