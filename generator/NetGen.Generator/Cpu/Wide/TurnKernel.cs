using NetGen.Generator.Cpu.Methods;
using NetGen.Generator.Text;

namespace NetGen.Generator.Cpu.Wide;

/// <summary>
/// Writes a level's <c>Turn</c>: the weights of one tap, rows of input channels × columns of output channels, with rows and columns
/// exchanged, by blocks of 16 × 16 that are shuffled in registers.
/// </summary>
internal static class TurnKernel
{
    public const string Parameters = "ref float from, ref float to, nint outs, nint panel, nint width, nint rows, nint toWidth";

    public const string TouchParameters = "ref float from, ref float to, nint floats";

    /// <summary>The methods, those that are called first.</summary>
    public static IEnumerable<string> Write(WideLevel level, WideNeeds needs)
    {
        if (!needs.Turn)
            yield break;
        if (level.Set.Lanes == 16)
            yield return Whole();
        else if (level.Set.Lanes == 8)
            yield return Quarters();
        yield return Touch();
        string fast = level.Set.Lanes < 8 ? "" : """
                        if (rows - i >= 16)
                        {
                            Turn16(ref f, ref t, width, toWidth);
                            continue;
                        }

            """;
        yield return $$"""
            // One tap's weights, in channels × out channels in panels, turned into out channels × 32 (or 16) in channels; missing rows become zeros.
            {{KernelSet.Attribute}}
            internal static void Turn({{Parameters}})
            {
                // The halves of a panel's rows follow each other, so that memory is read in order.
                for (nint block = 0; block < outs; block += 32)
                {
                    if (width == 32 && rows == 32)
                        Touch(ref Unsafe.Add(ref from, (block >> 5) * panel), ref Unsafe.Add(ref to, block * toWidth), 1024);
                    for (nint part = 0; part < toWidth * 2; part += 16)
                    {
                        nint o = block + (part & 16), i = (part >> 5) << 4;
                        if (o >= outs)
                            continue;
                        ref float f = ref Unsafe.Add(ref from, ((o >> 5) * panel) + (o & 31) + (i * width));
                        ref float t = ref Unsafe.Add(ref to, (o * toWidth) + i);
            {{fast}}            for (nint a = 0; a < 16; a++)
                        {
                            for (nint b = 0; b < 16; b++)
                                Unsafe.Add(ref t, (a * toWidth) + b) = i + b < rows ? Unsafe.Add(ref f, (b * width) + a) : 0f;
                        }
                    }
                }
            }
            """;
    }

    private static string Touch() => $$"""
        // Reads memory from its first to its last line, an order that the processor sees: it is in the cache then. The sum only keeps the reads alive.
        {{KernelSet.Attribute}}
        internal static void Touch({{TouchParameters}})
        {
            float a = 0f, b = 0f, c = 0f, d = 0f;
            for (; floats > 0; floats -= 64)
            {
                a += from;
                b += Unsafe.Add(ref from, 16);
                c += Unsafe.Add(ref from, 32);
                d += Unsafe.Add(ref from, 48);
                from = ref Unsafe.Add(ref from, 64);
            }
            to = (a + b) + (c + d);
        }
        """;

    /// <summary>32 registers hold all 16 rows: exchanged within quarters of a vector, then the quarters.</summary>
    private static string Whole()
    {
        var w = new SourceWriter();
        w.Line("// 16 rows × 16 columns, turned.").Line(KernelSet.Attribute);
        using (w.Open("private static void Turn16(ref float from, ref float to, nint width, nint toWidth)"))
        {
            for (var r = 0; r < 16; r++)
                w.Line($"V r{r} = Vec.LoadUnsafe(ref from);").Line("from = ref Unsafe.Add(ref from, width);");
            for (var g = 0; g < 4; g++)
            {
                int r = 4 * g;
                w.Line($"V a{g} = Avx512F.UnpackLow(r{r}, r{r + 1}), b{g} = Avx512F.UnpackHigh(r{r}, r{r + 1}), c{g} = Avx512F.UnpackLow(r{r + 2}, r{r + 3}), d{g} = Avx512F.UnpackHigh(r{r + 2}, r{r + 3});");
                w.Line($"V m{g}_0 = Avx512F.Shuffle(a{g}, c{g}, 0x44), m{g}_1 = Avx512F.Shuffle(a{g}, c{g}, 0xEE), m{g}_2 = Avx512F.Shuffle(b{g}, d{g}, 0x44), m{g}_3 = Avx512F.Shuffle(b{g}, d{g}, 0xEE);");
            }
            for (var j = 0; j < 4; j++)
            {
                w.Line($"V e{j} = Avx512F.Shuffle4x128(m0_{j}, m1_{j}, 0x88), f{j} = Avx512F.Shuffle4x128(m2_{j}, m3_{j}, 0x88);");
                w.Line($"V g{j} = Avx512F.Shuffle4x128(m0_{j}, m1_{j}, 0xDD), h{j} = Avx512F.Shuffle4x128(m2_{j}, m3_{j}, 0xDD);");
            }
            foreach ((string first, string second, string quarters) in new[] { ("e", "f", "0x88"), ("g", "h", "0x88"), ("e", "f", "0xDD"), ("g", "h", "0xDD") })
            {
                for (var j = 0; j < 4; j++)
                    w.Line($"Avx512F.Shuffle4x128({first}{j}, {second}{j}, {quarters}).StoreUnsafe(ref to);").Line("to = ref Unsafe.Add(ref to, toWidth);");
            }
        }
        return w.ToString().TrimEnd('\n');
    }

    /// <summary>Four columns at a time, eight rows of them: rows r and r + 4 in one vector, exchanged within its halves.</summary>
    private static string Quarters()
    {
        var w = new SourceWriter();
        w.Line("// 16 rows × 16 columns, turned.").Line(KernelSet.Attribute);
        using (w.Open("private static void Turn16(ref float from, ref float to, nint width, nint toWidth)"))
        {
            using (w.Open("for (nint a = 0; a < 16; a += 4)"))
            {
                w.Line("ref float t = ref Unsafe.Add(ref to, a * toWidth);");
                using (w.Open("for (nint half = 0; half < 16; half += 8)"))
                {
                    w.Line("ref float f = ref Unsafe.Add(ref from, (half * width) + a);");
                    for (var r = 0; r < 4; r++)
                        w.Line($"V r{r} = Vec.Create(Vector128.LoadUnsafe(ref f, (nuint)(width * {r})), Vector128.LoadUnsafe(ref f, (nuint)(width * {r + 4})));");
                    w.Line("V u0 = Avx.UnpackLow(r0, r1), u1 = Avx.UnpackHigh(r0, r1), u2 = Avx.UnpackLow(r2, r3), u3 = Avx.UnpackHigh(r2, r3);");
                    for (var j = 0; j < 4; j++)
                        w.Line($"Avx.Shuffle(u{j / 2}, u{(j / 2) + 2}, {(j % 2 == 0 ? "0x44" : "0xEE")}).StoreUnsafe(ref t, (nuint)((toWidth * {j}) + half));");
                }
            }
        }
        return w.ToString().TrimEnd('\n');
    }
}
