using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Cpu.Methods;
using NetGen.Generator.Text;

namespace NetGen.Generator.Cpu.Wide;

/// <summary>
/// Writes the tiles of a depthwise convolution: neighbouring pixels × a vector of channels in registers, over all taps. Kernels of a known number of columns
/// without strides and dilation load a value once for all pixels that it belongs to, and a weight once for all pixels; others load a weight once for all pixels.
/// </summary>
internal static class DepthwiseTile
{
    /// <summary>Pixels of the tiles, largest first: enough sums to be under way at once, and what is left of lines as maps have them.</summary>
    private static readonly int[] Sizes = [8, 7, 4, 1];

    /// <summary>What names of methods have behind them for so many columns, 0 being any number.</summary>
    public static string Form(int taps) => taps == 0 ? "" : Literal.Of(taps);

    /// <summary>The same in words.</summary>
    public static string Columns(int taps) => taps == 0 ? "any size" : $"{Literal.Of(taps)} columns without strides and dilation";

    /// <summary>The method that does a line.</summary>
    public static string Line(int taps) => $"DepthwiseLine{Form(taps)}";

    /// <summary>The methods, those that are called first.</summary>
    public static IReadOnlyList<string> Write(InstructionSet level, int taps) => [.. Sizes.Select(size => Tile(level, taps, size)), Walk(taps)];

    private static string Name(int taps, int size) => $"DepthwiseTile{Form(taps)}x{Literal.Of(size)}";

    private static string Walk(int taps)
    {
        var w = new SourceWriter();
        w.Line("// A line of pixels in tiles of eight, or of seven where that comes out even.").Line(KernelSet.Attribute);
        using (w.Open($"private static void {Line(taps)}(ref float x, ref float w, ref float y, ref float bias, ref float other, float lowest, nint pixels, in Wide.Channelwise s)"))
        {
            using (w.Open("while (pixels > 0)"))
            {
                w.Line("nint done = pixels % 7 == 0 && pixels % 8 != 0 ? 7 : pixels >= 8 ? 8 : pixels >= 4 ? 4 : 1;");
                for (var i = 0; i < Sizes.Length; i++)
                {
                    w.Line(i == Sizes.Length - 1 ? "else" : $"{(i == 0 ? "" : "else ")}if (done == {Literal.Of(Sizes[i])})");
                    w.Line($"    {Name(taps, Sizes[i])}(ref x, ref w, ref y, ref bias, ref other, lowest, in s);");
                }
                w.Line("x = ref Unsafe.Add(ref x, done * s.X);").Line("y = ref Unsafe.Add(ref y, done * s.Y);").Line("other = ref Unsafe.Add(ref other, done * s.O);").Line("pixels -= done;");
            }
        }
        return w.ToString().TrimEnd('\n');
    }

    private static string Tile(InstructionSet level, int taps, int size)
    {
        var w = new SourceWriter();
        int[] sums = [.. Enumerable.Range(0, size)];
        w.Line($"// {size} pixels over all taps, channel by channel.").Line(KernelSet.Attribute);
        using (w.Open($"private static void {Name(taps, size)}(ref float x, ref float w, ref float y, ref float bias, ref float other, float lowest, in Wide.Channelwise s)"))
        {
            w.Line("nint step = s.X, tap = s.Tap, next = s.W;");
            using (w.Open($"for (nint c = 0; c < s.Channels; c += {level.Lanes})"))
            {
                w.Line($"V {string.Join(", ", sums.Select(i => $"t{i}"))};");
                w.Line("V start = (s.Flags & 1) != 0 ? Vec.LoadUnsafe(ref bias, (nuint)c) : V.Zero;");
                foreach (int i in sums)
                    w.Line($"t{i} = start;");
                w.Line("ref float xLine = ref Unsafe.Add(ref x, c);").Line("ref float wLine = ref Unsafe.Add(ref w, c);");
                using (w.Open("for (nint line = s.Lines; line > 0; line--)"))
                {
                    if (taps > 0)
                        WriteKnown(w, level, taps, size);
                    else
                        WriteAny(w, level, size);
                    w.Line("xLine = ref Unsafe.Add(ref xLine, s.TapRow);").Line("wLine = ref Unsafe.Add(ref wLine, s.WRow);");
                }
                WriteEnd(w, sums);
            }
        }
        return w.ToString().TrimEnd('\n');
    }

