namespace NetGen.Tests.Reference.Layers;

/// <summary>The others' channels, then the input's: channels are outermost in a sample, so samples follow one another.</summary>
internal sealed record ConcatLayer : Layer
{
    public override string Prefix => "concat";

    public override string Attribute => "Concat";

    public override int[] OutputShape(int[][] inputs) => [inputs.Sum(input => input[0]), .. inputs[0][1..]];

    public override double[] Forward(LayerCall call)
    {
        double[][] parts = [.. call.Others, call.Input];
        return [.. Enumerable.Range(0, call.Batch).SelectMany(n => parts.SelectMany(part => part.Skip(n * (part.Length / call.Batch)).Take(part.Length / call.Batch)))];
    }

    public override double[] Backward(LayerCall call, double[] output, double[] outputGradient) => BackwardAll(call, output, outputGradient)[0];

    public override double[][] BackwardAll(LayerCall call, double[] output, double[] outputGradient)
    {
        int[] sizes = [.. call.Others.Select(part => part.Length / call.Batch), call.InputSize];
        double[][] gradients = [.. sizes.Select((size, part) => Enumerable.Range(0, call.Batch)
            .SelectMany(n => outputGradient.Skip((n * sizes.Sum()) + sizes.Take(part).Sum()).Take(size)).ToArray())];
        return [gradients[^1], .. gradients[..^1]];
    }

    /// <summary>Nothing is computed.</summary>
    public override double[] Rounded(LayerCall call, double[] output) => new double[output.Length];
}
