namespace NetGen.Tests.Reference.Layers;

/// <summary>AdaptiveMaxPool3d and AdaptiveAvgPool3d: the largest value, or the mean, of each part, as PyTorch cuts them.</summary>
internal sealed record AdaptivePool3dLayer(bool IsMax, int[] Size) : Layer
{
    public override string Prefix => "pool";

    public override string Attribute => $"Adaptive{(IsMax ? "Max" : "Avg")}Pool3d([{string.Join(", ", Size)}])";

    public override int[] OutputShape(int[] input) => [input[0], .. Size];

    public override double[] Forward(LayerCall call)
    {
        var output = new double[call.Batch * call.OutputSize];
        ForEach(call, (y, window) => output[y] = IsMax ? window.Max(x => call.Input[x]) : window.Average(x => call.Input[x]));
        return output;
    }

    public override double[] Backward(LayerCall call, double[] output, double[] outputGradient)
    {
        var inputGradient = new double[call.Input.Length];
        ForEach(call, (y, window) =>
        {
            if (IsMax)
                inputGradient[MaxPool2dLayer.First(call.Input, window)] += outputGradient[y];
            foreach (int x in IsMax ? [] : window)
                inputGradient[x] += outputGradient[y] / window.Count;
        });
        return inputGradient;
    }

    /// <inheritdoc/>
    public override double Margin(LayerCall call)
    {
        var margin = double.PositiveInfinity;
        ForEach(call, (_, window) => margin = IsMax ? Math.Min(margin, MaxPool2dLayer.Margin(call.Input, window)) : margin);
        return margin;
    }

    private void ForEach(LayerCall call, Action<int, IReadOnlyList<int>> visit) => VolumeWindows.ForEach(
        call, (axis, place) => ((int)Math.Floor((double)place * call.InputShape[axis + 1] / Size[axis]), (int)Math.Ceiling((place + 1.0) * call.InputShape[axis + 1] / Size[axis])), visit);
}
