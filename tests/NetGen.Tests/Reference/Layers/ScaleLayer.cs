namespace NetGen.Tests.Reference.Layers;

/// <summary>A constant times x.</summary>
internal sealed record ScaleLayer(double Factor) : ElementwiseLayer
{
    public override string Prefix => "scale";

    public override string Attribute => FormattableString.Invariant($"Scale({Factor})");

    protected override double Map(double x) => Factor * x;

    protected override double Derivative(double x, double y) => Factor;
}
