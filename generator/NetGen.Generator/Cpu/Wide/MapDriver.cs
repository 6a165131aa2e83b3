using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Text;

namespace NetGen.Generator.Cpu.Wide;

/// <summary>
/// What forward and input gradient have in common: a map of sums over a map of pixels. Lines without anything between them are one line,
/// and images too: then a tile never ends before the batch does.
/// </summary>
internal sealed class MapDriver
{
    /// <summary>Terms that are summed in one go. Longer sums are sums of such: the weights stay in L2 for all pixels, and less is lost in rounding.</summary>
    private const int MostTerms = 1536;

    /// <summary>The same where sums can be cut almost anywhere, being of one run of memory or of many short lines: rounding errors grow with the length of a chain.</summary>
    private const int MostOfARun = 512;

    private readonly PixelSteps other;
    private readonly WideEpilogue epilogue;
    private readonly bool cutsLines;

    /// <summary>The map of <paramref name="c"/> that is read by <paramref name="a"/> steps.</summary>
    /// <param name="rows">Lines of the map.</param>
    /// <param name="columns">Pixels of a line.</param>
    /// <param name="isPlain">Pixels do not see each other.</param>
    /// <param name="a">From one written pixel to the next, in what is read.</param>
    /// <param name="c">The same in what is written.</param>
    /// <param name="epilogue">What follows.</param>
    /// <param name="merges">Lines may become one; not so where the map is one of several phases.</param>
    public MapDriver(int rows, int columns, bool isPlain, PixelSteps a, PixelSteps c, WideEpilogue epilogue, bool merges = true)
    {
        (Lines, Pixels, A, C, other, this.epilogue) = (rows, columns, a, c, epilogue.OtherSteps, epilogue);
        cutsLines = !merges;
        if (!merges)
            return;
        if (isPlain && Lines > 1 && All(s => s.Row == columns * s.Pixel))
            (Lines, Pixels) = (1, rows * columns);
        if (Pixels == 1)
            (Lines, Pixels, A, C, other) = (1, Lines, Turned(A), Turned(C), Turned(other));
        IsLong = Lines == 1 && (Pixels == 1 || (isPlain && All(s => s.Sample == Pixels * s.Pixel)));
        if (IsLong && Pixels == 1)
            (A, C, other) = (BySample(A), BySample(C), BySample(other));
    }

    /// <summary>Lines of an image, and pixels of a line; where <see cref="IsLong"/> these of a sample.</summary>
    public int Lines { get; }

    public int Pixels { get; }

    public PixelSteps A { get; }

    public PixelSteps C { get; }

    /// <summary>All pixels of all samples are one line.</summary>
    public bool IsLong { get; }

    /// <summary>Parameters of the epilogue.</summary>
    public string Parameters => (epilogue.Bias ? "ref float bias, " : "") + (epilogue.Other == WideOther.None ? "" : "ref float other, ") + (epilogue.HasLowest ? "float lowest, " : "");

    /// <summary>In how many lines, or terms of a line, a sum of lines × terms is cut.</summary>
    public static (int Lines, int Terms) Block(int lines, int terms, bool isRun, int multiple = 16)
    {
        if (lines == 1 && isRun && terms > MostOfARun)
        {
            int blocks = (terms + MostOfARun - 1) / MostOfARun;
            return (1, ((terms + blocks - 1) / blocks + multiple - 1) / multiple * multiple);
        }
        int most = Math.Max(1, (4 * terms <= MostOfARun ? MostOfARun : MostTerms) / Math.Max(1, terms)), parts = (lines + most - 1) / most;
        return ((lines + parts - 1) / parts, terms);
    }

    /// <summary>The cut that suits several workers, be it on one sample, and costs one worker nothing.</summary>
    public WideCut DefaultCut(int terms, int panels)
    {
        if (!CutsPixels)
            return Shared(new WideCut(Lines, true), panels);
        // Few weights stay in L2 while strips of pixels, which stay there too, pass all panels.
        const int Weights = 128 * 1024, Strip = 48 * 1024;
        if ((long)terms * panels * 32 > Weights)
            return Shared(new WideCut(Math.Max(Pixels, 14 * 64), true), panels);
        return new WideCut(Math.Max(14, Math.Min(Strip / terms, 14 * 64) / 14 * 14), panels == 1);
    }

    /// <summary>The same, or strips so short that a sample has enough pieces for some workers.</summary>
    public WideCut Shared(WideCut cut, int panels)
    {
        const int Pieces = 8, LeastPixels = 56, Tile = 28;
        int strips = Math.Max(1, Pieces / panels);
        if (strips == 1 || Lines * Pixels < 2 * LeastPixels)
            return cut;
        int strip = (Extent + strips - 1) / strips;
        strip = CutsPixels
            ? Math.Max(LeastPixels, (strip + Tile - 1) / Tile * Tile)
            // Where a tile takes two lines, they stay together.
            : Math.Max((LeastPixels + Pixels - 1) / Pixels, strip + (Pixels <= 7 ? strip & 1 : 0));
        return cut with { Strip = Math.Min(cut.Strip, strip) };
    }

    /// <summary>The pieces of a cut.</summary>
    public WidePieces Pieces(WideCut cut, int panels) =>
        IsLong ? new WidePieces(panels, 0, Pixels, cut.Strip)
        : new WidePieces(panels, (Extent + cut.Strip - 1) / cut.Strip);

