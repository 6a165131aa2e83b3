using NetGen.Generator.Collections;
using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Cpu.Methods;
using NetGen.Generator.Text;

namespace NetGen.Generator.Cpu.Wide;

/// <summary>
/// Writes the input gradient of a convolution: <c>name(ref dy, ref w, ref dx, [ref bias,] [ref other,] ref scratch, samples, from, to)</c>. It is a
/// forward over panels that are turned around, one at a time, into scratch just before their use. With a stride it goes by phases: inputs
/// that are a stride apart meet the same taps, so that no product is in vain. All of dx is written, also where no tap reaches; its padding
/// channels get zeros (a mask keeps them).
/// </summary>
internal static class InputGradientDriver
{
    /// <summary>A turned panel of so many floats stays in a second-level cache.</summary>
    private const int TurnedFloats = 160 * 1024;

    /// <summary>The cut that suits several workers, be it on one sample. Panels are always outermost: a worker turns each of its panels once.</summary>
    public static WideCut DefaultCut(WideConvolution c, PixelSteps dy, PixelSteps dx, WideEpilogue epilogue)
    {
        MapDriver map = Map(c, dy, dx, epilogue);
        return map.Shared(new WideCut(Math.Max(map.Lines, map.Lines > 1 ? 1 : Math.Max(map.Pixels, 14 * 64)), true), WideConvolution.Panels(c.In));
    }

