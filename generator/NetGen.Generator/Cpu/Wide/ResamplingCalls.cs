using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Operations;

namespace NetGen.Generator.Cpu.Wide;

/// <summary>Calls of the methods that move, repeat and mix pixels.</summary>
internal static class ResamplingCalls
{
    /// <summary>(x, y), pieces being output lines of all samples; or (dy, dx), pieces being parts of the channels of each sample.</summary>
    public static WideCall Of(PixelResampling p)
    {
        (ResampledAxis rows, ResampledAxis columns) = (p.Resampling.Rows, p.Resampling.Columns);
        int floats = WideConvolution.Padded(p.Channels), parts = PixelWalk.Parts(floats);
        string method = p.IsGradient ? "ResampleGradient" : "Resample";
        var numbers = new WideNumbers("Resampling",
        [
            ("Kind", (int)p.Resampling.Kind), ("Floats", floats), ("Part", PixelWalk.Part(floats)), ("Parts", parts),
            ("Height", rows.Input), ("OutHeight", rows.Output), ("Top", rows.Before), ("Down", rows.Step),
            ("Width", columns.Input), ("OutWidth", columns.Output), ("Left", columns.Before), ("Along", columns.Step),
            ("X", p.Small.Pixel), ("XRow", p.Small.Row), ("XSample", p.Small.Sample), ("Y", p.Large.Pixel), ("YRow", p.Large.Row), ("YSample", p.Large.Sample),
        ]);
        return new(method, Describe.Text(method, p.Channels, rows.Input, columns.Input), numbers, p.IsGradient ? new WidePieces(parts, 1) : new WidePieces(1, rows.Output));
    }
}
