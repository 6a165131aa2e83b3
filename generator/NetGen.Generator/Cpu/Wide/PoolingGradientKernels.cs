using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Text;

namespace NetGen.Generator.Cpu.Wide;

/// <summary>
/// Shared methods for poolings' gradients. Where windows of a maximum are apart, a piece is an output line with the input lines from its own
/// windows to the next; where they overlap, it is some channels of a sample. A mean's gradient is gathered, by lines of the input.
/// </summary>
internal static class PoolingGradientKernels
{
    private const string MaxSummary = "Each gradient to the first largest value of its window";

    /// <summary>The methods.</summary>
    public static IReadOnlyList<SharedKernel> All { get; } =
    [
        new("MaxPoolGradient", $"{MaxSummary}; windows do not overlap.", ["x", "y", "dy", "dx"], "in Wide.Windows s", PoolingWindows.Struct, Apart),
        new("MaxPoolGradientOverlapping", $"{MaxSummary}; windows overlap.", ["x", "y", "dy", "dx"], "in Wide.Windows s", PoolingWindows.Struct, Overlapping),
        new("AveragePoolGradient", "Each gradient to all values of its window.", ["dy", "dx"], "in Wide.Windows s, float share", PoolingWindows.Struct, Mean),
    ];

    private static string Apart(InstructionSet level)
    {
        var w = new SourceWriter();
        w.Line("V passes = s.Masks ? V.Zero : V.AllBitsSet;");
        using (w.Open("for (nint line = from; line < to; line++)"))
        {
            w.Line("nint sample = line / s.OutHeight, row = line - (sample * s.OutHeight);").Line(PoolingWindows.Rows);
            using (w.Open("if (s.Clears)"))
            {
                w.Line("nint own = row == 0 ? 0 : top, past = row == s.OutHeight - 1 ? s.Height : Math.Min(s.Height, ((row + 1) * s.StrideHeight) - s.Top);");
                w.Line("ref float clearAt = ref Unsafe.Add(ref dx, (sample * s.DXSample) + (own * s.DXRow));");
                WriteClear(w, level, "past - own", "0", "s.Channels");
            }
            WriteWindows(w, level, "0", "s.Channels", adds: false);
        }
        return w.ToString().TrimEnd('\n');
    }

    private static string Overlapping(InstructionSet level)
    {
        var w = new SourceWriter();
        w.Line("V passes = s.Masks ? V.Zero : V.AllBitsSet;");
        w.Line("nint parts = (s.Channels + s.Part - 1) / s.Part;");
        using (w.Open("for (nint piece = from; piece < to; piece++)"))
        {
            w.Line("nint sample = piece / parts, first = (piece - (sample * parts)) * s.Part, last = Math.Min(first + s.Part, s.Channels);");
            w.Line("ref float clearAt = ref Unsafe.Add(ref dx, sample * s.DXSample);");
            WriteClear(w, level, "s.Height", "first", "last");
            using (w.Open("for (nint row = 0; row < s.OutHeight; row++)"))
            {
                w.Line(PoolingWindows.Rows);
                WriteWindows(w, level, "first", "last", adds: true);
            }
        }
        return w.ToString().TrimEnd('\n');
    }

    /// <summary>Zeros in some lines of the input's gradient.</summary>
    private static void WriteClear(SourceWriter w, InstructionSet level, string lines, string first, string last)
    {
        using (w.Open($"for (nint l = {lines}; l > 0; l--)"))
        {
            w.Line("ref float pixelAt = ref clearAt;");
            using (w.Open("for (nint p = s.Width; p > 0; p--)"))
            {
                w.Line($"for (nint i = {first}; i < {last}; i += {level.Lanes})").Line("    V.Zero.StoreUnsafe(ref pixelAt, (nuint)i);");
                w.Line("pixelAt = ref Unsafe.Add(ref pixelAt, s.DX);");
            }
            w.Line("clearAt = ref Unsafe.Add(ref clearAt, s.DXRow);");
        }
    }