    /// <summary>The driver.</summary>
    /// <param name="c">The convolution.</param>
    /// <param name="dy">Gradient of its output; the step between pixels may be any.</param>
    /// <param name="dx">Gradient of its input; all steps are multiples of 16.</param>
    /// <param name="epilogue">What follows the sums; a bias is one of the input channels'. A lowest value has no meaning here.</param>
    /// <param name="cut">The pieces; null: <see cref="DefaultCut"/>.</param>
    public static WideDriver Write(WideConvolution c, PixelSteps dy, PixelSteps dx, WideEpilogue epilogue, WideCut? cut = null)
    {
        MapDriver map = Map(c, dy, dx, epilogue);
        if (c.IsLinear)
            return LinearGradientDriver.Write(c, map, cut ?? DefaultCut(c, dy, dx, epilogue));
        bool isPhased = IsPhased(c);
        int panels = WideConvolution.Panels(c.In), width = WideConvolution.PanelWidth(c.In);
        WideCut chosen = cut ?? DefaultCut(c, dy, dx, epilogue);
        WidePieces pieces = map.Pieces(chosen, panels);
        bool isRun = c.Columns.Kernel == 1 || (!isPhased && dy.Pixel == c.Out && c.Columns.Dilation == 1);
        (int tapStep, int lineStep) = (c.Columns.Dilation * dy.Pixel, c.Rows.Dilation * dy.Row);
        int mostLines = c.Rows.Taps(0), mostTaps = c.Columns.Taps(0), terms = mostTaps * c.Out;
        (int lines, int k) = MapDriver.Block(mostLines, terms, isRun && c.IsPlain, 32);
        bool cutsTerms = k < terms;
        int turned = !isPhased && (long)mostLines * terms * width <= TurnedFloats ? mostLines : lines;

        List<string> members = [.. map.Members(width)];
        if (!isPhased)
        {
            members.AddRange(isRun
                ? [$"Taps = 1", $"LineSkip = {Literal.Of(lineStep - terms)}"]
                : [$"Taps = {Literal.Of(mostTaps)}", $"LineSkip = {Literal.Of(lineStep - (mostTaps * tapStep))}"]);
        }
        if (!isRun || isPhased)
            members.Add($"TapSkip = {Literal.Of(tapStep - c.Out)}");
        if (!cutsTerms)
            members.Add($"K = {Literal.Of(isRun ? terms : c.Out)}");
        members.Add($"Columns = {Literal.Of(Math.Min(32, WideConvolution.Padded(c.In)))}");
        bool isHalfLast = panels > 1 && WideConvolution.Padded(c.In) % 32 == 16;

        var w = new SourceWriter();
        w.Line($"Wide.Shape s = new() {{ {string.Join(", ", members)} }};");
        w.Line($"nint units = {pieces.Units};");
        using (w.Open("for (nint piece = from; piece < to;)"))
        {
            w.Line("nint panel = piece / units, column = panel * 32, unit0 = piece - (panel * units), units1 = Math.Min(to - (panel * units), units);");
            w.Line("piece = (panel * units) + units1;");
            w.Line($"nint rows = Math.Min({c.In} - column, 32);");
            if (isHalfLast)
                w.Line($"s.Columns = panel == {panels - 1} ? 16 : 32;");
            w.Line($"ref float wt = ref Unsafe.Add(ref w, column * {WideConvolution.PanelWidth(c.Out)});");
            if (isPhased)
                WritePhases(w, c, dy, dx, map, lines, (a, target, other, height) => Inner(a, target, other, height));
            else if (cutsTerms)
                WriteTerms(w, c, map, terms, k, (a, target, other, height) => Inner(a, target, other, height));
            else
                WriteWhole();
        }
        var needs = new WideNeeds
        {
            Map = true,
            Turn = true,
            Columns32 = c.In > 16,
            Columns16 = c.In <= 16 || isHalfLast,
            NarrowWidths = (isPhased ? PhaseWidths(c) : map.NarrowWidths).ToEquatableArray(),
            HalfRests = map.HalfRests(chosen).ToEquatableArray(),
        };
        return new WideDriver(
            $"dx of {c.Description}: pieces are {pieces.Text}.",
            $"ref float dy, ref float w, ref float dx, {map.Parameters}ref float scratch, nint samples, nint from, nint to",
            w.ToString().TrimEnd('\n'), pieces, WideHalo.Of(c.Rows.GradientHalo, c.Columns.GradientHalo),
            ((cutsTerms ? k : turned * terms) + 16) * width, needs);

        // Taps in reversed order: the whole panel where it stays in L2, so that an image is not walked over again and again; else some lines of it.
        void WriteWhole()
        {
            int start = (c.Rows.Before * dy.Row) - ((c.Rows.Kernel - 1) * lineStep) + (c.Columns.Before * dy.Pixel) - ((c.Columns.Kernel - 1) * tapStep), taps = c.Columns.Kernel;
            using SourceWriter.Block? outer = turned == c.Rows.Kernel ? null : w.Open($"for (nint done = 0; done < {c.Rows.Kernel}; done += {turned})");
            string done = outer is null ? "" : "done + ", count = outer is null || c.Rows.Kernel % turned == 0 ? Literal.Of(turned) : $"Math.Min({Literal.Of(turned)}, {Literal.Of(c.Rows.Kernel)} - done)";
            w.Line($"for (nint tap = 0; tap < {count} * {taps}; tap++)");
            string last = $"({Literal.Of((c.Rows.Kernel * taps) - 1)} - {(outer is null ? "tap" : $"(done * {Literal.Of(taps)}) - tap")})";
            w.Line("    " + Turn(c, $"{last} * {Literal.Of(TapFloats(c))}", $"tap * {Literal.Of(c.Out * width)}", Literal.Of(c.Out)));
            bool isCut = lines < turned;
            string line = outer is not null ? "done" : "line";
            Inner(
                isCut || outer is not null ? $"Unsafe.Add(ref at, ({line} * {Literal.Of(lineStep)}) + {Literal.Of(start)})" : $"Unsafe.Add(ref at, {Literal.Of(start)})",
                "ct", "ot", "",
                isCut ? $"for (nint line = 0; line < {Literal.Of(c.Rows.Kernel)}; line += {Literal.Of(lines)})" : null,
                !isCut && outer is null
                    ? [$"s.Lines = {Literal.Of(lines)};", $"s.Flags = {map.Flags(null, null)};"]
                    : [$"s.Lines = Math.Min({Literal.Of(lines)}, {Literal.Of(c.Rows.Kernel)} - {line});", $"s.Flags = {map.Flags($"{line} == 0", $"{line} >= {Literal.Of(c.Rows.Kernel - lines)}")};"],
                isCut ? $"ref Unsafe.Add(ref scratch, line * {Literal.Of(terms * width)})" : "ref scratch");
        }

        void Inner(string a, string cAt, string otherAt, string lineCount, string? loop = null, IReadOnlyList<string>? settings = null, string weights = "ref scratch")
        {
            using (w.Open("for (nint unit = unit0; unit < units1; unit++)"))
            {
                map.WritePlaces(w, chosen, pieces, "unit", "dy", "dx");
                string count = lineCount.Length == 0 ? map.LineCount(chosen, pieces)
                    : pieces.Strips == 1 ? lineCount : $"Math.Min({Literal.Of(chosen.Strip)}, {lineCount} - first)";
                using (loop is null ? default(IDisposable) : w.Open(loop))
                {
                    foreach (string setting in settings ?? [])
                        w.Line(setting);
                    w.Line($"Wide.Map(ref {a}, {weights}, ref {cAt}, {map.EpilogueArguments(otherAt)}, {count}, in s);");
                }
            }
        }
    }

    /// <summary>Calls the map over dy from a place, into dx and with the other tensor at places, for so many lines.</summary>
    private delegate void InnerLoop(string a, string c, string other, string lineCount);

    /// <summary>Terms of a plain product, some at a time.</summary>
    private static void WriteTerms(SourceWriter w, WideConvolution c, MapDriver map, int terms, int k, InnerLoop inner)
    {
        using (w.Open($"for (nint k = 0; k < {terms}; k += {k})"))
        {
            w.Line("s.Lines = 1;").Line($"s.K = Math.Min({k}, {terms} - k);");
            w.Line($"s.Flags = {map.Flags("k == 0", $"k >= {Literal.Of(terms - k)}")};");
            w.Line(Turn(c, $"k / 32 * {Literal.Of(c.PanelFloats)}", "0", "s.K"));
            inner("Unsafe.Add(ref at, k)", "ct", "ot", "");
        }
    }

