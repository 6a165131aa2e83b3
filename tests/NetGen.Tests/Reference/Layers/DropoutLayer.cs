namespace NetGen.Tests.Reference.Layers;

/// <summary>
/// The identity, as in evaluation. In training the mask is the implementation's own choice, so no reference can predict it: tests read
/// it off the outputs.
/// </summary>
internal sealed record DropoutLayer(double Probability, bool PerChannel = false) : ElementwiseLayer
{
    public override string Prefix => "dropout";

    public override string Attribute => FormattableString.Invariant($"Dropout{(PerChannel ? "2d" : "")}({Probability})");

    /// <summary>Values that share a choice.</summary>
    public int Shared(int[] shape) => PerChannel ? shape[1] * shape[2] : 1;

    protected override double Map(double x) => x;

    protected override double Derivative(double x, double y) => 1;
}
