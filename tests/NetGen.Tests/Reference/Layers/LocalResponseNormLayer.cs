namespace NetGen.Tests.Reference.Layers;

/// <summary>y = x · (k + α/size · Σ x²)^−β, summed over channels from size/2 before to (size − 1)/2 behind at the same pixel.</summary>
internal sealed record LocalResponseNormLayer(int Size, double Alpha = 1e-4, double Beta = 0.75, double K = 1) : Layer
{
    public override string Prefix => "responsenorm";

    public override string Attribute => FormattableString.Invariant($"LocalResponseNorm({Size}, {Alpha}, {Beta}, {K})");

    public override double[] Forward(LayerCall call) => [.. call.Input.Select((x, i) => x * Math.Pow(Scale(call, i), -Beta))];

    public override double[] Backward(LayerCall call, double[] output, double[] outputGradient)
    {
        var inputGradient = new double[call.Input.Length];
        for (var i = 0; i < inputGradient.Length; i++)
        {
            double scale = Scale(call, i);
            inputGradient[i] += outputGradient[i] * Math.Pow(scale, -Beta);
            foreach (int j in Window(call, i))
                inputGradient[j] -= outputGradient[i] * call.Input[i] * Beta * Math.Pow(scale, -Beta - 1) * 2 * Alpha / Size * call.Input[j];
        }
        return inputGradient;
    }

    /// <inheritdoc/>
    /// <remarks>What neighbours take may leave nothing of a gradient.</remarks>
    public override double[] RoundedBackward(LayerCall call, double[] output, double[] outputGradient, double[] inputGradient) =>
        [.. inputGradient.Select((gradient, i) => Math.Abs(gradient) + Math.Abs(outputGradient[i] * Math.Pow(Scale(call, i), -Beta)))];

    private double Scale(LayerCall call, int i) => K + (Alpha / Size * Window(call, i).Sum(j => call.Input[j] * call.Input[j]));

    private IEnumerable<int> Window(LayerCall call, int i)
    {
        int area = call.InputShape[1] * call.InputShape[2], channel = i / area % call.InputShape[0];
        for (int c = Math.Max(0, channel - (Size / 2)); c <= Math.Min(call.InputShape[0] - 1, channel + ((Size - 1) / 2)); c++)
            yield return i + ((c - channel) * area);
    }
}
