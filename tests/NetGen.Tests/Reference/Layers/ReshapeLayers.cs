namespace NetGen.Tests.Reference.Layers;

/// <summary>A layer that puts each value somewhere else.</summary>
internal abstract record MovingLayer : Layer
{
    /// <summary>The place in the input that a place of the output, both of a sample, is taken from.</summary>
    protected abstract int From(LayerCall call, int place);

    public sealed override double[] Forward(LayerCall call)
    {
        int size = call.OutputSize;
        return [.. Enumerable.Range(0, call.Batch * size).Select(i => call.Input[(i / size * size) + From(call, i % size)])];
    }

    public sealed override double[] Backward(LayerCall call, double[] output, double[] outputGradient)
    {
        var inputGradient = new double[call.Input.Length];
        int size = call.OutputSize;
        for (var i = 0; i < outputGradient.Length; i++)
            inputGradient[(i / size * size) + From(call, i % size)] = outputGradient[i];
        return inputGradient;
    }

    /// <summary>Nothing is computed.</summary>
    public override double[] Rounded(LayerCall call, double[] output) => new double[output.Length];

    /// <inheritdoc/>
    public override double[] RoundedBackward(LayerCall call, double[] output, double[] outputGradient, double[] inputGradient) => new double[inputGradient.Length];
}

/// <summary>The same values in the same order with other extents.</summary>
internal sealed record ReshapeLayer(int[] Shape) : MovingLayer
{
    public override string Prefix => "reshape";

    public override string Attribute => $"Reshape({string.Join(", ", Shape)})";

    public override int[] OutputShape(int[] input) => Shape;

    protected override int From(LayerCall call, int place) => place;
}

/// <summary>y[c, h·f + i, w·f + j] = x[c·f² + i·f + j, h, w].</summary>
internal sealed record PixelShuffleLayer(int Factor) : MovingLayer
{
    public override string Prefix => "pixelshuffle";

    public override string Attribute => $"PixelShuffle({Factor})";

    public override int[] OutputShape(int[] input) => [input[0] / (Factor * Factor), input[1] * Factor, input[2] * Factor];

    protected override int From(LayerCall call, int place) => Shuffled(place, call.OutputShape, Factor);

    /// <summary>Where, among the channels, a pixel of the larger image has its value.</summary>
    public static int Shuffled(int place, int[] large, int factor)
    {
        (int height, int width) = (large[1], large[2]);
        (int c, int row, int column) = (place / (height * width), place / width % height, place % width);
        int channel = (((c * factor) + (row % factor)) * factor) + (column % factor);
        return (((channel * (height / factor)) + (row / factor)) * (width / factor)) + (column / factor);
    }
}

/// <summary>y[c·f² + i·f + j, h, w] = x[c, h·f + i, w·f + j].</summary>
internal sealed record PixelUnshuffleLayer(int Factor) : MovingLayer
{
    public override string Prefix => "pixelunshuffle";

    public override string Attribute => $"PixelUnshuffle({Factor})";

    public override int[] OutputShape(int[] input) => [input[0] * Factor * Factor, input[1] / Factor, input[2] / Factor];

    protected override int From(LayerCall call, int place)
    {
        (int height, int width) = (call.OutputShape[1], call.OutputShape[2]);
        (int channel, int row, int column) = (place / (height * width), place / width % height, place % width);
        (int c, int i, int j) = (channel / (Factor * Factor), channel / Factor % Factor, channel % Factor);
        return (((c * height * Factor) + (row * Factor) + i) * width * Factor) + (column * Factor) + j;
    }
}
