namespace NetGen.Tests.Reference.Layers;

/// <summary>The largest value of each window; padding counts as −∞. Of equal values the first in row-major order takes the gradient.</summary>
internal sealed record MaxPool2dLayer(Pair Kernel, Pair Stride, Pair Padding) : WindowLayer(Kernel, Stride, Padding)
{
    public override string Prefix => "pool";

    public override string Attribute => $"MaxPool2d({Arguments(Kernel)}{(CeilMode ? ", ceilMode: true" : "")})";

    public override int[] OutputShape(int[] input) => [input[0], .. OutputExtents(input)];

    public override double[] Forward(LayerCall call)
    {
        var output = new double[call.Batch * call.OutputSize];
        Window.ForEach(call, Kernel, Stride, Before(call.InputShape), (y, window) => output[y] = call.Input[First(call.Input, window)]);
        return output;
    }

    public override double[] Backward(LayerCall call, double[] output, double[] outputGradient)
    {
        var inputGradient = new double[call.Input.Length];
        Window.ForEach(call, Kernel, Stride, Before(call.InputShape), (y, window) => inputGradient[First(call.Input, window)] += outputGradient[y]);
        return inputGradient;
    }

    /// <inheritdoc/>
    public override double Margin(LayerCall call)
    {
        var margin = double.PositiveInfinity;
        Window.ForEach(call, Kernel, Stride, Before(call.InputShape), (_, window) => margin = Math.Min(margin, Margin(call.Input, window)));
        return margin;
    }

    /// <summary>How far the largest value of a window is above the others.</summary>
    public static double Margin(double[] input, IReadOnlyList<int> window)
    {
        var margin = double.PositiveInfinity;
        int first = First(input, window);
        double largest = input[first];
        foreach (int x in window)
        {
            // Zeros that a ReLU left may be many: nothing above moves them. Other equal values are a kink.
            if (x != first && (input[x] != largest || largest != 0))
                margin = Math.Min(margin, largest - input[x]);
        }
        return margin;
    }

    /// <summary>The place of a window's largest value, the first of several.</summary>
    public static int First(double[] input, IReadOnlyList<int> window)
    {
        int best = window[0];
        foreach (int x in window)
        {
            if (input[x] > input[best])
                best = x;
        }
        return best;
    }
}
