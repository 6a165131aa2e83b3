namespace NetGen.Tests.Reference.Layers;

/// <summary>The mean of each window. Padding counts as 0 and in the number of elements, unless count_include_pad is false; what is beyond it never does.</summary>
internal sealed record AvgPool2dLayer(Pair Kernel, Pair Stride, Pair Padding) : WindowLayer(Kernel, Stride, Padding)
{
    /// <summary>PyTorch's count_include_pad.</summary>
    public bool CountIncludePad { get; init; } = true;

    public override string Prefix => "pool";

    public override string Attribute => $"AvgPool2d({Arguments(Kernel)}{(CeilMode ? ", ceilMode: true" : "")}{(CountIncludePad ? "" : ", countIncludePad: false")})";

    public override int[] OutputShape(int[] input) => [input[0], .. OutputExtents(input)];

    public override double[] Forward(LayerCall call)
    {
        var output = new double[call.Batch * call.OutputSize];
        Window.ForEach(call, Kernel, Stride, Before(call.InputShape), (y, window) => output[y] = window.Sum(x => call.Input[x]) / Divisor(call, y, window.Count));
        return output;
    }

    public override double[] Backward(LayerCall call, double[] output, double[] outputGradient)
    {
        var inputGradient = new double[call.Input.Length];
        Window.ForEach(call, Kernel, Stride, Before(call.InputShape), (y, window) =>
        {
            foreach (int x in window)
                inputGradient[x] += outputGradient[y] / Divisor(call, y, window.Count);
        });
        return inputGradient;
    }

    /// <summary>As PyTorch's loops have it: from the window's start to its end, or to that of the padding.</summary>
    private int Divisor(LayerCall call, int y, int covered)
    {
        if (!CountIncludePad)
            return covered;
        Pair before = Before(call.InputShape), behind = Behind(call.InputShape);
        int q = y % call.OutputShape[2], p = y / call.OutputShape[2] % call.OutputShape[1];
        int top = p * Stride.Height - before.Height, left = q * Stride.Width - before.Width;
        return (Math.Min(top + Kernel.Height, call.InputShape[1] + behind.Height) - top) * (Math.Min(left + Kernel.Width, call.InputShape[2] + behind.Width) - left);
    }
}
