namespace NetGen.Tests.Reference.Layers;

/// <summary>
/// y[n, o, p, q] = bias[o] + Σc,r,s x[n, g·C + c, p·stride + r·dilation − padding, q·stride + s·dilation − padding] · weight[o, c, r, s], with 0 outside the image;
/// C = in / groups, and g = ⌊o / (out / groups)⌋ is the group that o is in.
/// </summary>
internal sealed record Conv2dLayer(int In, int Out, Pair Kernel, Pair Stride, Pair Padding, bool Bias = true, int Groups = 1) : Layer
{
    /// <summary>Pixels from one tap to the next.</summary>
    public Pair Dilation { get; init; } = new(1);

    public override string Prefix => "conv";

    public override string Attribute =>
        $"Conv2d({In}, {Out}, {AttributeText.Window(Kernel, Stride, new Pair(1), Padding, Dilation)}{(Groups == 1 ? "" : $", groups: {Groups}")}{(Bias ? "" : ", bias: false")})";

    private int InOfGroup => In / Groups;

    public override IReadOnlyList<ParameterSpec> Parameters =>
    [
        new("weight", [Out, InOfGroup, Kernel.Height, Kernel.Width], Fill.Weight, InOfGroup * Kernel.Height * Kernel.Width),
        .. Bias ? new[] { new ParameterSpec("bias", [Out], Fill.Bias) } : [],
    ];

    public override int[] OutputShape(int[] input) => [Out, .. Window.OutputExtents(input, Kernel, Stride, Padding, Dilation)];

    public override double[] Forward(LayerCall call)
    {
        var output = new double[call.Batch * call.OutputSize];
        if (Bias)
        {
            int pixels = call.OutputSize / Out;
            for (var i = 0; i < output.Length; i++)
                output[i] = call.Parameters[1].Values[i / pixels % Out];
        }
        double[] weight = call.Parameters[0].Values;
        ForEachProduct(call, (x, w, y) => output[y] += call.Input[x] * weight[w]);
        return output;
    }

    public override double[] Backward(LayerCall call, double[] output, double[] outputGradient)
    {
        if (Bias)
        {
            int pixels = call.OutputSize / Out;
            for (var i = 0; i < outputGradient.Length; i++)
                call.Parameters[1].AddGradient(i / pixels % Out, outputGradient[i]);
        }
        ReferenceParameter weight = call.Parameters[0];
        var inputGradient = new double[call.Input.Length];
        ForEachProduct(call, (x, w, y) =>
        {
            weight.AddGradient(w, outputGradient[y] * call.Input[x]);
            inputGradient[x] += outputGradient[y] * weight.Values[w];
        });
        return inputGradient;
    }

    /// <inheritdoc/>
    public override double[] Rounded(LayerCall call, double[] output)
    {
        double[] weight = call.Parameters[0].Values;
        return RoundedSums(call, output, (x, w, y) => (y, call.Input[x] * weight[w]));
    }

    /// <inheritdoc/>
    public override double[] RoundedBackward(LayerCall call, double[] output, double[] outputGradient, double[] inputGradient)
    {
        double[] weight = call.Parameters[0].Values;
        return RoundedSums(call, inputGradient, (x, w, y) => (x, outputGradient[y] * weight[w]));
    }

    private double[] RoundedSums(LayerCall call, double[] sums, Func<int, int, int, (int Place, double Term)> term)
    {
        var squares = new double[sums.Length];
        var counts = new int[sums.Length];
        ForEachProduct(call, (x, w, y) =>
        {
            (int place, double value) = term(x, w, y);
            squares[place] += value * value;
            counts[place]++;
        });
        return [.. sums.Select((sum, i) => Rounding.OfSum(sum, squares[i], counts[i]))];
    }

    /// <summary>Every (input, weight, output) place that the formula multiplies.</summary>
    private void ForEachProduct(LayerCall call, Action<int, int, int> visit)
    {
        (int height, int width) = (call.InputShape[1], call.InputShape[2]);
        (int rows, int columns) = (call.OutputShape[1], call.OutputShape[2]);
        for (var n = 0; n < call.Batch; n++)
        {
            for (var o = 0; o < Out; o++)
            {
                int first = o / (Out / Groups) * InOfGroup;
                for (var p = 0; p < rows; p++)
                {
                    for (var q = 0; q < columns; q++)
                    {
                        int y = ((n * Out + o) * rows + p) * columns + q;
                        for (var c = 0; c < InOfGroup; c++)
                        {
                            for (var r = 0; r < Kernel.Height; r++)
                            {
                                int row = p * Stride.Height + r * Dilation.Height - Padding.Height;
                                if (row < 0 || row >= height)
                                    continue;
                                for (var s = 0; s < Kernel.Width; s++)
                                {
                                    int column = q * Stride.Width + s * Dilation.Width - Padding.Width;
                                    if (column < 0 || column >= width)
                                        continue;
                                    int x = ((n * In + first + c) * height + row) * width + column;
                                    int w = ((o * InOfGroup + c) * Kernel.Height + r) * Kernel.Width + s;
                                    visit(x, w, y);
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
