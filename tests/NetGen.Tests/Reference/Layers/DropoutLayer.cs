namespace NetGen.Tests.Reference.Layers;

/// <summary>
/// The identity, as in evaluation. In training the mask is the implementation's own choice, so no reference can predict it: tests read
/// it off the outputs.
/// </summary>
internal sealed record DropoutLayer(double Probability, bool PerChannel = false) : ElementwiseLayer
{
    /// <summary>Dimensions beside the channels, where it is per channel.</summary>
    public int Rank { get; init; } = 2;

    public override string Prefix => "dropout";

    public override string Attribute => FormattableString.Invariant($"Dropout{(PerChannel ? $"{Rank}d" : "")}({Probability})");

    /// <summary>Values that share a choice.</summary>
    public int Shared(int[] shape) => PerChannel ? shape.Skip(1).Aggregate(1, (area, extent) => area * extent) : 1;

    protected override double Map(double x) => x;

    protected override double Derivative(double x, double y) => 1;
}
