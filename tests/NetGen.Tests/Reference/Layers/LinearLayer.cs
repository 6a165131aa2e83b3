namespace NetGen.Tests.Reference.Layers;

/// <summary>y[n, o] = Σi x[n, i] · weight[o, i] + bias[o].</summary>
internal sealed record LinearLayer(int In, int Out, bool Bias = true) : Layer
{
    public override string Prefix => "linear";

    public override string Attribute => $"Linear({In}, {Out}{(Bias ? "" : ", bias: false")})";

    public override IReadOnlyList<ParameterSpec> Parameters =>
    [
        new("weight", [Out, In], Fill.Weight, In),
        .. Bias ? new[] { new ParameterSpec("bias", [Out], Fill.Bias) } : [],
    ];

    public override int[] OutputShape(int[] input) => [Out];

    public override double[] Forward(LayerCall call)
    {
        double[] weight = call.Parameters[0].Values;
        var output = new double[call.Batch * Out];
        for (var n = 0; n < call.Batch; n++)
        {
            for (var o = 0; o < Out; o++)
            {
                double sum = Bias ? call.Parameters[1].Values[o] : 0;
                for (var i = 0; i < In; i++)
                    sum += call.Input[n * In + i] * weight[o * In + i];
                output[n * Out + o] = sum;
            }
        }
        return output;
    }

    public override double[] Backward(LayerCall call, double[] output, double[] outputGradient)
    {
        ReferenceParameter weight = call.Parameters[0];
        var inputGradient = new double[call.Input.Length];
        for (var n = 0; n < call.Batch; n++)
        {
            for (var o = 0; o < Out; o++)
            {
                double gradient = outputGradient[n * Out + o];
                if (Bias)
                    call.Parameters[1].AddGradient(o, gradient);
                for (var i = 0; i < In; i++)
                {
                    weight.AddGradient(o * In + i, gradient * call.Input[n * In + i]);
                    inputGradient[n * In + i] += gradient * weight.Values[o * In + i];
                }
            }
        }
        return inputGradient;
    }

    /// <inheritdoc/>
    public override double[] Rounded(LayerCall call, double[] output)
    {
        double[] weight = call.Parameters[0].Values;
        return
        [
            .. output.Select((sum, y) => Rounding.OfSum(
                sum, Enumerable.Range(0, In).Sum(i => Square(call.Input[y / Out * In + i] * weight[y % Out * In + i])), In)),
        ];
    }

    /// <inheritdoc/>
    public override double[] RoundedBackward(LayerCall call, double[] output, double[] outputGradient, double[] inputGradient)
    {
        double[] weight = call.Parameters[0].Values;
        return
        [
            .. inputGradient.Select((sum, x) => Rounding.OfSum(
                sum, Enumerable.Range(0, Out).Sum(o => Square(outputGradient[x / In * Out + o] * weight[o * In + x % In])), Out)),
        ];
    }

    private static double Square(double x) => x * x;
}
