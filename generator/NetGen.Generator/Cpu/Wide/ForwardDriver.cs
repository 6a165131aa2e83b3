using NetGen.Generator.Collections;
using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Cpu.Methods;
using NetGen.Generator.Text;

namespace NetGen.Generator.Cpu.Wide;

/// <summary>
/// Writes the forward of a convolution: <c>name(ref x, ref w, ref y, [ref bias,] [ref other,] [lowest,] samples, from, to)</c>, where x, y and
/// other are the first pixel of the first sample. All of y's channels are written, padded to 16: the padding gets zeros where weights'
/// and bias's padding is zero (a residual's too).
/// </summary>
internal static class ForwardDriver
{
    /// <summary>The cut that suits several workers, be it on one sample.</summary>
    public static WideCut DefaultCut(WideConvolution c, PixelSteps x, PixelSteps y, WideEpilogue epilogue) =>
        Map(c, x, y, epilogue).DefaultCut(c.Rows.Kernel * c.Columns.Kernel * c.In, WideConvolution.Panels(c.Out));

    /// <summary>The driver.</summary>
    /// <param name="c">The convolution.</param>
    /// <param name="x">Its input; the step between pixels may be any, 3 for example.</param>
    /// <param name="y">Its output; all steps are multiples of 16.</param>
    /// <param name="epilogue">What follows the sums.</param>
    /// <param name="cut">The pieces; null: <see cref="DefaultCut"/>.</param>
    public static WideDriver Write(WideConvolution c, PixelSteps x, PixelSteps y, WideEpilogue epilogue, WideCut? cut = null)
    {
        MapDriver map = Map(c, x, y, epilogue);
        int panels = WideConvolution.Panels(c.Out), width = WideConvolution.PanelWidth(c.Out);
        WideCut chosen = cut ?? DefaultCut(c, x, y, epilogue);
        WidePieces pieces = map.Pieces(chosen, panels);

        // A kernel line is one run where pixels lie side by side.
        bool isRun = (x.Pixel == c.In && c.Columns.Dilation == 1) || c.Columns.Kernel == 1;
        (int tapStep, int lineStep) = (c.Columns.Dilation * x.Pixel, c.Rows.Dilation * x.Row);
        int terms = c.Columns.Kernel * c.In;
        (int lines, int k) = MapDriver.Block(c.Rows.Kernel, terms, isRun);
        bool cutsLines = lines < c.Rows.Kernel, cutsTerms = k < terms;

        List<string> members = [.. map.Members(width)];
        members.AddRange(isRun
            ? [$"Taps = 1", $"LineSkip = {Literal.Of(lineStep - terms)}"]
            : [$"Taps = {Literal.Of(c.Columns.Kernel)}", $"TapSkip = {Literal.Of(tapStep - c.In)}", $"LineSkip = {Literal.Of(lineStep - (c.Columns.Kernel * tapStep))}"]);
        if (!cutsTerms)
            members.Add($"K = {Literal.Of(isRun ? terms : c.In)}");
        if (!cutsLines)
            members.Add($"Lines = {Literal.Of(c.Rows.Kernel)}");
        members.Add($"Columns = {Literal.Of(Math.Min(32, WideConvolution.Padded(c.Out)))}");
        // Panels of 32 columns of a linear layer: with few samples their weights are used a few times only.
        bool streams = c is { IsLinear: true, Out: > 16 };
        bool isHalfLast = panels > 1 && WideConvolution.Padded(c.Out) % 32 == 16;

        var w = new SourceWriter();
        w.Line($"Wide.Shape s = new() {{ {string.Join(", ", members)} }};");
        using (w.Open("for (nint piece = from; piece < to; piece++)"))
        {
            if (panels == 1)
            {
                w.Line("nint unit = piece;").Line("const int column = 0;");
            }
            else
            {
                w.Line(chosen.PanelsOuter
                    ? $"nint units = {pieces.Units}, panel = piece / units, unit = piece - (panel * units), column = panel * 32;"
                    : $"nint unit = piece / {Literal.Of(panels)}, panel = piece - (unit * {Literal.Of(panels)}), column = panel * 32;");
            }
            if (isHalfLast)
                w.Line($"s.Columns = panel == {panels - 1} ? 16 : 32;");
            map.WritePlaces(w, chosen, pieces, "unit", "x", "y");
            string weights = panels == 1 ? "w" : $"Unsafe.Add(ref w, panel * {Literal.Of(c.PanelFloats)})";
            int halo = -(c.Rows.Before * x.Row) - (c.Columns.Before * x.Pixel);
            string Call(Address a, Address b) => streams
                ? $"if (s.Pixels <= {StreamWalker.MostRows})\n    Wide.Stream({a.Ref("at")}, {b.Ref("wt")}, ref ct, {map.EpilogueArguments()}, s.Pixels, in s);\nelse\n    Wide.Map({a.Ref("at")}, {b.Ref("wt")}, ref ct, {map.EpilogueArguments()}, 1, in s);"
                : $"Wide.Map({a.Ref("at")}, {b.Ref("wt")}, ref ct, {map.EpilogueArguments()}, {map.LineCount(chosen, pieces)}, in s);";
            w.Line($"ref float wt = ref {weights};");
            if (cutsLines)
            {
                using (w.Open($"for (nint line = 0; line < {c.Rows.Kernel}; line += {lines})"))
                {
                    w.Line(c.Rows.Kernel % lines == 0 ? $"s.Lines = {Literal.Of(lines)};" : $"s.Lines = Math.Min({Literal.Of(lines)}, {Literal.Of(c.Rows.Kernel)} - line);");
                    w.Line($"s.Flags = {map.Flags("line == 0", $"line >= {Literal.Of(c.Rows.Kernel - lines)}")};");
                    w.Line(Call(Address.Zero.Plus("line", lineStep).Plus(halo), Address.Zero.Plus("line", c.LineFloats)));
                }
            }
            else if (cutsTerms)
            {
                using (w.Open($"for (nint k = 0; k < {terms}; k += {k})"))
                {
                    w.Line($"s.K = Math.Min({k}, {terms} - k);");
                    w.Line($"s.Flags = {map.Flags("k == 0", $"k >= {Literal.Of(terms - k)}")};");
                    if (streams)
                        w.Line($"s.Ahead = k + s.K <= {Literal.Of(terms - k)}{(panels == 1 ? "" : $" || panel < {Literal.Of(panels - 1)}")} ? s.K * {Literal.Of(width)} : 0;");
                    w.Line(Call(Address.Zero.Plus("k", 1).Plus(halo), Address.Zero.Plus("k", width)));
                }
            }
            else
            {
                w.Line($"s.Flags = {map.Flags(null, null)};");
                if (streams && panels > 1)
                    w.Line($"s.Ahead = panel < {Literal.Of(panels - 1)} ? {Literal.Of(c.PanelFloats)} : 0;");
                w.Line(Call(Address.Zero.Plus(halo), Address.Zero));
            }
        }
        var needs = new WideNeeds
        {
            Map = true,
            Stream = streams,
            Columns32 = c.Out > 16,
            Columns16 = c.Out <= 16 || isHalfLast,
            NarrowWidths = map.NarrowWidths.ToEquatableArray(),
            HalfRests = map.HalfRests(chosen).ToEquatableArray(),
        };
        return new WideDriver(
            $"y of {c.Description}: pieces are {pieces.Text}.",
            $"ref float x, ref float w, ref float y, {map.Parameters}nint samples, nint from, nint to",
            w.ToString().TrimEnd('\n'), pieces, WideHalo.Of(c.Rows.Halo, c.Columns.Halo), 0, needs);
    }

    private static MapDriver Map(WideConvolution c, PixelSteps x, PixelSteps y, WideEpilogue epilogue) =>
        new(c.Rows.Output, c.Columns.Output, c.IsPlain, new PixelSteps(c.Columns.Stride * x.Pixel, c.Rows.Stride * x.Row, x.Sample), y, epilogue);
}
