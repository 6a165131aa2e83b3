namespace NetGen.Tests.Reference.Layers;

/// <summary>Windows as PyTorch cuts them: from ⌊o·size / outputs⌋ to ⌈(o + 1)·size / outputs⌉.</summary>
internal abstract record AdaptivePool2dLayer(Pair Size) : Layer
{
    public override string Prefix => "pool";

    protected string Argument => Size.IsSquare ? $"{Size.Height}" : $"[{Size.Height}, {Size.Width}]";

    public override int[] OutputShape(int[] input) => [input[0], Size.Height, Size.Width];

    protected void ForEachWindow(LayerCall call, Action<int, IReadOnlyList<int>> visit)
    {
        (int, int) Part(int place, int size, int outputs) => ((int)Math.Floor((double)place * size / outputs), (int)Math.Ceiling((place + 1.0) * size / outputs));
        Window.ForEach(call, p => Part(p, call.InputShape[1], Size.Height), q => Part(q, call.InputShape[2], Size.Width), visit);
    }
}

/// <summary>The mean of each part.</summary>
internal sealed record AdaptiveAvgPool2dLayer(Pair Size) : AdaptivePool2dLayer(Size)
{
    public override string Attribute => $"AdaptiveAvgPool2d({Argument})";

    public override double[] Forward(LayerCall call)
    {
        var output = new double[call.Batch * call.OutputSize];
        ForEachWindow(call, (y, window) => output[y] = window.Average(x => call.Input[x]));
        return output;
    }

    public override double[] Backward(LayerCall call, double[] output, double[] outputGradient)
    {
        var inputGradient = new double[call.Input.Length];
        ForEachWindow(call, (y, window) =>
        {
            foreach (int x in window)
                inputGradient[x] += outputGradient[y] / window.Count;
        });
        return inputGradient;
    }
}

/// <summary>The largest value of each part; of equal values the first in row-major order takes the gradient.</summary>
internal sealed record AdaptiveMaxPool2dLayer(Pair Size) : AdaptivePool2dLayer(Size)
{
    public override string Attribute => $"AdaptiveMaxPool2d({Argument})";

    public override double[] Forward(LayerCall call)
    {
        var output = new double[call.Batch * call.OutputSize];
        ForEachWindow(call, (y, window) => output[y] = window.Max(x => call.Input[x]));
        return output;
    }

    public override double[] Backward(LayerCall call, double[] output, double[] outputGradient)
    {
        var inputGradient = new double[call.Input.Length];
        ForEachWindow(call, (y, window) => inputGradient[MaxPool2dLayer.First(call.Input, window)] += outputGradient[y]);
        return inputGradient;
    }

    /// <inheritdoc/>
    public override double Margin(LayerCall call)
    {
        var margin = double.PositiveInfinity;
        ForEachWindow(call, (_, window) => margin = Math.Min(margin, MaxPool2dLayer.Margin(call.Input, window)));
        return margin;
    }
}

/// <summary>The largest value of each channel.</summary>
internal sealed record GlobalMaxPool2dLayer : Layer
{
    public override string Prefix => "pool";

    public override string Attribute => "GlobalMaxPool2d";

    public override int[] OutputShape(int[] input) => [input[0]];

    public override double[] Forward(LayerCall call) => [.. Planes(call).Select(plane => plane.Max(x => call.Input[x]))];

    public override double[] Backward(LayerCall call, double[] output, double[] outputGradient)
    {
        var inputGradient = new double[call.Input.Length];
        foreach ((int[] plane, int y) in Planes(call).Select((plane, y) => (plane, y)))
            inputGradient[MaxPool2dLayer.First(call.Input, plane)] += outputGradient[y];
        return inputGradient;
    }

    /// <inheritdoc/>
    public override double Margin(LayerCall call) => Planes(call).Min(plane => MaxPool2dLayer.Margin(call.Input, plane));

    private static IEnumerable<int[]> Planes(LayerCall call) => Enumerable.Range(0, call.Input.Length).Chunk(call.InputShape[1] * call.InputShape[2]);
}