    /// <summary>Maps that a tile takes two lines of.</summary>
    public IEnumerable<int> NarrowWidths => Lines > 1 && Pixels is > 1 and <= 7 ? [Pixels] : [];

    /// <summary>Half of what whole tiles leave of lines, or of columns where there are lines enough to go downwards, where a tile of usual size would do much of it twice.</summary>
    public IEnumerable<int> HalfRests(WideCut cut)
    {
        const int Tile = 14;
        int lines = Math.Min(Lines, cut.Strip), rest = (lines < Tile ? Pixels : lines) % Tile;
        return Lines > 1 && Pixels > 7 && rest is 5 or 6 or (> 8 and <= 12) ? [(rest + 1) / 2] : [];
    }

    /// <summary>Steps of the other tensor.</summary>
    public PixelSteps Other => other;

    /// <summary>Strips are parts of the one line that a sample has.</summary>
    private bool CutsPixels => Lines == 1 && !cutsLines;

    private int Extent => CutsPixels ? Pixels : Lines;

    /// <summary>The numbers that are the same for all pieces, as members of an initialiser.</summary>
    public IEnumerable<string> Members(int panelWidth)
    {
        if (!IsLong)
            yield return $"Pixels = {Literal.Of(Pixels)}";
        yield return $"Row = {Literal.Of(A.Pixel)}";
        yield return $"CRow = {Literal.Of(C.Pixel)}";
        if (Lines > 1)
        {
            yield return $"Line = {Literal.Of(A.Row)}";
            yield return $"CLine = {Literal.Of(C.Row)}";
        }
        if (epilogue.Other != WideOther.None)
        {
            yield return $"ORow = {Literal.Of(other.Pixel)}";
            if (Lines > 1)
                yield return $"OLine = {Literal.Of(other.Row)}";
        }
        yield return $"WRow = {Literal.Of(panelWidth)}";
        if (epilogue.HasLowest)
            yield return "Lowest = lowest";
    }

    /// <summary>Declares where a piece's pixels are; <paramref name="unit"/> counts samples and strips.</summary>
    public void WritePlaces(SourceWriter w, WideCut cut, WidePieces pieces, string unit, string a, string c)
    {
        string column = " + column";
        if (IsLong)
        {
            w.Line($"nint pixel = {unit} * {cut.Strip};");
            w.Line($"s.Pixels = Math.Min({cut.Strip}, (samples * {Pixels}) - pixel);");
            Places("pixel * {0}", s => [s.Pixel]);
        }
        else if (pieces.Strips == 1)
        {
            Places($"{unit} * {{0}}", s => [s.Sample]);
        }
        else
        {
            w.Line($"nint sample = {unit} / {pieces.Strips}, first = ({unit} - (sample * {pieces.Strips})) * {cut.Strip};");
            if (CutsPixels)
                w.Line($"s.Pixels = Math.Min({cut.Strip}, {Pixels} - first);");
            Places("(sample * {0}) + (first * {1})", s => [s.Sample, CutsPixels ? s.Pixel : s.Row]);
        }

        void Places(string form, Func<PixelSteps, object[]> steps)
        {
            string At(PixelSteps s) => string.Format(System.Globalization.CultureInfo.InvariantCulture, form, steps(s));
            w.Line($"ref float at = ref Unsafe.Add(ref {a}, {At(A)});");
            w.Line($"ref float ct = ref Unsafe.Add(ref {c}, {At(C)}{column});");
            if (epilogue.Other != WideOther.None)
                w.Line($"ref float ot = ref Unsafe.Add(ref other, {At(other)}{column});");
        }
    }

    /// <summary>Lines of a piece, as an expression.</summary>
    public string LineCount(WideCut cut, WidePieces pieces) =>
        Lines == 1 ? "1" : pieces.Strips == 1 ? Literal.Of(Lines) : $"Math.Min({Literal.Of(cut.Strip)}, {Literal.Of(Lines)} - first)";

    /// <summary>The references to bias and other tensor as arguments.</summary>
    /// <param name="otherAt">The other tensor's place.</param>
    public string EpilogueArguments(string otherAt = "ot") =>
        $"{(epilogue.Bias ? "ref Unsafe.Add(ref bias, column)" : "ref ct")}, ref {(epilogue.Other == WideOther.None ? "ct" : otherAt)}";

    /// <summary>The flags of a block of the sums, as an expression.</summary>
    public string Flags(string? isFirst, string? isLast)
    {
        int first = (epilogue.Bias ? 1 : 0) | (epilogue.Adds ? 2 : 0);
        int last = (epilogue.HasLowest ? 8 : 0) | (epilogue.Other switch { WideOther.Add => 4, WideOther.Mask => 16, _ => 0 });
        if (isFirst is null || isLast is null)
            return Literal.Of(first | last);
        return $"({isFirst} ? {Literal.Of(first)} : 2)" + (last == 0 ? "" : $" | ({isLast} ? {Literal.Of(last)} : 0)");
    }

    private bool All(Func<PixelSteps, bool> holds) => holds(A) && holds(C) && (epilogue.Other == WideOther.None || holds(other));

    private static PixelSteps Turned(PixelSteps s) => new(s.Row, s.Pixel, s.Sample);

    private static PixelSteps BySample(PixelSteps s) => new(s.Sample, s.Sample, s.Sample);
}
