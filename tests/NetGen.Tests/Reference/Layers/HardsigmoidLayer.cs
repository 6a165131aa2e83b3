namespace NetGen.Tests.Reference.Layers;

/// <summary>min(max(x + 3, 0), 6) / 6.</summary>
internal sealed record HardsigmoidLayer : ElementwiseLayer
{
    public override string Prefix => "hardsigmoid";

    public override string Attribute => "Hardsigmoid";

    public override double Margin(LayerCall call) => Distance(call, -3, 3);

    protected override double Map(double x) => Math.Clamp(x + 3, 0, 6) / 6;

    protected override double Derivative(double x, double y) => x is > -3 and < 3 ? 1.0 / 6 : 0;
}