    /// <summary>Phase by phase: inputs that are a stride apart, and the taps that reach them.</summary>
    private static void WritePhases(SourceWriter w, WideConvolution c, PixelSteps dy, PixelSteps dx, MapDriver map, int lines, InnerLoop inner)
    {
        (WideAxis r, WideAxis q) = (c.Rows, c.Columns);
        using (w.Open($"for (nint phase = 0; phase < {r.Stride * q.Stride}; phase++)"))
        {
            w.Line($"nint a = phase / {q.Stride}, b = phase - (a * {q.Stride});");
            w.Line($"nint taps = {Taps(q, "b")}, lines = taps == 0 ? 0 : {Taps(r, "a")};");
            w.Line($"nint j = {First(r, "a")}, i = {First(q, "b")}, height = {Count(r, "a", "j")};");
            w.Line($"s.Pixels = {Count(q, "b", "i")};").Line("s.Taps = taps;").Line($"s.LineSkip = {dy.Row} - (taps * {dy.Pixel});");
            w.Line($"nint start = ((j - lines + 1) * {dy.Row}) + ((i - taps + 1) * {dy.Pixel});");
            w.Line($"nint h = (j * {r.Stride}) + a - {r.Before}, v = (i * {q.Stride}) + b - {q.Before};");
            using (w.Open($"for (nint line = 0; line == 0 || line < lines; line += {lines})"))
            {
                w.Line($"s.Lines = Math.Min({Literal.Of(lines)}, lines - line);");
                w.Line($"s.Flags = {map.Flags("line == 0", $"line + {Literal.Of(lines)} >= lines")};");
                using (w.Open("for (nint tap = 0; tap < s.Lines * taps; tap++)"))
                {
                    w.Line($"nint row = tap / taps, kh = a + ((lines - 1 - line - row) * {r.Stride}), kw = b + ((taps - 1 - tap + (row * taps)) * {q.Stride});");
                    w.Line(Turn(c, $"((kh * {Literal.Of(q.Kernel)}) + kw) * {Literal.Of(TapFloats(c))}", $"tap * {Literal.Of(c.Out * WideConvolution.PanelWidth(c.In))}", Literal.Of(c.Out)));
                }
                int otherRow = map.Other.Row / r.Stride, otherPixel = map.Other.Pixel / q.Stride;
                inner(
                    $"Unsafe.Add(ref at, start + (line * {Literal.Of(dy.Row)}))",
                    $"Unsafe.Add(ref ct, (h * {Literal.Of(dx.Row)}) + (v * {Literal.Of(dx.Pixel)}))",
                    $"Unsafe.Add(ref ot, (h * {Literal.Of(otherRow)}) + (v * {Literal.Of(otherPixel)}))",
                    "height");
            }
        }

        static string Taps(WideAxis axis, string phase) => $"({Literal.Of(axis.Kernel + axis.Stride - 1)} - {phase}) / {Literal.Of(axis.Stride)}";
        static string First(WideAxis axis, string phase) => $"({Literal.Of(axis.Before + axis.Stride - 1)} - {phase}) / {Literal.Of(axis.Stride)}";
        static string Count(WideAxis axis, string phase, string first) => $"(({Literal.Of(axis.Input - 1 + axis.Before + axis.Stride)} - {phase}) / {Literal.Of(axis.Stride)}) - {first}";
    }

    /// <summary>A call that turns a tap.</summary>
    public static string Turn(WideConvolution c, string from, string to, string outs) =>
        $"Wide.Turn(ref Unsafe.Add(ref wt, {from}), ref Unsafe.Add(ref scratch, {to}), {outs}, {Literal.Of(c.PanelFloats)}, {Literal.Of(WideConvolution.PanelWidth(c.Out))}, rows, {Literal.Of(WideConvolution.PanelWidth(c.In))});";

    /// <summary>Floats of a tap in a panel.</summary>
    private static int TapFloats(WideConvolution c) => c.In * WideConvolution.PanelWidth(c.Out);

    private static bool IsPhased(WideConvolution c) => c.Rows.Stride > 1 || c.Columns.Stride > 1;

    private static IEnumerable<int> PhaseWidths(WideConvolution c) =>
        Enumerable.Range(0, c.Columns.Stride).Select(phase => c.Columns.Last(phase) - c.Columns.First(phase) + 1).Where(width => width is > 1 and <= 7);

    private static MapDriver Map(WideConvolution c, PixelSteps dy, PixelSteps dx, WideEpilogue epilogue)
    {
        (int vertical, int horizontal) = (c.Rows.Stride, c.Columns.Stride);
        PixelSteps Strided(PixelSteps s) => new(s.Pixel * horizontal, s.Row * vertical, s.Sample);
        bool isPhased = IsPhased(c);
        int rows = isPhased ? (c.Rows.Input + vertical - 1) / vertical : c.Rows.Input;
        int columns = isPhased ? (c.Columns.Input + horizontal - 1) / horizontal : c.Columns.Input;
        return new(rows, columns, c.IsPlain, dy, Strided(dx), epilogue with { OtherSteps = Strided(epilogue.OtherSteps) }, merges: !isPhased);
    }
}
