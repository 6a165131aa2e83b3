namespace NetGen.Tests.Reference.Layers;

/// <summary>x above 0, α · (eˣ − 1) elsewhere.</summary>
internal sealed record ELULayer(double Alpha = 1) : ElementwiseLayer
{
    public override string Prefix => "elu";

    public override string Attribute => FormattableString.Invariant($"ELU({Alpha})");

    public override double Margin(LayerCall call) => Distance(call, 0);

    protected override double Map(double x) => x > 0 ? x : Alpha * Exponential.MinusOne(x);

    protected override double Derivative(double x, double y) => x > 0 ? 1 : Alpha * Math.Exp(x);
}
