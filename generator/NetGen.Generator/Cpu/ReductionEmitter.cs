using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Cpu.Methods;
using NetGen.Generator.Cpu.Planning;
using NetGen.Generator.Operations;
using NetGen.Generator.Text;

namespace NetGen.Generator.Cpu;

/// <summary>Writes kernels that sum over samples and pixels: bias gradients and the parts of batch normalisation.</summary>
internal static class ReductionEmitter
{
    /// <summary>Sums under way at once, so that an addition need not wait for the one before.</summary>
    private const int Chains = 4;

    /// <summary>Values that a register adds up before its sum is added to the whole: rounding errors grow with the length of a chain.</summary>
    private const int Chain = 64;

    /// <summary>The same where the whole keeps what rounding takes from it, so that only the chains' own errors are left.</summary>
    private const int ExactChain = 16;

    public static Kernel Emit(BiasGradient b, InstructionSet level, KernelSet kernels)
    {
        if (b.SamplesAreLanes)
            return new Kernel(kernels.Add(b.Name, b.Summary, name => SumLanes(name, b, level)));
        int channels = Padded(b.Channels);
        string method = kernels.Add(b.Name, b.Summary, name => $$"""
            private static void {{name}}(ref float dy, ref float db, nint samples, nint from, nint to)
            {
                for (nint c = from * {{InstructionSet.Block}}; c < to * {{InstructionSet.Block}}; c += {{level.Lanes}})
                {
                    V sum = V.Zero, sumRest = V.Zero;
                    for (nint start = c, end = c + (samples * {{b.Pixels * channels}}); start < end; start += {{Chains * ExactChain * channels}})
                    {
                        V s0 = V.Zero, s1 = V.Zero, s2 = V.Zero, s3 = V.Zero;
                        nint at = start, stop = Math.Min(end, start + {{Chains * ExactChain * channels}});
                        for (; at < stop - {{3 * channels}}; at += {{4 * channels}})
                        {
                            s0 += Vec.LoadUnsafe(ref dy, (nuint)at);
                            s1 += Vec.LoadUnsafe(ref dy, (nuint)(at + {{channels}}));
                            s2 += Vec.LoadUnsafe(ref dy, (nuint)(at + {{2 * channels}}));
                            s3 += Vec.LoadUnsafe(ref dy, (nuint)(at + {{3 * channels}}));
                        }
                        for (; at < stop; at += {{channels}})
                            s0 += Vec.LoadUnsafe(ref dy, (nuint)at);
                        V sumPart = (s0 + s1) + (s2 + s3), t, z;
                        {{AddExactly("sum")}}
                    }
                    (sum + sumRest).StoreUnsafe(ref db, (nuint)c);
                }
            }
            """.Replace("\r", ""));
        return new Kernel(method, channels / InstructionSet.Block);
    }

