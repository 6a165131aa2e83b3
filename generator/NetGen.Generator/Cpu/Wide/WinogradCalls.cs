using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Operations;
using NetGen.Generator.Text;

namespace NetGen.Generator.Cpu.Wide;

/// <summary>Calls of Winograd's convolutions.</summary>
internal static class WinogradCalls
{
    /// <summary>(x, w, y, bias, other), pieces being blocks of tiles × panels; a weight gradient: (x, dy, dw), pieces being panels.</summary>
    public static WideCall Of(WinogradContraction c) => c.Target == Target.Weight ? WeightGradient(c) : Product(c);

    private static WideCall Product(WinogradContraction c)
    {
        WinogradTiles t = c.Tiles;
        WideEpilogue e = c.Epilogue;
        bool isGradient = c.Target == Target.Input;
        (string Name, int Value)[] weights = isGradient
            ? [("Rows", t.Out), ("WWidth", WideConvolution.PanelWidth(t.In)), ("WPanel", c.Convolution.PanelFloats)]
            : [];
        WideNumbers numbers = Numbers(
            c, [("O", e.OtherSteps.Pixel), ("ORow", e.OtherSteps.Row), ("OSample", e.OtherSteps.Sample), ("Flags", e.Flags), .. weights]);
        return new(isGradient ? "WinogradInputGradient" : "Winograd", c.Summary, numbers, new WidePieces(t.Panels, 0, t.PerImage, t.Block))
        {
            More = e.HasLowest ? [] : ["float.NegativeInfinity"],
            HasFloor = e.HasLowest,
            Scratch = t.Scratch + WinogradKernels.WeightFloats + (isGradient ? WinogradKernels.TurnedFloats : 0),
            Also = new() { Map = true, Columns32 = true, Columns16 = WideConvolution.Padded(t.Out) % 32 == 16, Turn = isGradient },
        };
    }

    private static WideCall WeightGradient(WinogradContraction c)
    {
        WinogradTiles t = c.Tiles;
        WideNumbers numbers = Numbers(c, [("UStep", t.SumStep), ("Panel", c.Convolution.PanelFloats)]);
        return new("WinogradWeightGradient", c.Summary, numbers, new WidePieces(t.Panels, 1, PerSample: false))
        {
            Scratch = t.Scratch + (WinogradTiles.Matrices * Math.Min(WinogradGradientKernel.Group, t.Panels) * t.SumStep),
            Also = new() { Sums = true, Columns32 = true },
        };
    }

    private static WideNumbers Numbers(WinogradContraction c, (string Name, int Value)[] more)
    {
        WinogradTiles t = c.Tiles;
        return new("Tiles",
        [
            ("In", t.In), ("Out", WideConvolution.Padded(t.Out)), ("Panels", t.Panels),
            ("Height", t.Height), ("Width", t.Width), ("PerLine", t.PerLine), ("PerImage", t.PerImage), ("Block", t.Block),
            ("Start", (t.FirstRow * c.Read.Row) + (t.FirstColumn * c.Read.Pixel)), ("X", c.Read.Pixel), ("XRow", c.Read.Row), ("XSample", c.Read.Sample),
            ("Y", c.Written.Pixel), ("YRow", c.Written.Row), ("YSample", c.Written.Sample),
            ("VRow", t.InputRow), ("VStep", t.InputStep), ("MStep", t.OutputStep),
            .. more,
        ]);
    }
}
