using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Text;

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

    /// <summary>Over the channels of each pixel, whatever lies between rows: (x, y), or (y, dy) in place. Pieces are lines of samples.</summary>
    public static WideCall OfChannels(bool isLog, bool isGradient, int channels, int height, int width, PixelSteps first, PixelSteps second)
    {
        string method = $"Channel{(isLog ? "Log" : "")}Softmax{(isGradient ? "Gradient" : "")}";
        var numbers = new WideNumbers("PixelFeatures",
        [
            ("Channels", channels), ("Height", height), ("Width", width),
            ("X", first.Pixel), ("XRow", first.Row), ("XSample", first.Sample), ("Y", second.Pixel), ("YRow", second.Row), ("YSample", second.Sample),
        ]);
        return new(method, Describe.Text(method, channels, height, width), numbers, new WidePieces(1, height));
    }

    private static WideCall Of(string method, int channels, int height, int width, PixelSteps first, PixelSteps second)
    {
        if (height > 1 && (first.Row != width * first.Pixel || second.Row != width * second.Pixel))
            throw new ArgumentException("There is something between the rows.", nameof(first));
        string numbers = $"Pixels = {Literal.Of(height * width)}, Channels = {Literal.Of(channels)}, X = {Literal.Of(first.Pixel)}, XSample = {Literal.Of(first.Sample)}, "
            + $"Y = {Literal.Of(second.Pixel)}, YSample = {Literal.Of(second.Sample)}";
        return new(method, Describe.Text(method, channels, height, width), new WideNumbers("Features", numbers), new WidePieces(1, 1));
    }
}
