using NetGen.Tests.Reference.Layers;

namespace NetGen.Tests.Numerics;

/// <summary>Reads dropout's masks off what it did.</summary>
internal static class DropoutMask
{
    /// <summary>The factors, each 0 or 1/(1 − p); fails where there is another one or where too many or too few are 0.</summary>
    /// <param name="before">What went in.</param>
    /// <param name="after">What came out.</param>
    /// <param name="p">The probability of a 0.</param>
    /// <param name="shared">Neighbouring values that share a choice.</param>
    /// <param name="what">For messages.</param>
    public static double[] Read(float[] before, float[] after, double p, int shared, string what)
    {
        double kept = 1 / (1 - p);
        var mask = new double[after.Length];
        var (survivors, seen) = (0, 0);
        for (var first = 0; first < mask.Length; first += shared)
        {
            bool isKept = after.AsSpan(first, shared).ContainsAnyExcept(0);
            for (int i = first; i < first + shared; i++)
            {
                mask[i] = isKept ? kept : 0;
                double allowed = 1e-5 * Math.Max(1, Math.Abs(before[i]));
                (Math.Abs(after[i] - before[i] * mask[i]) <= allowed).ShouldBeTrue($"{what}[{i}]: {after[i]} of {before[i]}, p = {p}");
            }
            if (!before.AsSpan(first, shared).ContainsAnyExcept(0))
                continue;
            seen++;
            survivors += isKept ? 1 : 0;
        }
        double fiveDeviations = 5 * Math.Sqrt(seen * p * (1 - p));
        ((double)survivors).ShouldBe(seen * (1 - p), fiveDeviations + 0.5, $"{what}: choices to keep of {seen}, p = {p}");
        return mask;
    }
}

/// <summary>Multiplies by constants: dropout whose mask is known.</summary>
internal sealed record MaskLayer(double[] Mask) : Layer
{
    public override string Prefix => "dropout";

    public override string Attribute => throw new NotSupportedException("A mask is not declared.");

    public override double[] Forward(LayerCall call) => [.. call.Input.Zip(Mask, (x, m) => x * m)];

    public override double[] Backward(LayerCall call, double[] output, double[] outputGradient) => [.. outputGradient.Zip(Mask, (x, m) => x * m)];
}
