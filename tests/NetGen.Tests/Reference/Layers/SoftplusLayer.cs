namespace NetGen.Tests.Reference.Layers;

/// <summary>log(1 + e^(βx)) / β, and x where βx is above the threshold.</summary>
internal sealed record SoftplusLayer(double Beta = 1, double Threshold = 20) : ElementwiseLayer
{
    public override string Prefix => "softplus";

    public override string Attribute => FormattableString.Invariant($"Softplus({Beta}, {Threshold})");

    public override double Margin(LayerCall call) => Distance(call, Threshold / Beta);

    protected override double Map(double x) => x * Beta > Threshold ? x : (Math.Max(x * Beta, 0) + Exponential.LogOnePlus(Math.Exp(-Math.Abs(x * Beta)))) / Beta;

    protected override double Derivative(double x, double y) => x * Beta > Threshold ? 1 : 1 / (1 + Math.Exp(-x * Beta));
}
