namespace NetGen.Tests.Reference.Layers;

/// <summary>x · Φ(x), or x · (1 + tanh(√(2/π) · (x + 0.044715 · x³))) / 2.</summary>
internal sealed record GELULayer(bool Approximate = false) : ElementwiseLayer
{
    private const double Cubic = 0.044715;

    private static readonly double Scale = Math.Sqrt(2 / Math.PI);

    public override string Prefix => "gelu";

    public override string Attribute => Approximate ? "GELU(approximate: true)" : "GELU";

    protected override double Map(double x) => Approximate ? x / (1 + Math.Exp(-2 * Inner(x))) : x * NormalDistribution.Below(x);

    protected override double Derivative(double x, double y)
    {
        if (!Approximate)
            return NormalDistribution.Below(x) + (x * Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI));
        double falls = Math.Pow(Math.Cosh(Math.Min(Math.Abs(Inner(x)), 300)), -2);
        return (1 / (1 + Math.Exp(-2 * Inner(x)))) + (x * falls * Scale * (1 + (3 * Cubic * x * x)) / 2);
    }

    private static double Inner(double x) => Scale * (x + (Cubic * x * x * x));
}
