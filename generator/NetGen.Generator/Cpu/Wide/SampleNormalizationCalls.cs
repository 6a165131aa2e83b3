using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Text;

namespace NetGen.Generator.Cpu.Wide;

/// <summary>Calls of the methods that normalise each sample by itself.</summary>
internal static class SampleNormalizationCalls
{
    /// <summary>Pieces are samples, lines of all samples, or, of the parameters' gradients, blocks of channels.</summary>
    public static WideCall Of(PixelSampleNormalization n)
    {
        PixelShape s = n.Shape;
        int floats = WideConvolution.Padded(s.Channels), blocks = floats / InstructionSet.Block;
        PixelSteps[] images = n.Part switch
        {
            SampleNormalizationPart.Statistics => [n.X],
            SampleNormalizationPart.Normalize => [n.X, n.Result],
            SampleNormalizationPart.InputGradient => [n.X, n.DY, n.Result],
            _ => [n.X, n.DY],
        };
        WidePieces pieces = n.Part switch
        {
            SampleNormalizationPart.Statistics or SampleNormalizationPart.GradientSums => new(1, 1),
            SampleNormalizationPart.ParameterGradient => new(n.IsPerValue ? blocks * s.Height * s.Width : blocks, 1, PerSample: false),
            _ => new(1, s.Height),
        };
        var numbers = new WideNumbers("Groups",
        [
            ("Height", s.Height), ("Width", s.Width), ("Floats", floats), ("Channels", s.Channels), ("Group", s.Channels / n.Groups),
            ("Statistics", n.Statistics), ("Weights", n.IsPerValue ? floats : 0),
            .. images.SelectMany((steps, i) => new[] { ("XYZ".Substring(i, 1), steps.Pixel), ("XYZ".Substring(i, 1) + "Row", steps.Row), ("XYZ".Substring(i, 1) + "Sample", steps.Sample) }),
        ]);
        bool hasTwoForms = n.Part is SampleNormalizationPart.Normalize or SampleNormalizationPart.GradientSums or SampleNormalizationPart.InputGradient;
        string method = $"Sample{n.Part}{(hasTwoForms && !n.HasWeights ? "Plain" : "")}";
        return new(method, Describe.Text(method, s.Channels, s.Height, s.Width), numbers, pieces)
        {
            More = n.Part == SampleNormalizationPart.Statistics ? [Literal.Of((float)n.Eps)] : [],
        };
    }
}
