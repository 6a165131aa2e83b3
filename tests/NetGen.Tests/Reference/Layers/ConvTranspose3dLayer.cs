namespace NetGen.Tests.Reference.Layers;

/// <summary>
/// Every input is given to the outputs of its window, as PyTorch describes it: y[n, g·O + o, p·stride + i·dilation − padding, …] += x[n, c, p, q, t] · weight[c, o, i, j, k], and
/// bias[o] once; O = out / groups, and g = ⌊c / (in / groups)⌋ is the group that c is in. Directions are depth, height, width.
/// </summary>
internal sealed record ConvTranspose3dLayer(int In, int Out, int[] Kernel, int[] Stride, int[] Padding, int[] OutputPadding, int[] Dilation, bool Bias = true, int Groups = 1) : Layer
{
    public override string Prefix => "convtranspose";

    public override string Attribute
    {
        get
        {
            string Option(string name, int[] value) => $", {name}: [{string.Join(", ", value)}]";
            return $"ConvTranspose3d({In}, {Out}, [{string.Join(", ", Kernel)}]{Option("stride", Stride)}{Option("padding", Padding)}{Option("outputPadding", OutputPadding)}"
                + $"{(Groups == 1 ? "" : $", groups: {Groups}")}{(Bias ? "" : ", bias: false")}{Option("dilation", Dilation)})";
        }
    }

    private int OutOfGroup => Out / Groups;

    public override IReadOnlyList<ParameterSpec> Parameters =>
    [
        new("weight", [In, OutOfGroup, .. Kernel], Fill.Weight, OutOfGroup * ReferenceNetwork.Size(Kernel)),
        .. Bias ? new[] { new ParameterSpec("bias", [Out], Fill.Bias) } : [],
    ];

    public override int[] OutputShape(int[] input) =>
    [
        Out,
        .. Enumerable.Range(0, 3).Select(axis => (input[axis + 1] - 1) * Stride[axis] - 2 * Padding[axis] + Dilation[axis] * (Kernel[axis] - 1) + OutputPadding[axis] + 1),
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
        (int[] i, int[] o) = (call.InputShape, call.OutputShape);
        int To(int axis, int place, int tap) => place * Stride[axis] + tap * Dilation[axis] - Padding[axis];
        for (var x = 0; x < call.Input.Length; x++)
        {
            (int t, int q, int p) = (x % i[3], x / i[3] % i[2], x / (i[3] * i[2]) % i[1]);
            int plane = x / (i[3] * i[2] * i[1]), n = plane / In, c = plane % In, first = c / (In / Groups) * OutOfGroup;
            for (var w = 0; w < OutOfGroup * Kernel[0] * Kernel[1] * Kernel[2]; w++)
            {
                (int d, int b, int a) = (w % Kernel[2], w / Kernel[2] % Kernel[1], w / (Kernel[2] * Kernel[1]) % Kernel[0]);
                int channel = first + w / (Kernel[2] * Kernel[1] * Kernel[0]);
                (int slice, int row, int column) = (To(0, p, a), To(1, q, b), To(2, t, d));
                if (slice >= 0 && slice < o[1] && row >= 0 && row < o[2] && column >= 0 && column < o[3])
                    visit(x, c * OutOfGroup * ReferenceNetwork.Size(Kernel) + w, (((n * Out + channel) * o[1] + slice) * o[2] + row) * o[3] + column);
            }
        }
    }
}
