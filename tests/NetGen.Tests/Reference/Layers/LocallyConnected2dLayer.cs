namespace NetGen.Tests.Reference.Layers;

/// <summary>
/// As Keras has it: y[n, o, p, q] = bias[p, q, o] + Σr,s,c x[n, c, p·stride + r − padding, q·stride + s − padding] · weight[p·width + q, (r·kernelWidth + s)·in + c, o]. Its
/// parameters are of the size of the output, so that it knows that of its input.
/// </summary>
internal sealed record LocallyConnected2dLayer(int[] Input, int Out, Pair Kernel, Pair Stride, Pair Padding, bool Bias = true) : WindowLayer(Kernel, Stride, Padding)
{
    public override string Prefix => "local";

    public override string Attribute => $"LocallyConnected2d({Out}, {Arguments(new Pair(1))}{(Bias ? "" : ", bias: false")})";

    private int Terms => Kernel.Height * Kernel.Width * Input[0];

    public override IReadOnlyList<ParameterSpec> Parameters
    {
        get
        {
            int[] extents = OutputExtents(Input);
            return
            [
                new("weight", [extents[0] * extents[1], Terms, Out], Fill.Weight, Terms * Out),
                .. Bias ? new[] { new ParameterSpec("bias", [extents[0], extents[1], Out], Fill.Bias) } : [],
            ];
        }
    }

    public override int[] OutputShape(int[] input) => [Out, .. OutputExtents(input)];

    public override double[] Forward(LayerCall call) => Products(call).Forward();

    public override double[] Backward(LayerCall call, double[] output, double[] outputGradient) => Products(call).Backward(outputGradient);

    /// <inheritdoc/>
    public override double[] Rounded(LayerCall call, double[] output) => Products(call).Rounded(output);

    /// <inheritdoc/>
    public override double[] RoundedBackward(LayerCall call, double[] output, double[] outputGradient, double[] inputGradient) =>
        Products(call).RoundedBackward(outputGradient, inputGradient);

    private WeightedProducts Products(LayerCall call)
    {
        int pixels = call.OutputShape[1] * call.OutputShape[2];
        return new(call, visit => ForEachProduct(call, visit), Bias ? y => (y % pixels * Out) + (y / pixels % Out) : null);
    }

    /// <summary>Every (input, weight, output) place that the formula multiplies.</summary>
    private void ForEachProduct(LayerCall call, Action<int, int, int> visit)
    {
        (int channels, int height, int width) = (call.InputShape[0], call.InputShape[1], call.InputShape[2]);
        (int rows, int columns) = (call.OutputShape[1], call.OutputShape[2]);
        Pair before = Before(call.InputShape);
        for (var place = 0; place < call.Batch * rows * columns; place++)
        {
            int n = place / (rows * columns), p = place / columns % rows, q = place % columns;
            for (var term = 0; term < Terms; term++)
            {
                int c = term % channels, s = term / channels % Kernel.Width, r = term / channels / Kernel.Width;
                int row = p * Stride.Height + r - before.Height, column = q * Stride.Width + s - before.Width;
                if (row < 0 || row >= height || column < 0 || column >= width)
                    continue;
                for (var o = 0; o < Out; o++)
                    visit(((n * channels + c) * height + row) * width + column, ((p * columns + q) * Terms + term) * Out + o, ((n * Out + o) * rows + p) * columns + q);
            }
        }
    }
}
