using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Text;

namespace NetGen.Generator.Cpu.Wide;

/// <summary>
/// Calls of the parts of batch norm and of the bias gradient. Weights, statistics and sums are per channel, padded to 16; statistics and sums
/// are three rows of them. Values that are normalised one by one are channels of an image of one pixel.
/// </summary>
internal static class NormalizationCalls
{
    /// <summary>(dy, db). Pieces are parts of the channels.</summary>
    public static WideCall BiasGradient(int channels, int height, int width, PixelSteps dy) => Sums("BiasGradient", channels, height, width, [], dy);

    /// <summary>(x, running mean, running variance, statistics). Pieces are parts of the channels.</summary>
    public static WideCall BatchStatistics(int channels, int height, int width, PixelSteps x, double eps, double momentum) =>
        Sums("BatchStatistics", channels, height, width, [Literal.Of((float)eps), Literal.Of((float)momentum), Literal.Of((float)(1 - momentum))], x);

    /// <summary>(running mean, running variance, statistics). Pieces are parts of the channels.</summary>
    public static WideCall RunningStatistics(int channels, double eps)
    {
        int padded = WideConvolution.Padded(channels);
        return new(
            "RunningStatistics", $"RunningStatistics of {Literal.Of(channels)}", null, new WidePieces(PixelWalk.Parts(padded), 1, PerSample: false))
        {
            More = [Literal.Of(padded), Literal.Of(PixelWalk.Part(padded)), Literal.Of((float)eps)],
        };
    }

    /// <summary>(x, weight, bias, statistics, y). Pieces are lines of all samples.</summary>
    public static WideCall Normalize(int channels, int height, int width, PixelSteps x, PixelSteps y) => Lines("Normalize", channels, height, width, x, y);

    /// <summary>(x, dy, statistics, dweight, dbias, sums): sums get the mean gradient, its rest, and Σ dy·(x − mean)/(nσ²). Pieces are parts of the channels.</summary>
    public static WideCall NormalizeParameterGradient(int channels, int height, int width, PixelSteps x, PixelSteps dy) =>
        Sums("NormalizeParameterGradient", channels, height, width, [], x, dy);

    /// <summary>(x, dy, weight, statistics, sums, dx), with the batch's statistics. Pieces are lines of all samples.</summary>
    public static WideCall NormalizeInputGradient(int channels, int height, int width, PixelSteps x, PixelSteps dy, PixelSteps dx) =>
        Lines("NormalizeInputGradient", channels, height, width, x, dy, dx);

    /// <summary>(dy, weight, statistics, dx), with running statistics. Pieces are lines of all samples.</summary>
    public static WideCall NormalizeInputGradientRunning(int channels, int height, int width, PixelSteps dy, PixelSteps dx) =>
        Lines("NormalizeInputGradientRunning", channels, height, width, dy, dx);

    private static WideCall Lines(string method, int channels, int height, int width, params PixelSteps[] steps)
    {
        PixelWalk walk = PixelWalk.Of(channels, height, width, steps);
        return new(method, Describe.Text(method, channels, height, width), walk.Lines, walk.LinePieces);
    }

    private static WideCall Sums(string method, int channels, int height, int width, string[] more, params PixelSteps[] steps)
    {
        PixelWalk walk = PixelWalk.Of(channels, height, width, steps);
        return new(method, Describe.Text(method, channels, height, width), walk.Pixels, walk.ChannelPieces) { More = more };
    }
}
