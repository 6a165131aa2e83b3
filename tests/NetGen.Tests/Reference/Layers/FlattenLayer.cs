namespace NetGen.Tests.Reference.Layers;

/// <summary>[channels, height, width] to [features] in row-major order.</summary>
internal sealed record FlattenLayer : ElementwiseLayer
{
    public override string Prefix => "flatten";

    public override bool IsSeldomRepeated => true;

    public override string Attribute => "Flatten";

    public override int[] OutputShape(int[] input) => [input.Aggregate(1, (size, extent) => size * extent)];

    protected override double Map(double x) => x;

    protected override double Derivative(double x, double y) => 1;
}
