namespace NetGen.Tests.Reference.Layers;

/// <summary>y = a + b + …, element by element.</summary>
internal sealed record AddLayer : Layer
{
    public override string Prefix => "add";

    public override string Attribute => "Add";

    public override double[] Forward(LayerCall call) => [.. call.Input.Select((x, i) => x + call.Others.Sum(other => other[i]))];

    public override double[] Backward(LayerCall call, double[] output, double[] outputGradient) => outputGradient;

    public override double[][] BackwardAll(LayerCall call, double[] output, double[] outputGradient) =>
        [.. Enumerable.Range(0, call.Others.Length + 1).Select(_ => (double[])outputGradient.Clone())];

    /// <summary>A sum of what nearly cancels is as inexact as its terms are large.</summary>
    public override double[] Rounded(LayerCall call, double[] output) => [.. output.Select((_, i) => Math.Abs(call.Input[i]) + call.Others.Sum(other => Math.Abs(other[i])))];
}

/// <summary>y = a · b · …, element by element.</summary>
internal sealed record MultiplyLayer : Layer
{
    public override string Prefix => "multiply";

    public override string Attribute => "Multiply";

    public override double[] Forward(LayerCall call) => [.. call.Input.Select((x, i) => x * Product(call.Others, i))];

    public override double[] Backward(LayerCall call, double[] output, double[] outputGradient) => BackwardAll(call, output, outputGradient)[0];

    public override double[][] BackwardAll(LayerCall call, double[] output, double[] outputGradient)
    {
        double[][] factors = [call.Input, .. call.Others];
        return [.. factors.Select((_, which) => outputGradient.Select((dy, i) => dy * Product(factors.Where((_, other) => other != which), i)).ToArray())];
    }

    private static double Product(IEnumerable<double[]> factors, int i) => factors.Aggregate(1.0, (product, factor) => product * factor[i]);
}