    /// <summary>The windows of an output line.</summary>
    private static void WriteWindows(SourceWriter w, InstructionSet level, string first, string last, bool adds)
    {
        w.Line("""
            ref float xAt = ref Unsafe.Add(ref x, (sample * s.XSample) + (top * s.XRow));
            ref float yAt = ref Unsafe.Add(ref y, (sample * s.YSample) + (row * s.YRow));
            ref float dyAt = ref Unsafe.Add(ref dy, (sample * s.DYSample) + (row * s.DYRow));
            ref float dxAt = ref Unsafe.Add(ref dx, (sample * s.DXSample) + (top * s.DXRow));
            """);
        using (w.Open("for (nint column = 0; column < s.OutWidth; column++)"))
        {
            w.Line(PoolingWindows.Columns).Line($"nint c = {first};");
            // A vector has three of its own, and all have two more on the way.
            PoolingWindows.ForChannels(w, level, 4, last, vectors =>
            {
                for (var v = 0; v < vectors; v++)
                {
                    string place = v == 0 ? "(nuint)c" : $"(nuint)(c + {Literal.Of(v * level.Lanes)})";
                    w.Line($"V g{v} = Vec.LoadUnsafe(ref dyAt, {place}), largest{v} = Vec.LoadUnsafe(ref yAt, {place}), free{v} = V.AllBitsSet;");
                    w.Line($"g{v} &= Vec.GreaterThan(largest{v}, V.Zero) | passes;");
                }
                w.Line("V value, hit;");
                w.Line("ref float xP = ref Unsafe.Add(ref xAt, (left * s.X) + c), dxP = ref Unsafe.Add(ref dxAt, (left * s.DX) + c);");
                PoolingWindows.ForTaps(w, [("x", "X"), ("dx", "DX")], () =>
                {
                    for (var v = 0; v < vectors; v++)
                    {
                        w.Line($"value = {PoolingWindows.Load(level, "xTap", v)};");
                        w.Line($"hit = Vec.Equals(value, largest{v}) & free{v};");
                        w.Line($"free{v} = Vec.AndNot(free{v}, hit);");
                        string part = adds ? $"({PoolingWindows.Load(level, "dxTap", v)} + (g{v} & hit))" : $"(g{v} & hit)";
                        w.Line($"{part}.StoreUnsafe(ref dxTap{PoolingWindows.Lane(level, v)});");
                    }
                });
            });
            w.Line("yAt = ref Unsafe.Add(ref yAt, s.Y);").Line("dyAt = ref Unsafe.Add(ref dyAt, s.DY);");
        }
    }

    /// <summary>The outputs whose windows have a pixel are rows × columns, from <c>top</c> and <c>left</c> on.</summary>
    private static string Mean(InstructionSet level)
    {
        var w = new SourceWriter();
        using (w.Open("for (nint line = from; line < to; line++)"))
        {
            w.Line("""
                nint sample = line / s.Height, row = line - (sample * s.Height);
                nint top = Math.Max(0, (row + s.Top - s.KernelHeight + s.StrideHeight) / s.StrideHeight), rows = Math.Min(s.OutHeight, ((row + s.Top) / s.StrideHeight) + 1) - top;
                nint left = 0, right = 0;
                ref float dyAt = ref Unsafe.Add(ref dy, (sample * s.DYSample) + (top * s.DYRow));
                ref float dxAt = ref Unsafe.Add(ref dx, (sample * s.DXSample) + (row * s.DXRow));
                """);
            using (w.Open("for (nint column = 0; column < s.Width; column++)"))
            {
                w.Line("""
                    while (left < s.OutWidth && (left * s.StrideWidth) - s.Left + s.KernelWidth <= column)
                        left++;
                    while (right < s.OutWidth && (right * s.StrideWidth) - s.Left <= column)
                        right++;
                    nint columns = right - left, c = 0;
                    """);
                PoolingWindows.ForChannels(w, level, 4, "s.Channels", vectors =>
                {
                    w.Line($"V {string.Join(", ", Enumerable.Range(0, vectors).Select(v => $"v{v} = V.Zero"))};");
                    w.Line("ref float dyP = ref Unsafe.Add(ref dyAt, (left * s.DY) + c);");
                    PoolingWindows.ForTaps(w, [("dy", "DY")], () =>
                    {
                        for (var v = 0; v < vectors; v++)
                            w.Line($"v{v} += {PoolingWindows.Load(level, "dyTap", v)} * share;");
                    });
                    for (var v = 0; v < vectors; v++)
                        w.Line($"v{v}.StoreUnsafe(ref dxAt, (nuint)(c{(v == 0 ? "" : $" + {Literal.Of(v * level.Lanes)}")}));");
                });
                w.Line("dxAt = ref Unsafe.Add(ref dxAt, s.DX);");
            }
        }
        return w.ToString().TrimEnd('\n');
    }
}
