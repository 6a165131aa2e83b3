namespace NetGen.Tests.Reference.Layers;

/// <summary>x / (1 + e⁻ˣ).</summary>
internal sealed record SiLULayer : ElementwiseLayer
{
    public override string Prefix => "silu";

    public override string Attribute => "SiLU";

    protected override double Map(double x) => x / (1 + Math.Exp(-x));

    protected override double Derivative(double x, double y) => (1 / (1 + Math.Exp(-x))) + (x / (1 + Math.Exp(-x)) / (1 + Math.Exp(x)));
}