    /// <summary>Parts of batch normalisation; statistics and parameter gradients are shared out by channels, the others by samples.</summary>
    public static Kernel Emit(StridedNormalization n, InstructionSet level, KernelSet kernels)
    {
        int channels = n.Blocks * InstructionSet.Block;
        string blocks = $"for (nint c = from * {InstructionSet.Block}; c < to * {InstructionSet.Block}; c += {level.Lanes})";
        string pixels = $"for (nint row = from * {n.Pixels * channels}; row < to * {n.Pixels * channels}; row += {channels})";
        int stretch = ExactChain * channels;
        string Sums(string variables, string body) => $$"""
            for (nint start = c, end = c + (samples * {{n.Pixels * channels}}); start < end; start += {{stretch}})
            {
                V {{string.Join(", ", variables.Split(' ').Select(v => v + "Part = V.Zero"))}};
                for (nint at = start; at < Math.Min(end, start + {{stretch}}); at += {{channels}})
                {
                    {{body}}
                }
                V t, z;
                {{string.Join("\n    ", variables.Split(' ').Select(AddExactly))}}
            }
            """;
        string Centred(string at) =>
            $"((Vec.LoadUnsafe(ref x, (nuint)({at})) - Vec.LoadUnsafe(ref statistics, (nuint)c)) - Vec.LoadUnsafe(ref statistics, (nuint)(c + {2 * channels})))";
        string eps = Literal.Of((float)n.Eps), momentum = Literal.Of((float)n.Momentum), rest = Literal.Of((float)(1 - n.Momentum));
        (string parameters, string body) = n.Part switch
        {
            NormalizationPart.BatchStatistics => (
                "ref float x, ref float runningMean, ref float runningVariance, ref float statistics",
                $$"""
                float count = samples * {{n.Pixels}};
                {{blocks}}
                {
                    V mean = V.Zero, meanRest = V.Zero, error = V.Zero, errorRest = V.Zero, variance = V.Zero, varianceRest = V.Zero;
                    {{Indented(Sums("mean", "meanPart += Vec.LoadUnsafe(ref x, (nuint)at);"))}}
                    mean = (mean + meanRest) * (1 / count);
                    // What is left of the values when the rounded mean is taken off tells what is wrong with it, in digits that it has no room for.
                    {{Indented(Sums("error variance", "V d = Vec.LoadUnsafe(ref x, (nuint)at) - mean;\n        errorPart += d;\n        variancePart += d * d;"))}}
                    error = (error + errorRest) * (1 / count);
                    variance = Vec.Max(V.Zero, variance + varianceRest - (error * error * count));
                    V unbiased = variance * (1 / MathF.Max(1, count - 1));
                    variance *= 1 / count;
                    mean.StoreUnsafe(ref statistics, (nuint)c);
                    (V.One / Vec.Sqrt(variance + Vec.Create({{eps}}))).StoreUnsafe(ref statistics, (nuint)(c + {{channels}}));
                    error.StoreUnsafe(ref statistics, (nuint)(c + {{2 * channels}}));
                    ((Vec.LoadUnsafe(ref runningMean, (nuint)c) * {{rest}}) + (mean * {{momentum}})).StoreUnsafe(ref runningMean, (nuint)c);
                    ((Vec.LoadUnsafe(ref runningVariance, (nuint)c) * {{rest}}) + (unbiased * {{momentum}})).StoreUnsafe(ref runningVariance, (nuint)c);
                }
                """),
            NormalizationPart.RunningStatistics => (
                "ref float runningMean, ref float runningVariance, ref float statistics",
                $$"""
                {{blocks}}
                {
                    Vec.LoadUnsafe(ref runningMean, (nuint)c).StoreUnsafe(ref statistics, (nuint)c);
                    V.Zero.StoreUnsafe(ref statistics, (nuint)(c + {{2 * channels}}));
                    (V.One / Vec.Sqrt(Vec.LoadUnsafe(ref runningVariance, (nuint)c) + Vec.Create({{eps}}))).StoreUnsafe(ref statistics, (nuint)(c + {{channels}}));
                }
                """),
            NormalizationPart.Normalize => (
                "ref float x, ref float weight, ref float bias, ref float statistics, ref float y",
                $$"""
                {{pixels}}
                {
                    for (nint c = 0; c < {{channels}}; c += {{level.Lanes}})
                    {
                        V normal = {{Centred("row + c")}} * Vec.LoadUnsafe(ref statistics, (nuint)(c + {{channels}}));
                        ((normal * Vec.LoadUnsafe(ref weight, (nuint)c)) + Vec.LoadUnsafe(ref bias, (nuint)c)).StoreUnsafe(ref y, (nuint)(row + c));
                    }
                }
                """),
            NormalizationPart.ParameterGradient => (
                "ref float x, ref float dy, ref float statistics, ref float dweight, ref float dbias, ref float sums",
                $$"""
                {{blocks}}
                {
                    V scale = V.Zero, scaleRest = V.Zero, shift = V.Zero, shiftRest = V.Zero;
                    {{Indented(Sums(
                        "scale shift",
                        $"V g = Vec.LoadUnsafe(ref dy, (nuint)at);\n        shiftPart += g;\n        scalePart += g * {Centred("at")};"))}}
                    V inverse = Vec.LoadUnsafe(ref statistics, (nuint)(c + {{channels}})), size = Vec.Create(samples * {{n.Pixels}}f);
                    scale = (scale + scaleRest) * inverse;
                    scale.StoreUnsafe(ref dweight, (nuint)c);
                    (shift + shiftRest).StoreUnsafe(ref dbias, (nuint)c);
                    // The mean gradient and what it has no room for: the gradients less their mean must add up to nothing.
                    V mean = shift / size;
                    mean.StoreUnsafe(ref sums, (nuint)c);
                    ((Vec.FusedMultiplyAdd(-mean, size, shift) + shiftRest) / size).StoreUnsafe(ref sums, (nuint)(c + {{channels}}));
                    (scale * inverse / size).StoreUnsafe(ref sums, (nuint)(c + {{2 * channels}}));
                }
                """),
            NormalizationPart.InputGradient => (
                "ref float x, ref float dy, ref float weight, ref float statistics, ref float sums, ref float dx",
                $$"""
                {{pixels}}
                {
                    for (nint c = 0; c < {{channels}}; c += {{level.Lanes}})
                    {
                        V inverse = Vec.LoadUnsafe(ref statistics, (nuint)(c + {{channels}}));
                        V g = (Vec.LoadUnsafe(ref dy, (nuint)(row + c)) - Vec.LoadUnsafe(ref sums, (nuint)c)) - Vec.LoadUnsafe(ref sums, (nuint)(c + {{channels}}));
                        V along = {{Centred("row + c")}} * Vec.LoadUnsafe(ref sums, (nuint)(c + {{2 * channels}}));
                        ((g - along) * inverse * Vec.LoadUnsafe(ref weight, (nuint)c)).StoreUnsafe(ref dx, (nuint)(row + c));
                    }
                }
                """),
            _ => (
                "ref float dy, ref float weight, ref float statistics, ref float dx",
                $$"""
                {{pixels}}
                {
                    for (nint c = 0; c < {{channels}}; c += {{level.Lanes}})
                    {
                        V scale = Vec.LoadUnsafe(ref statistics, (nuint)(c + {{channels}})) * Vec.LoadUnsafe(ref weight, (nuint)c);
                        (Vec.LoadUnsafe(ref dy, (nuint)(row + c)) * scale).StoreUnsafe(ref dx, (nuint)(row + c));
                    }
                }
                """),
        };
        string method = kernels.Add(n.Name, n.Summary, name =>
        {
            var w = new SourceWriter();
            using (w.Open($"private static void {name}({parameters}, nint samples, nint from, nint to)"))
                w.Line(body);
            return w.ToString().TrimEnd('\n');
        });
        return new Kernel(method, n.Blocks);
    }

