using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Text;

namespace NetGen.Generator.Cpu.Wide;

/// <summary>
/// The input gradient of a linear layer. Its many weights are read once and used for few samples, so what counts is how they are read: in long
/// runs. For a few panels of outputs, the weights of some panels of inputs are read into the second-level cache; then one panel of inputs after
/// the other is turned into scratch that stays in the first-level cache, and used at once.
/// </summary>
internal static class LinearGradientDriver
{
    /// <summary>Panels of inputs in a piece.</summary>
    private const int Panels = 16;

    /// <summary>Outputs whose weights are turned at a time.</summary>
    private const int Terms = 128;

    public static WideDriver Write(WideConvolution c, MapDriver map, WideCut cut)
    {
        int panels = WideConvolution.Panels(c.In), width = WideConvolution.PanelWidth(c.In);
        WidePieces pieces = map.Pieces(cut, (panels + Panels - 1) / Panels);
        bool isHalfLast = panels > 1 && WideConvolution.Padded(c.In) % 32 == 16, cutsTerms = c.Out > Terms;
        int terms = Math.Min(Terms, c.Out);
        string[] members = [.. map.Members(width), "Taps = 1", "Lines = 1", $"Columns = {Literal.Of(Math.Min(32, WideConvolution.Padded(c.In)))}"];

        var w = new SourceWriter();
        w.Line($"Wide.Shape s = new() {{ {string.Join(", ", members)} }};");
        w.Line($"nint units = {pieces.Units};");
        using (w.Open("for (nint piece = from; piece < to; piece++)"))
        {
            w.Line($"nint first = piece / units, unit = piece - (first * units), count = Math.Min({Panels}, {panels} - (first * {Panels}));");
            using (w.Open($"for (nint k = 0; k < {c.Out}; k += {terms})"))
            {
                w.Line(cutsTerms ? $"s.K = Math.Min({Literal.Of(terms)}, {Literal.Of(c.Out)} - k);" : $"s.K = {Literal.Of(terms)};");
                w.Line($"s.Flags = {(cutsTerms ? map.Flags("k == 0", $"k >= {Literal.Of(c.Out - terms)}") : map.Flags(null, null))};");
                int stored = WideConvolution.PanelWidth(c.Out);
                w.Line("for (nint o = 0; o < s.K; o += 32)");
                w.Line($"    Wide.Touch(ref Unsafe.Add(ref w, ((k + o) / 32 * {c.PanelFloats}) + (first * {Panels * 32 * stored})), ref scratch, Math.Min({Panels * 32}, {c.In} - (first * {Panels * 32})) / 4 * {4 * stored});");
                using (w.Open("for (nint p = 0; p < count; p++)"))
                {
                    w.Line($"nint column = ((first * {Panels}) + p) * 32, rows = Math.Min(32, {c.In} - column);");
                    w.Line($"ref float wt = ref Unsafe.Add(ref w, column * {WideConvolution.PanelWidth(c.Out)});");
                    w.Line(InputGradientDriver.Turn(c, $"k / 32 * {Literal.Of(c.PanelFloats)}", "0", "s.K"));
                    if (isHalfLast)
                        w.Line($"s.Columns = column == {(panels - 1) * 32} ? 16 : 32;");
                    map.WritePlaces(w, cut, pieces, "unit", "dy", "dx");
                    w.Line($"Wide.Map(ref Unsafe.Add(ref at, k), ref scratch, ref ct, {map.EpilogueArguments()}, 1, in s);");
                }
            }
        }
        var needs = new WideNeeds { Map = true, Turn = true, Columns32 = c.In > 16, Columns16 = c.In <= 16 || isHalfLast };
        return new WideDriver(
            $"dx of {c.Description}: pieces are {pieces.Text}.",
            $"ref float dy, ref float w, ref float dx, {map.Parameters}ref float scratch, nint samples, nint from, nint to",
            w.ToString().TrimEnd('\n'), pieces, default, (terms + 16) * width, needs);
    }
}
