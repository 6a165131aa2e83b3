namespace NetGen.Tests.Reference.Layers;

/// <summary>1 / (1 + e⁻ˣ).</summary>
internal sealed record SigmoidLayer : ElementwiseLayer
{
    public override string Prefix => "sigmoid";

    public override string Attribute => "Sigmoid";

    protected override double Map(double x) => 1 / (1 + Math.Exp(-x));

    protected override double Derivative(double x, double y) => y * (1 - y);
}
