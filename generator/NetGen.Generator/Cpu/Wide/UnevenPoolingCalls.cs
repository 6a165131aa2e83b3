using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Operations;
using NetGen.Generator.Text;

namespace NetGen.Generator.Cpu.Wide;

/// <summary>Calls of poolings whose windows are not all alike.</summary>
internal static class UnevenPoolingCalls
{
    /// <summary>(x, y). Pieces are output lines of all samples.</summary>
    public static WideCall Of(PixelPooling p, UnevenWindows windows) => new(
        p.IsMax ? "UnevenMaxPool" : "UnevenAveragePool", Describe.Text(p.IsMax ? "MaxPool" : "AveragePool", p.Channels, p.Rows, p.Columns),
        Numbers(p.Channels, p.Rows, p.Columns, windows, false, ("X", p.X), ("Y", p.Y)), new WidePieces(1, p.Rows.Output));

    /// <summary>(x, y, dy, dx) of the maximum, (dy, dx) of the mean. Pieces are parts of the channels of each sample.</summary>
    public static WideCall Of(PixelPoolingGradient p, UnevenWindows windows) => new(
        p.IsMax ? "UnevenMaxPoolGradient" : "UnevenAveragePoolGradient", Describe.Text(p.IsMax ? "MaxPoolGradient" : "AveragePoolGradient", p.Channels, p.Rows, p.Columns),
        Numbers(p.Channels, p.Rows, p.Columns, windows, p.MasksByInput, [.. p.IsMax ? new[] { ("X", p.X), ("Y", p.Y) } : [], ("DY", p.DY), ("DX", p.DX)]),
        new WidePieces(PixelWalk.Parts(WideConvolution.Padded(p.Channels)), 1));

    private static WideNumbers Numbers(int channels, WideAxis rows, WideAxis columns, UnevenWindows windows, bool masks, params (string Name, PixelSteps Steps)[] tensors)
    {
        int padded = WideConvolution.Padded(channels);
        (UnevenAxis down, UnevenAxis along) = (windows.Rows, windows.Columns);
        (string Name, int Value)[] members =
        [
            ("Channels", padded), ("Part", PixelWalk.Part(padded)), ("Parts", PixelWalk.Parts(padded)),
            ("Height", rows.Input), ("OutHeight", rows.Output), ("Down", down.Step), ("DownParts", down.Parts), ("Top", down.Before), ("Bottom", down.Reach),
            ("CountedTop", down.CountedBefore), ("CountedBottom", down.CountedPast),
            ("Width", columns.Input), ("OutWidth", columns.Output), ("Along", along.Step), ("AlongParts", along.Parts), ("Left", along.Before), ("Right", along.Reach),
            ("CountedLeft", along.CountedBefore), ("CountedRight", along.CountedPast),
            .. tensors.SelectMany(t => new[] { (t.Name, t.Steps.Pixel), (t.Name + "Row", t.Steps.Row), (t.Name + "Sample", t.Steps.Sample) }),
        ];
        var numbers = new WideNumbers("UnevenWindows", members);
        return masks ? numbers with { Members = numbers.Members + ", Masks = true" } : numbers;
    }
}
