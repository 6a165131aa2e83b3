using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Operations;
using NetGen.Generator.Text;

namespace NetGen.Generator.Cpu.Wide;

/// <summary>Calls of Winograd's convolutions.</summary>
internal static class WinogradCalls
{
    /// <summary>(x, u, y, bias, other). Pieces are blocks of tiles × panels.</summary>
    public static WideCall Product(WinogradContraction c)
    {
        WinogradTiles t = c.Tiles;
        WideEpilogue e = c.Epilogue;
        int flags = (e.Bias ? 1 : 0) | (e.Adds ? 2 : 0) | (e.HasLowest ? 8 : 0) | e.Other switch { WideOther.Add => 4, WideOther.Mask => 16, _ => 0 };
        (string Name, int Value)[] numbers =
        [
            ("In", t.In), ("Out", WideConvolution.Padded(t.Out)), ("Panels", t.Panels),
            ("Height", t.Height), ("Width", t.Width), ("PerLine", t.PerLine), ("PerImage", t.PerImage), ("Block", t.Block),
            ("Start", (t.FirstRow * c.Read.Row) + (t.FirstColumn * c.Read.Pixel)), ("X", c.Read.Pixel), ("XRow", c.Read.Row), ("XSample", c.Read.Sample),
            ("Y", c.Written.Pixel), ("YRow", c.Written.Row), ("YSample", c.Written.Sample),
            ("O", e.OtherSteps.Pixel), ("ORow", e.OtherSteps.Row), ("OSample", e.OtherSteps.Sample),
            ("UStep", t.WeightStep), ("VRow", t.InputRow), ("VStep", t.InputStep), ("MStep", t.OutputStep), ("Flags", flags),
        ];
        string text = $"new Wide.Tiles {{ {string.Join(", ", numbers.Where(n => n.Value != 0).Select(n => $"{n.Name} = {Literal.Of(n.Value)}"))} }}";
        return new("Winograd", c.Summary, e.HasLowest ? text : $"{text}, float.NegativeInfinity", new WidePieces(t.Panels, 0, t.PerImage, t.Block))
        {
            HasFloor = e.HasLowest,
            Scratch = t.Scratch,
            Also = new() { Map = true, Columns32 = true, Columns16 = WideConvolution.Padded(t.Out) % 32 == 16 },
        };
    }

    /// <summary>(w, u). Pieces are panels.</summary>
    public static WideCall Weights(WinogradWeights c)
    {
        WinogradTiles t = c.Tiles;
        var pieces = new WidePieces(t.Panels, 1, PerSample: false);
        return c.Target != Target.Input
            ? new("WinogradWeights", c.Summary, $"{Literal.Of(t.In)}, {Literal.Of(t.WeightStep)}", pieces)
            : new(
                "WinogradWeightsTurned", c.Summary,
                $"{Literal.Of(t.Out)}, {Literal.Of(t.In)}, {Literal.Of(c.Convolution.PanelFloats)}, {Literal.Of(WideConvolution.PanelWidth(t.In))}, {Literal.Of(t.WeightStep)}", pieces)
            {
                Scratch = WinogradKernels.TurnedScratch,
                Also = new() { Turn = true },
            };
    }
}
