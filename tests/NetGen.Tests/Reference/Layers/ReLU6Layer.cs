namespace NetGen.Tests.Reference.Layers;

/// <summary>min(max(0, x), 6); the derivative at both ends is 0.</summary>
internal sealed record ReLU6Layer : ElementwiseLayer
{
    public override string Prefix => "relu6";

    public override string Attribute => "ReLU6";

    public override double Margin(LayerCall call) => Distance(call, 0, 6);

    protected override double Map(double x) => Math.Clamp(x, 0, 6);

    protected override double Derivative(double x, double y) => x is > 0 and < 6 ? 1 : 0;
}
