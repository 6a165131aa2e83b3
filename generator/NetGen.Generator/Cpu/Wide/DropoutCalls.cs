using System.Globalization;
using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Text;

namespace NetGen.Generator.Cpu.Wide;

/// <summary>Calls of dropout's methods. Pieces are lines of all samples.</summary>
internal static class DropoutCalls
{
    /// <summary>(x, y). What is dropped is a function of seed, salt, sample and place in the sample.</summary>
    public static WideCall Dropout(int channels, int height, int width, PixelSteps x, PixelSteps y, double probability, int salt) =>
        Drop("Dropout", channels, height, width, probability, salt, x, y);

    /// <summary>(dy), in place: drops what <see cref="Dropout"/> with the same numbers dropped.</summary>
    public static WideCall DropoutGradient(int channels, int height, int width, PixelSteps dy, double probability, int salt) =>
        Drop("DropoutGradient", channels, height, width, probability, salt, dy);

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
