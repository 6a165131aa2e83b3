namespace NetGen.Generator.Cpu.Wide;

/// <summary>Calls of softmax and its logarithm over all features of a sample: an image without anything between its rows. Pieces are samples.</summary>
internal static class SoftmaxCalls
{
    /// <summary>(x, y).</summary>
    public static WideCall Softmax(int channels, int height, int width, PixelSteps x, PixelSteps y) => Of("Softmax", channels, height, width, x, y);

    /// <summary>(x, y).</summary>
    public static WideCall LogSoftmax(int channels, int height, int width, PixelSteps x, PixelSteps y) => Of("LogSoftmax", channels, height, width, x, y);

    /// <summary>(y, dy), in place.</summary>
    public static WideCall SoftmaxGradient(int channels, int height, int width, PixelSteps y, PixelSteps dy) => Of("SoftmaxGradient", channels, height, width, y, dy);

    /// <summary>(y, dy), in place; y are logarithms.</summary>
    public static WideCall LogSoftmaxGradient(int channels, int height, int width, PixelSteps y, PixelSteps dy) => Of("LogSoftmaxGradient", channels, height, width, y, dy);

    private static WideCall Of(string method, int channels, int height, int width, PixelSteps first, PixelSteps second)
    {
        if (height > 1 && (first.Row != width * first.Pixel || second.Row != width * second.Pixel))
            throw new ArgumentException("There is something between the rows.", nameof(first));
        string numbers = $"Pixels = {Operands.Text(height * width)}, Channels = {Operands.Text(channels)}, X = {Operands.Text(first.Pixel)}, XSample = {Operands.Text(first.Sample)}, "
            + $"Y = {Operands.Text(second.Pixel)}, YSample = {Operands.Text(second.Sample)}";
        return new(method, Describe.Text(method, channels, height, width), $"new Wide.Features {{ {numbers} }}", new WidePieces(1, 1));
    }
}
