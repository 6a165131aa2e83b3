namespace NetGen.Tests.Reference.Layers;

/// <summary>y[c] = Σ x[c, h, w] / (height · width).</summary>
internal sealed record GlobalAvgPool2dLayer : Layer
{
    public override string Prefix => "pool";

    public override string Attribute => "GlobalAvgPool2d";

    public override int[] OutputShape(int[] input) => [input[0]];

    public override double[] Forward(LayerCall call) => [.. Planes(call).Select(plane => plane.Average())];

    public override double[] Backward(LayerCall call, double[] output, double[] outputGradient)
    {
        int area = Area(call);
        return [.. call.Input.Select((_, i) => outputGradient[i / area] / area)];
    }

    public override double[] Rounded(LayerCall call, double[] output) =>
        [.. Planes(call).Select(plane => Rounding.OfSum(plane.Sum(), plane.Sum(x => x * x), plane.Length) / plane.Length)];

    private static int Area(LayerCall call) => call.InputShape[1] * call.InputShape[2];

    private static IEnumerable<double[]> Planes(LayerCall call) => call.Input.Chunk(Area(call));
}
