namespace NetGen.Tests.Reference.Layers;

/// <summary>The mean of each window; padding counts as 0 and in the number of elements (count_include_pad = true).</summary>
internal sealed record AvgPool2dLayer(Pair Kernel, Pair Stride, Pair Padding) : Layer
{
    public override string Prefix => "pool";

    public override string Attribute => $"AvgPool2d({AttributeText.Window(Kernel, Stride, Kernel, Padding)})";

    private double Scale => 1.0 / (Kernel.Height * Kernel.Width);

    public override int[] OutputShape(int[] input) => [input[0], .. Window.OutputExtents(input, Kernel, Stride, Padding, new(1))];

    public override double[] Forward(LayerCall call)
    {
        var output = new double[call.Batch * call.OutputSize];
        Window.ForEach(call, Kernel, Stride, Padding, (y, window) => output[y] = window.Sum(x => call.Input[x]) * Scale);
        return output;
    }

    public override double[] Backward(LayerCall call, double[] output, double[] outputGradient)
    {
        var inputGradient = new double[call.Input.Length];
        Window.ForEach(call, Kernel, Stride, Padding, (y, window) =>
        {
            foreach (int x in window)
                inputGradient[x] += outputGradient[y] * Scale;
        });
        return inputGradient;
    }
}
