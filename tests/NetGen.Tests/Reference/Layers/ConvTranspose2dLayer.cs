namespace NetGen.Tests.Reference.Layers;

/// <summary>
/// Every input is given to the outputs of its window, as PyTorch describes it: y[n, g·O + o, p·stride + r·dilation − padding, q·stride + s·dilation − padding] += x[n, c, p, q] ·
/// weight[c, o, r, s], and bias[o] once; O = out / groups, and g = ⌊c / (in / groups)⌋ is the group that c is in.
/// </summary>
internal sealed record ConvTranspose2dLayer(int In, int Out, Pair Kernel, Pair Stride, Pair Padding, bool Bias = true, int Groups = 1) : Layer
{
    /// <summary>Pixels from one tap to the next.</summary>
    public Pair Dilation { get; init; } = new(1);

    /// <summary>Pixels more below and at the right.</summary>
    public Pair OutputPadding { get; init; } = new(0);

    public override string Prefix => "convtranspose";

    public override string Attribute
    {
        get
        {
            bool square = new[] { Kernel, Stride, Padding, Dilation, OutputPadding }.All(pair => pair.IsSquare);
            string Text(Pair pair) => square ? $"{pair.Height}" : $"[{pair.Height}, {pair.Width}]";
            string Option(string name, Pair value, int usual) => value == new Pair(usual) ? "" : $", {name}: {Text(value)}";
            return $"ConvTranspose2d({In}, {Out}, {Text(Kernel)}{Option("stride", Stride, 1)}{Option("padding", Padding, 0)}{Option("outputPadding", OutputPadding, 0)}"
                + $"{(Groups == 1 ? "" : $", groups: {Groups}")}{(Bias ? "" : ", bias: false")}{Option("dilation", Dilation, 1)})";
        }
    }

    private int OutOfGroup => Out / Groups;

    public override IReadOnlyList<ParameterSpec> Parameters =>
    [
        new("weight", [In, OutOfGroup, Kernel.Height, Kernel.Width], Fill.Weight, OutOfGroup * Kernel.Height * Kernel.Width),
        .. Bias ? new[] { new ParameterSpec("bias", [Out], Fill.Bias) } : [],
    ];

    public override int[] OutputShape(int[] input) =>
    [
        Out,
        (input[1] - 1) * Stride.Height - 2 * Padding.Height + Dilation.Height * (Kernel.Height - 1) + OutputPadding.Height + 1,
        (input[2] - 1) * Stride.Width - 2 * Padding.Width + Dilation.Width * (Kernel.Width - 1) + OutputPadding.Width + 1,
    ];

    public override double[] Forward(LayerCall call) => Products(call).Forward();

    public override double[] Backward(LayerCall call, double[] output, double[] outputGradient) => Products(call).Backward(outputGradient);

    /// <inheritdoc/>
    public override double[] Rounded(LayerCall call, double[] output) => Products(call).Rounded(output);

    /// <inheritdoc/>
    public override double[] RoundedBackward(LayerCall call, double[] output, double[] outputGradient, double[] inputGradient) =>
        Products(call).RoundedBackward(outputGradient, inputGradient);

    private WeightedProducts Products(LayerCall call)
    {
        int pixels = call.OutputSize / Out;
        return new(call, visit => ForEachProduct(call, visit), Bias ? y => y / pixels % Out : null);
    }

    /// <summary>Every (input, weight, output) place that the formula multiplies.</summary>
    private void ForEachProduct(LayerCall call, Action<int, int, int> visit)
    {
        (int height, int width) = (call.InputShape[1], call.InputShape[2]);
        (int rows, int columns) = (call.OutputShape[1], call.OutputShape[2]);
        for (var plane = 0; plane < call.Batch * In; plane++)
        {
            (int n, int c) = (plane / In, plane % In);
            int group = c / (In / Groups);
            for (var place = 0; place < height * width * OutOfGroup * Kernel.Height * Kernel.Width; place++)
            {
                (int s, int rest) = (place % Kernel.Width, place / Kernel.Width);
                (int r, int o) = (rest % Kernel.Height, rest / Kernel.Height % OutOfGroup);
                int pixel = rest / Kernel.Height / OutOfGroup, p = pixel / width, q = pixel % width;
                int row = p * Stride.Height + r * Dilation.Height - Padding.Height, column = q * Stride.Width + s * Dilation.Width - Padding.Width;
                if (row >= 0 && row < rows && column >= 0 && column < columns)
                    visit(plane * height * width + pixel, ((c * OutOfGroup + o) * Kernel.Height + r) * Kernel.Width + s, ((n * Out + group * OutOfGroup + o) * rows + row) * columns + column);
            }
        }
    }
}
