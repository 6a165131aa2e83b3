namespace NetGen.Generator.Cpu.Wide;

/// <summary>
/// Writes a level's <c>Turn</c>: the weights of one tap, rows of input channels × columns of output channels, with rows and columns
/// exchanged, by blocks of 16 × 16 that are shuffled in registers.
/// </summary>
internal static class TurnKernel
{
    public const string Parameters = "ref float from, ref float to, nint outs, nint panel, nint width, nint rows, nint toWidth";

    public const string TransposeParameters = "ref float from, ref float to, nint rows, nint columns, nint fromStep, nint toStep";

    /// <summary>The methods, those that are called first.</summary>
    public static IEnumerable<string> Write(WideLevel level, WideNeeds needs)
    {
        if (!needs.Turn && !needs.Transpose)
            yield break;
        if (level.Set.Lanes == 16)
            yield return Block("V", "Vec.Create(Vector256.Create(Vector128.LoadUnsafe(ref f, (nuint)({0} * width)), Vector128.LoadUnsafe(ref f, (nuint)({1} * width))), Vector256.Create(Vector128.LoadUnsafe(ref f, (nuint)({2} * width)), Vector128.LoadUnsafe(ref f, (nuint)({3} * width))))", 16, "Avx512F");
        else if (level.Set.Lanes == 8)
            yield return Block("V", "Vec.Create(Vector128.LoadUnsafe(ref f, (nuint)({0} * width)), Vector128.LoadUnsafe(ref f, (nuint)({1} * width)))", 8, "Avx");
        if (needs.Transpose)
            yield return Transpose(level.Set.Lanes >= 8);
        if (!needs.Turn)
            yield break;
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
                for (nint o = 0; o < outs; o += 16)
                {
                    for (nint i = 0; i < toWidth; i += 16)
                    {
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

    private static string Transpose(bool hasBlocks)
    {
        string fast = !hasBlocks ? "" : """
                        if (rows - r >= 16 && columns - c >= 16)
                        {
                            Turn16(ref f, ref t, fromStep, toStep);
                            continue;
                        }

            """;
        return $$"""
            // Rows × columns to columns × rows.
            {{KernelSet.Attribute}}
            internal static void Transpose({{TransposeParameters}})
            {
                for (nint c = 0; c < columns; c += 16)
                {
                    for (nint r = 0; r < rows; r += 16)
                    {
                        ref float f = ref Unsafe.Add(ref from, (r * fromStep) + c);
                        ref float t = ref Unsafe.Add(ref to, (c * toStep) + r);
            {{fast}}            nint lines = Math.Min(16, rows - r), pixels = Math.Min(16, columns - c);
                        for (nint a = 0; a < pixels; a++)
                        {
                            for (nint b = 0; b < lines; b++)
                                Unsafe.Add(ref t, (a * toStep) + b) = Unsafe.Add(ref f, (b * fromStep) + a);
                        }
                    }
                }
            }
            """;
    }

    /// <summary>Four columns at a time: rows r, r + 4, … of them in one vector, then exchanged within quarters of it.</summary>
    private static string Block(string vector, string load, int lanes, string isa)
    {
        string Load(int row, int half) => "V r" + Operands.Text(row) + " = " + string.Format(System.Globalization.CultureInfo.InvariantCulture, load, row + half, row + half + 4, row + half + 8, row + half + 12) + ";";
        var halves = new List<string>();
        for (var half = 0; half < 16; half += lanes)
        {
            string lane = half == 0 ? "" : " + " + Operands.Text(half);
            halves.Add($$"""
                        {
                            {{Load(0, half)}}
                            {{Load(1, half)}}
                            {{Load(2, half)}}
                            {{Load(3, half)}}
                            {{vector}} u0 = {{isa}}.UnpackLow(r0, r1), u1 = {{isa}}.UnpackHigh(r0, r1), u2 = {{isa}}.UnpackLow(r2, r3), u3 = {{isa}}.UnpackHigh(r2, r3);
                            {{isa}}.Shuffle(u0, u2, 0x44).StoreUnsafe(ref t, (nuint)({{Operands.Text(half)}}));
                            {{isa}}.Shuffle(u0, u2, 0xEE).StoreUnsafe(ref t, (nuint)(toWidth{{lane}}));
                            {{isa}}.Shuffle(u1, u3, 0x44).StoreUnsafe(ref t, (nuint)((toWidth * 2){{lane}}));
                            {{isa}}.Shuffle(u1, u3, 0xEE).StoreUnsafe(ref t, (nuint)((toWidth * 3){{lane}}));
                        }
                """);
        }
        return $$"""
            // 16 rows × 16 columns, turned.
            {{KernelSet.Attribute}}
            private static void Turn16(ref float from, ref float to, nint width, nint toWidth)
            {
                for (nint a = 0; a < 16; a += 4)
                {
                    ref float f = ref Unsafe.Add(ref from, a);
                    ref float t = ref Unsafe.Add(ref to, a * toWidth);
            {{string.Join("\n", halves)}}
                }
            }
            """;
    }
}
