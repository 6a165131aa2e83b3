using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Text;

namespace NetGen.Generator.Cpu.Wide;

/// <summary>Calls of the methods that normalise by the response of neighbouring channels. Pieces are lines of all samples.</summary>
internal static class ResponseNormalizationCalls
{
    /// <summary>(x, scale, y), or (x, y, dy, scale, terms, dx).</summary>
    public static WideCall Of(PixelResponseNormalization n)
    {
        string method = n.IsGradient ? "ResponseNormGradient" : "ResponseNorm";
        PixelShape s = n.Shape;
        var numbers = new WideNumbers("Responses",
        [
            ("Height", s.Height), ("Width", s.Width), ("Floats", WideConvolution.Padded(s.Channels)), ("Channels", s.Channels),
            ("Before", n.Window.Size / 2), ("After", (n.Window.Size - 1) / 2),
            .. n.Steps.SelectMany((steps, i) => new[] { ($"T{i}", steps.Pixel), ($"T{i}Row", steps.Row), ($"T{i}Sample", steps.Sample) }),
        ]);
        double share = n.Window.Alpha / n.Window.Size;
        string beta = Literal.Of((float)n.Window.Beta);
        return new(method, Describe.Text(method, s.Channels, s.Height, s.Width), numbers, new WidePieces(1, s.Height))
        {
            More = n.IsGradient ? [Literal.Of((float)(2 * share * n.Window.Beta)), beta] : [Literal.Of((float)share), Literal.Of((float)n.Window.K), beta],
        };
    }
}