    /// <summary>Adds a part to a sum and what is lost of it to the rest: z is as much of the part as went into the sum (Knuth's two-sum).</summary>
    private static string AddExactly(string v) => $"t = {v} + {v}Part; z = t - {v}; {v}Rest += ({v} - (t - z)) + ({v}Part - z); {v} = t;";

    private static string SumLanes(string name, BiasGradient b, InstructionSet level)
    {
        int vectors = b.Pixels * level.VectorsPerBlock;
        var w = new SourceWriter();
        using (w.Open($"private static void {name}(ref float dy, ref float db)"))
        {
            using (w.Open($"for (nint c = 0; c < {b.Channels}; c++)"))
            {
                w.Line($"ref float at = ref Unsafe.Add(ref dy, c * {b.Pixels * InstructionSet.Block});");
                if (vectors % Chains == 0 && vectors > Chains)
                {
                    // The last turn's strip may be shorter.
                    bool isLong = vectors > Chains * Chain;
                    int all = vectors * level.Lanes, stretch = Chains * Chain * level.Lanes;
                    if (isLong)
                        w.Line("V sum = V.Zero;");
                    SourceWriter.Block? strips = isLong ? w.Open($"for (nint start = 0; start < {all}; start += {stretch})") : null;
                    w.Line("V s0 = V.Zero, s1 = V.Zero, s2 = V.Zero, s3 = V.Zero;");
                    using (w.Open($"for (nint i = {(isLong ? "start" : "0")}; i < {(isLong ? $"Math.Min({all}, start + {stretch})" : Operands.Text(all))}; i += {Chains * level.Lanes})"))
                    {
                        for (var i = 0; i < Chains; i++)
                            w.Line($"s{i} += Vec.LoadUnsafe(ref at, (nuint)(i + {i * level.Lanes}));");
                    }
                    if (isLong)
                        w.Line("sum += (s0 + s1) + (s2 + s3);");
                    strips?.Dispose();
                    w.Line($"Unsafe.Add(ref db, c) += Vec.Sum({(isLong ? "sum" : "(s0 + s1) + (s2 + s3)")});");
                }
                else
                {
                    w.Line("V s = V.Zero;");
                    w.Line($"for (nint i = 0; i < {vectors * level.Lanes}; i += {level.Lanes})");
                    w.Line("    s += Vec.LoadUnsafe(ref at, (nuint)i);");
                    w.Line("Unsafe.Add(ref db, c) += Vec.Sum(s);");
                }
            }
        }
        return w.ToString().TrimEnd('\n');
    }

    /// <summary>Lines that stand one level deeper than the line they are put in.</summary>
    private static string Indented(string lines) => lines.Replace("\r", "").Replace("\n", "\n    ");

    private static int Padded(int channels) => Layouts.Padded(channels);
}
