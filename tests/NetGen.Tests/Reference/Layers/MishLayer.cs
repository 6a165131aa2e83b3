namespace NetGen.Tests.Reference.Layers;

/// <summary>x · tanh(log(1 + eˣ)).</summary>
internal sealed record MishLayer : ElementwiseLayer
{
    public override string Prefix => "mish";

    public override string Attribute => "Mish";

    protected override double Map(double x) => x * Math.Tanh(Softplus(x));

    protected override double Derivative(double x, double y) => Math.Tanh(Softplus(x)) + (x * (1 - Math.Pow(Math.Tanh(Softplus(x)), 2)) / (1 + Math.Exp(-x)));

    private static double Softplus(double x) => Math.Max(x, 0) + Exponential.LogOnePlus(Math.Exp(-Math.Abs(x)));
}
