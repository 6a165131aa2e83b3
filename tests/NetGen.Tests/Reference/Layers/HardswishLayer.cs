namespace NetGen.Tests.Reference.Layers;

/// <summary>x · min(max(x + 3, 0), 6) / 6.</summary>
internal sealed record HardswishLayer : ElementwiseLayer
{
    public override string Prefix => "hardswish";

    public override string Attribute => "Hardswish";

    public override double Margin(LayerCall call) => Distance(call, -3, 3);

    protected override double Map(double x) => x * Math.Clamp(x + 3, 0, 6) / 6;

    protected override double Derivative(double x, double y) => x < -3 ? 0 : x <= 3 ? (x / 3) + 0.5 : 1;
}
