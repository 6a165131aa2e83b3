using NetGen.Generator.Text;

namespace NetGen.Generator.Cpu.Wide;

/// <summary>
/// The input gradient of a linear layer. Its many weights are read once and used for few samples, so what counts is how they are read: four panels
/// of inputs at a time are turned, because their weights of one panel of outputs are 16 KB on end, where one panel's are 4 KB.
/// </summary>
internal static class LinearGradientDriver
{
    /// <summary>Panels of inputs in a piece.</summary>
    private const int Panels = 4;

    /// <summary>Outputs whose weights are turned at a time.</summary>
    private const int Terms = 256;

    public static WideDriver Write(WideConvolution c, MapDriver map, WideCut cut)
    {
        int panels = WideConvolution.Panels(c.In), width = WideConvolution.PanelWidth(c.In);
        WidePieces pieces = map.Pieces(cut, (panels + Panels - 1) / Panels);
        bool isHalfLast = panels > 1 && WideConvolution.Padded(c.In) % 32 == 16, cutsTerms = c.Out > Terms;
        int terms = Math.Min(Terms, c.Out), turned = (terms + 16) * width;
        string[] members = [.. map.Members(width), "Taps = 1", "Lines = 1", $"Columns = {Operands.Text(Math.Min(32, WideConvolution.Padded(c.In)))}"];

        var w = new SourceWriter();
        w.Line($"Wide.Shape s = new() {{ {string.Join(", ", members)} }};");
        w.Line($"nint units = {pieces.Units};");
        using (w.Open("for (nint piece = from; piece < to; piece++)"))
        {
            w.Line($"nint first = piece / units, unit = piece - (first * units), count = Math.Min({Panels}, {panels} - (first * {Panels}));");
            using (w.Open($"for (nint k = 0; k < {c.Out}; k += {terms})"))
            {
                w.Line(cutsTerms ? $"s.K = Math.Min({Operands.Text(terms)}, {Operands.Text(c.Out)} - k);" : $"s.K = {Operands.Text(terms)};");
                w.Line($"s.Flags = {(cutsTerms ? map.Flags("k == 0", $"k >= {Operands.Text(c.Out - terms)}") : map.Flags(null, null))};");
                using (w.Open("for (nint o = 0; o < s.K; o += 32)"))
                {
                    using (w.Open("for (nint p = 0; p < count; p++)"))
                    {
                        w.Line($"nint column = ((first * {Panels}) + p) * 32, rows = Math.Min(32, {c.In} - column);");
                        w.Line($"ref float wt = ref Unsafe.Add(ref w, column * {WideConvolution.PanelWidth(c.Out)});");
                        w.Line(InputGradientDriver.Turn(c, $"(k + o) / 32 * {Operands.Text(c.PanelFloats)}", $"(p * {Operands.Text(turned)}) + (o * {Operands.Text(width)})", "Math.Min(32, s.K - o)"));
                    }
                }
                using (w.Open("for (nint p = 0; p < count; p++)"))
                {
                    w.Line($"nint column = ((first * {Panels}) + p) * 32;");
                    if (isHalfLast)
                        w.Line($"s.Columns = column == {(panels - 1) * 32} ? 16 : 32;");
                    map.WritePlaces(w, cut, pieces, "unit", "dy", "dx");
                    w.Line($"Wide.Map(ref Unsafe.Add(ref at, k), ref Unsafe.Add(ref scratch, p * {turned}), ref ct, {map.EpilogueArguments}, 1, in s);");
                }
            }
        }
        var needs = new WideNeeds { Map = true, Turn = true, Columns32 = c.In > 16, Columns16 = c.In <= 16 || isHalfLast };
        return new WideDriver(
            $"dx of {Describe.Text(c)}: pieces are {pieces.Text}.",
            $"ref float dy, ref float w, ref float dx, {map.Parameters}ref float scratch, nint samples, nint from, nint to",
            w.ToString().TrimEnd('\n'), pieces, default, Math.Min(Panels, panels) * turned, needs);
    }
}
