namespace NetGen.Tests.Reference.Layers;

/// <summary>eˣ / Σ eˣ over dimension 1: the features, or the channels at each pixel.</summary>
/// <param name="HasDim">Whether the attribute says the dimension, as it must for images.</param>
internal sealed record SoftmaxLayer(bool HasDim = false) : Layer
{
    public override string Prefix => "softmax";

    public override bool IsSeldomRepeated => true;

    public override string Attribute => HasDim ? "Softmax(dim: 1)" : "Softmax";

    public override double[] Forward(LayerCall call)
    {
        var output = new double[call.Input.Length];
        ChannelGroups.ForEach(call, group =>
        {
            double largest = group.Max(i => call.Input[i]);
            double sum = group.Sum(i => Math.Exp(call.Input[i] - largest));
            foreach (int i in group)
                output[i] = Math.Exp(call.Input[i] - largest) / sum;
        });
        return output;
    }

    public override double[] Backward(LayerCall call, double[] output, double[] outputGradient)
    {
        var inputGradient = new double[call.Input.Length];
        ChannelGroups.ForEach(call, group =>
        {
            double mean = group.Sum(i => outputGradient[i] * output[i]);
            foreach (int i in group)
                inputGradient[i] = output[i] * (outputGradient[i] - mean);
        });
        return inputGradient;
    }

    /// <inheritdoc/>
    /// <remarks>The exponent is rounded too, by as much as it is large.</remarks>
    public override double[] Rounded(LayerCall call, double[] output) =>
        [.. output.Select((y, i) => y * (1 + Math.Abs(Math.Log(Math.Max(y, double.Epsilon)))))];

    /// <inheritdoc/>
    public override double[] RoundedBackward(LayerCall call, double[] output, double[] outputGradient, double[] inputGradient) =>
        [.. inputGradient.Select((gradient, i) => Math.Abs(gradient) + Math.Abs(output[i] * outputGradient[i]))];
}
