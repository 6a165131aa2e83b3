namespace NetGen.Tests.Reference.Layers;

/// <summary>MaxPool3d and AvgPool3d: the largest value, or the mean, of each window.</summary>
internal sealed record Pool3dLayer(bool IsMax, int[] Kernel, int[] Stride, int[] Padding) : VolumeWindowLayer(Kernel, Stride, Padding)
{
    /// <summary>PyTorch's count_include_pad.</summary>
    public bool CountIncludePad { get; init; } = true;

    public override string Prefix => "pool";

    public override string Attribute =>
        $"{(IsMax ? "Max" : "Avg")}Pool3d({Arguments(Kernel)}{(CeilMode ? ", ceilMode: true" : "")}{(IsMax || CountIncludePad ? "" : ", countIncludePad: false")})";

    public override int[] OutputShape(int[] input) => [input[0], .. Counts(input)];

    public override double[] Forward(LayerCall call)
    {
        var output = new double[call.Batch * call.OutputSize];
        ForEach(call, (y, window) => output[y] = IsMax ? call.Input[MaxPool2dLayer.First(call.Input, window)] : window.Sum(x => call.Input[x]) / Divisor(call, y, window.Count));
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
                inputGradient[x] += outputGradient[y] / Divisor(call, y, window.Count);
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

    private void ForEach(LayerCall call, Action<int, IReadOnlyList<int>> visit) =>
        VolumeWindows.ForEach(call, (axis, place) => (place * Stride[axis] - Padding[axis], place * Stride[axis] - Padding[axis] + Kernel[axis]), visit);

    /// <summary>As PyTorch's loops have it: from the window's start to its end, or to that of the padding.</summary>
    private int Divisor(LayerCall call, int y, int covered)
    {
        if (!CountIncludePad)
            return covered;
        int[] o = call.OutputShape, places = [y / (o[3] * o[2]) % o[1], y / o[3] % o[2], y % o[3]];
        return Enumerable.Range(0, 3).Aggregate(1, (product, axis) =>
        {
            int start = places[axis] * Stride[axis] - Padding[axis];
            return product * (Math.Min(start + Kernel[axis], call.InputShape[axis + 1] + Behind(axis)) - start);
        });
    }
}
