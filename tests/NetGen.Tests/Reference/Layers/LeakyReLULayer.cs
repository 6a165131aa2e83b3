namespace NetGen.Tests.Reference.Layers;

/// <summary>x above 0, slope · x elsewhere.</summary>
internal sealed record LeakyReLULayer(double Slope = 0.01) : ElementwiseLayer
{
    public override string Prefix => "leakyrelu";

    public override string Attribute => FormattableString.Invariant($"LeakyReLU({Slope})");

    public override double Margin(LayerCall call) => Distance(call, 0);

    protected override double Map(double x) => x > 0 ? x : Slope * x;

    protected override double Derivative(double x, double y) => x > 0 ? 1 : Slope;
}
