namespace NetGen.Tests.Reference.Layers;

/// <summary>
/// The identity, as in evaluation. In training the mask is the implementation's own choice, so no reference can predict it: tests read
/// it off the outputs.
/// </summary>
internal sealed record DropoutLayer(double Probability) : ElementwiseLayer
{
    public override string Prefix => "dropout";

    public override string Attribute => FormattableString.Invariant($"Dropout({Probability})");

    protected override double Map(double x) => x;

    protected override double Derivative(double x, double y) => 1;
}
