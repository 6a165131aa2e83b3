using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Cpu.Methods;
using NetGen.Generator.Text;

namespace NetGen.Generator.Cpu.Wide;

/// <summary>
/// Writes the sums of a depthwise convolution's weight gradient over a line: the taps of a kernel row × a vector of channels in registers, added to what
/// memory holds of the lines before. Without strides, a value of x is loaded once for all taps that it belongs to.
/// </summary>
internal static class DepthwiseSums
{
    /// <summary>Pixels at a time.</summary>
    private const int Pixels = 4;

    /// <summary>The method's name; 0 taps: a single one, of any stride.</summary>
    public static string Name(int taps) => $"DepthwiseSums{DepthwiseTile.Form(taps)}";

    /// <summary>The method.</summary>
    public static string Write(InstructionSet level, int taps)
    {
        int count = Math.Max(1, taps);
        // Sums of their own for neighbouring pixels, where there are so few that an addition would wait for the one before; few enough for the registers.
        int strands = count == 1 ? Pixels : level.Registers == 32 || count == 3 ? 2 : 1;
        var sums = (from k in Enumerable.Range(0, count) from u in Enumerable.Range(0, strands) select (Tap: k, Strand: u)).ToArray();
        var w = new SourceWriter();
        w.Line($"// Sums over a line of {(count == 1 ? "one tap" : $"{count} taps")} of a kernel row, channel by channel.").Line(KernelSet.Attribute);
        using (w.Open($"private static void {Name(taps)}(ref float x, ref float dy, ref float dw, nint channels, in Wide.Channelwise s)"))
        {
            w.Line("nint step = s.X, dyStep = s.Y;");
            using (w.Open($"for (nint c = 0; c < channels; c += {level.Lanes})"))
            {
                w.Line($"V {string.Join(", ", sums.Select(t => $"{Sum(t.Tap, t.Strand)} = V.Zero"))};");
                w.Line("ref float p = ref Unsafe.Add(ref x, c);").Line("ref float q = ref Unsafe.Add(ref dy, c);").Line("V v;").Line("nint n = s.Width;");
                using (w.Open($"for (; n >= {Pixels}; n -= {Pixels})"))
                    WritePixels(w, level, count, Pixels, strands);
                using (w.Open("for (; n > 0; n--)"))
                    WritePixels(w, level, count, 1, strands);
                for (var k = 0; k < count; k++)
                {
                    string place = k == 0 ? "(nuint)c" : $"(nuint)((s.W * {Literal.Of(k)}) + c)";
                    string total = strands == 4 ? $"(({Sum(k, 0)} + {Sum(k, 1)}) + ({Sum(k, 2)} + {Sum(k, 3)}))" : strands == 2 ? $"({Sum(k, 0)} + {Sum(k, 1)})" : Sum(k, 0);
                    w.Line($"(Vec.LoadUnsafe(ref dw, {place}) + {total}).StoreUnsafe(ref dw, {place});");
                }
            }
        }
        return w.ToString().TrimEnd('\n');
    }

    private static string Sum(int tap, int strand) => $"t{Literal.Of(tap)}_{Literal.Of(strand)}";

    /// <summary>So many pixels of dy, and the values of x from the first one's first tap to the last one's last.</summary>
    private static void WritePixels(SourceWriter w, InstructionSet level, int taps, int pixels, int strands)
    {
        for (var i = 0; i < pixels; i++)
            w.Line($"V d{i} = Vec.LoadUnsafe(ref q);").Line("q = ref Unsafe.Add(ref q, dyStep);");
        string at = "p";
        if (taps > 1)
        {
            w.Line("ref float r = ref p;");
            at = "r";
        }
        for (var i = 0; i < pixels + taps - 1; i++)
        {
            w.Line($"v = Vec.LoadUnsafe(ref {at});");
            for (int k = Math.Max(0, i - pixels + 1); k < Math.Min(taps, i + 1); k++)
            {
                string sum = Sum(k, (i - k) % strands);
                w.Line($"{sum} = Vec.{level.MultiplyAdd}(v, d{i - k}, {sum});");
            }
            if (i < pixels + taps - 2 || taps == 1)
                w.Line($"{at} = ref Unsafe.Add(ref {at}, step);");
        }
        if (taps > 1)
            w.Line($"p = ref Unsafe.Add(ref p, step{(pixels == 1 ? "" : " * " + Literal.Of(pixels))});");
    }
}
