namespace NetGen.Tests.Reference.Layers;

/// <summary>max(0, x); the derivative at 0 is 0.</summary>
internal sealed record ReLULayer : ElementwiseLayer
{
    public override string Prefix => "relu";

    public override string Attribute => "ReLU";

    /// <inheritdoc/>
    /// <remarks>An exact 0 is no danger where it comes from exact values (an earlier ReLU, dead inputs); its derivative is defined as 0.</remarks>
    public override double Margin(LayerCall call) => call.Input.Where(x => x != 0).Select(Math.Abs).DefaultIfEmpty(1).Min();

    protected override double Map(double x) => x > 0 ? x : 0;

    protected override double Derivative(double x, double y) => x > 0 ? 1 : 0;
}
