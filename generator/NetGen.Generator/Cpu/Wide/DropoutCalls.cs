using System.Globalization;
using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Text;

namespace NetGen.Generator.Cpu.Wide;

/// <summary>Calls of dropout's methods. Pieces are lines of all samples.</summary>
internal static class DropoutCalls
{
    /// <summary>
    /// (x, y), or (dy) in place, which drops what the other with the same numbers dropped. What is dropped is a function of seed, salt, sample and place
    /// in the sample, or of the channel instead of the place.
    /// </summary>
    public static WideCall Of(PixelDropout d)
    {
        PixelShape s = d.Shape;
        string method = $"Dropout{(d.IsPerChannel ? "2d" : "")}{(d.IsGradient ? "Gradient" : "")}";
        PixelWalk walk = PixelWalk.Of(s.Channels, s.Height, s.Width, d.IsGradient ? [d.Last] : [d.First, d.Last]);
        string threshold = ((uint)Math.Min(uint.MaxValue, d.Probability * 4294967296.0)).ToString(CultureInfo.InvariantCulture);
        return new(method, Describe.Text(method, s.Channels, s.Height, s.Width), walk.Lines, walk.LinePieces, IsRandom: true)
        {
            More = [Literal.Of(checked(s.Height * s.Width * (d.IsPerChannel ? 1 : walk.Channels))), Literal.Of(d.Salt), threshold, Literal.Of((float)(1 / (1 - d.Probability)))],
        };
    }
}
