namespace NetGen.Tests.Reference.Layers;

/// <summary>x − log Σ eˣ over dimension 1: the features, or the channels at each pixel.</summary>
/// <param name="HasDim">Whether the attribute says the dimension, as it must for images.</param>
internal sealed record LogSoftmaxLayer(bool HasDim = false) : Layer
{
    public override string Prefix => "logsoftmax";

    public override bool IsSeldomRepeated => true;

    public override string Attribute => HasDim ? "LogSoftmax(dim: 1)" : "LogSoftmax";

    public override double[] Forward(LayerCall call)
    {
        var output = new double[call.Input.Length];
        ChannelGroups.ForEach(call, group =>
        {
            double largest = group.Max(i => call.Input[i]);
            double logSum = largest + Math.Log(group.Sum(i => Math.Exp(call.Input[i] - largest)));
            foreach (int i in group)
                output[i] = call.Input[i] - logSum;
        });
        return output;
    }

    public override double[] Backward(LayerCall call, double[] output, double[] outputGradient)
    {
        var inputGradient = new double[call.Input.Length];
        ChannelGroups.ForEach(call, group =>
        {
            double sum = group.Sum(i => outputGradient[i]);
            foreach (int i in group)
                inputGradient[i] = outputGradient[i] - Math.Exp(output[i]) * sum;
        });
        return inputGradient;
    }

    /// <inheritdoc/>
    public override double[] RoundedBackward(LayerCall call, double[] output, double[] outputGradient, double[] inputGradient) =>
        [.. inputGradient.Select((gradient, i) => Math.Abs(gradient) + Math.Abs(outputGradient[i]))];
}
