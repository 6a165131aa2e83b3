using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Cpu.Methods;
using NetGen.Generator.Cpu.Planning;
using NetGen.Generator.Text;

namespace NetGen.Generator.Cpu;

/// <summary>Writes bias gradients: sums over samples and pixels.</summary>
internal static class BiasGradientEmitter
{
    /// <summary>Sums under way at once, so that an addition need not wait for the one before.</summary>
    private const int Chains = 4;

    /// <summary>Values that a register adds up before its sum is added to the whole: rounding errors grow with the length of a chain.</summary>
    private const int Chain = 64;

    private static readonly Parameter[] Tensors = [Parameter.Tensor("dy"), Parameter.Tensor("db")];

    public static Kernel Emit(BiasGradient b, InstructionSet level, KernelSet kernels) => b.SamplesAreLanes
        ? new Kernel(kernels.Add(b.Name, b.Summary, Tensors, w => SumLanes(w, b, level)))
        : new Kernel(
            kernels.Add(b.Name, b.Summary, [.. Tensors, Parameter.Number("samples"), .. Parameter.Range], w => SumChannels(w, b, level)))
        {
            Pieces = Operands.Text(Layouts.Padded(b.Channels) / InstructionSet.Block),
        };

    /// <summary>Channels are lanes.</summary>
    private static void SumChannels(SourceWriter w, BiasGradient b, InstructionSet level)
    {
        int channels = Layouts.Padded(b.Channels), stretch = Chains * ExactSum.Chain * channels;
        w.Line($$"""
            for (nint c = from * {{InstructionSet.Block}}; c < to * {{InstructionSet.Block}}; c += {{level.Lanes}})
            {
                V sum = V.Zero, sumRest = V.Zero;
                for (nint start = c, end = c + (samples * {{b.Pixels * channels}}); start < end; start += {{stretch}})
                {
                    V s0 = V.Zero, s1 = V.Zero, s2 = V.Zero, s3 = V.Zero;
                    nint at = start, stop = Math.Min(end, start + {{stretch}});
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
                    {{ExactSum.AddPart("sum")}}
                }
                (sum + sumRest).StoreUnsafe(ref db, (nuint)c);
            }
            """);
    }

    /// <summary>Samples are lanes: vectors are summed across.</summary>
    private static void SumLanes(SourceWriter w, BiasGradient b, InstructionSet level)
    {
        int vectors = b.Pixels * level.VectorsPerBlock;
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
}
