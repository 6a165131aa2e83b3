using System.Globalization;
using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Text;

namespace NetGen.Generator.Cpu.Wide;

/// <summary>Calls of the methods that go over activations value by value. Pieces are lines of all samples.</summary>
internal static class ElementwiseCalls
{
    /// <summary>(x, y).</summary>
    public static WideCall ReLU(int channels, int height, int width, PixelSteps x, PixelSteps y) => Of("ReLU", channels, height, width, x, y);

    /// <summary>(x, y).</summary>
    public static WideCall Sigmoid(int channels, int height, int width, PixelSteps x, PixelSteps y) => Of("Sigmoid", channels, height, width, x, y);

    /// <summary>(x, y).</summary>
    public static WideCall Tanh(int channels, int height, int width, PixelSteps x, PixelSteps y) => Of("Tanh", channels, height, width, x, y);

    /// <summary>(x, y).</summary>
    public static WideCall Copy(int channels, int height, int width, PixelSteps x, PixelSteps y) => Of("Copy", channels, height, width, x, y);

    /// <summary>(x, y): adds to y.</summary>
    public static WideCall Add(int channels, int height, int width, PixelSteps x, PixelSteps y) => Of("Add", channels, height, width, x, y);

    /// <summary>(x, y): multiplies y.</summary>
    public static WideCall Multiply(int channels, int height, int width, PixelSteps x, PixelSteps y) => Of("Multiply", channels, height, width, x, y);

    /// <summary>(y, dy), in place.</summary>
    public static WideCall ReLUGradient(int channels, int height, int width, PixelSteps y, PixelSteps dy) => Of("ReLUGradient", channels, height, width, y, dy);

    /// <summary>(y, dy), in place.</summary>
    public static WideCall SigmoidGradient(int channels, int height, int width, PixelSteps y, PixelSteps dy) => Of("SigmoidGradient", channels, height, width, y, dy);

    /// <summary>(y, dy), in place.</summary>
    public static WideCall TanhGradient(int channels, int height, int width, PixelSteps y, PixelSteps dy) => Of("TanhGradient", channels, height, width, y, dy);

    /// <summary>(x, y). What is dropped is a function of seed, salt, sample and place in the sample.</summary>
    public static WideCall Dropout(int channels, int height, int width, PixelSteps x, PixelSteps y, double probability, int salt) =>
        Drop("Dropout", channels, height, width, probability, salt, x, y);

    /// <summary>(dy), in place: drops what <see cref="Dropout"/> with the same numbers dropped.</summary>
    public static WideCall DropoutGradient(int channels, int height, int width, PixelSteps dy, double probability, int salt) =>
        Drop("DropoutGradient", channels, height, width, probability, salt, dy);

    private static WideCall Of(string method, int channels, int height, int width, params PixelSteps[] steps)
    {
        PixelWalk walk = PixelWalk.Of(channels, height, width, steps);
        return new(method, Describe.Text(method, channels, height, width), walk.Lines, walk.LinePieces);
    }

    private static WideCall Drop(string method, int channels, int height, int width, double probability, int salt, params PixelSteps[] steps)
    {
        PixelWalk walk = PixelWalk.Of(channels, height, width, steps);
        string threshold = ((uint)Math.Min(uint.MaxValue, probability * 4294967296.0)).ToString(CultureInfo.InvariantCulture);
        return new(method, Describe.Text(method, channels, height, width), walk.Lines, walk.LinePieces, IsRandom: true)
        {
            More = [Literal.Of(checked(height * width * walk.Channels)), Literal.Of(salt), threshold, Literal.Of((float)(1 / (1 - probability)))],
        };
    }
}
