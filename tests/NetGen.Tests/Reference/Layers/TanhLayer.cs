namespace NetGen.Tests.Reference.Layers;

/// <summary>The hyperbolic tangent.</summary>
internal sealed record TanhLayer : ElementwiseLayer
{
    public override string Prefix => "tanh";

    public override string Attribute => "Tanh";

    protected override double Map(double x) => Math.Tanh(x);

    protected override double Derivative(double x, double y) => 1 - y * y;
}