    /// <summary>Each value meets all taps that it has among the pixels.</summary>
    private static void WriteKnown(SourceWriter w, InstructionSet level, int taps, int size)
    {
        for (var k = 0; k < taps; k++)
            w.Line($"V k{k} = Vec.LoadUnsafe(ref {(k == 0 ? "wLine" : $"Unsafe.Add(ref wLine, next{(k == 1 ? "" : " * " + Literal.Of(k))})")});");
        w.Line("V v;").Line("ref float p = ref xLine;");
        for (var i = 0; i < size + taps - 1; i++)
        {
            w.Line("v = Vec.LoadUnsafe(ref p);");
            for (int k = Math.Max(0, i - size + 1); k < Math.Min(taps, i + 1); k++)
                w.Line($"t{i - k} = Vec.{level.MultiplyAdd}(v, k{k}, t{i - k});");
            if (i < size + taps - 2)
                w.Line("p = ref Unsafe.Add(ref p, step);");
        }
    }

    private static void WriteAny(SourceWriter w, InstructionSet level, int size)
    {
        w.Line("ref float xTap = ref xLine;").Line("ref float wTap = ref wLine;");
        using (w.Open("for (nint k = s.Taps; k > 0; k--)"))
        {
            w.Line("V weight = Vec.LoadUnsafe(ref wTap);").Line("ref float p = ref xTap;");
            for (var i = 0; i < size; i++)
            {
                w.Line($"t{i} = Vec.{level.MultiplyAdd}(Vec.LoadUnsafe(ref p), weight, t{i});");
                if (i < size - 1)
                    w.Line("p = ref Unsafe.Add(ref p, step);");
            }
            w.Line("xTap = ref Unsafe.Add(ref xTap, tap);").Line("wTap = ref Unsafe.Add(ref wTap, next);");
        }
    }

    /// <summary>What follows the sums.</summary>
    private static void WriteEnd(SourceWriter w, int[] sums)
    {
        w.Line("ref float yAt = ref Unsafe.Add(ref y, c);");
        void ForEach(string reference, string step, Func<int, string> line)
        {
            w.Line($"ref float q = ref {reference};");
            foreach (int i in sums)
            {
                w.Line(line(i));
                if (i < sums.Length - 1)
                    w.Line($"q = ref Unsafe.Add(ref q, {step});");
            }
        }
        using (w.Open("if ((s.Flags & 2) != 0)"))
            ForEach("yAt", "s.Y", i => $"t{i} += Vec.LoadUnsafe(ref q);");
        using (w.Open("if ((s.Flags & 4) != 0)"))
            ForEach("Unsafe.Add(ref other, c)", "s.O", i => $"t{i} += Vec.LoadUnsafe(ref q);");
        using (w.Open("if ((s.Flags & 16) != 0)"))
            ForEach("Unsafe.Add(ref other, c)", "s.O", i => $"t{i} = Vec.ConditionalSelect(Vec.GreaterThan(Vec.LoadUnsafe(ref q), V.Zero), t{i}, V.Zero);");
        using (w.Open("if ((s.Flags & 8) != 0)"))
        {
            w.Line("V least = Vec.Create(lowest);");
            foreach (int i in sums)
                w.Line($"t{i} = Vec.MaxNative(least, t{i});");
        }
        foreach (int i in sums)
        {
            w.Line($"t{i}.StoreUnsafe(ref yAt);");
            if (i < sums.Length - 1)
                w.Line("yAt = ref Unsafe.Add(ref yAt, s.Y);");
        }
    }
}
