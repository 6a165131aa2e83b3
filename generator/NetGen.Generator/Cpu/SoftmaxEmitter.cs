using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Cpu.Methods;
using NetGen.Generator.Operations;
using NetGen.Generator.Text;

namespace NetGen.Generator.Cpu;

/// <summary>Writes softmax kernels: the largest term is taken off before the exponentials, so that none overflows.</summary>
internal sealed class SoftmaxEmitter
{
    private readonly StridedSoftmax s;
    private readonly InstructionSet level;

    private SoftmaxEmitter(StridedSoftmax softmax, InstructionSet level) => (s, this.level) = (softmax, level);

    public static Kernel Emit(StridedSoftmax softmax, InstructionSet level, KernelSet kernels)
    {
        var emitter = new SoftmaxEmitter(softmax, level);
        return new Kernel(kernels.Add(softmax.Name, softmax.Summary, emitter.Parameters, emitter.Write, emitter.Calls()));
    }

    private IReadOnlyList<Parameter> Parameters =>
        [.. s.IsGradient ? [Parameter.Tensor("y"), Parameter.Tensor("dy")] : new[] { Parameter.Tensor("x"), Parameter.Tensor("y") }, .. s.SamplesAreLanes ? [] : Parameter.Range];

    private IEnumerable<KernelFunction> Calls()
    {
        if (s.IsLog || !s.IsGradient)
            yield return KernelFunction.Exp;
        if (s.SamplesAreLanes)
            yield break;
        if (!s.IsGradient)
            yield return KernelFunction.Largest;
        if (s.Inner.Count % level.Lanes != 0)
            yield return KernelFunction.Lane;
    }

    private void Write(SourceWriter w)
    {
        if (s.SamplesAreLanes)
        {
            w.Line("nint at = 0;");
            using (w.Open($"for (nint end = at + {InstructionSet.Block}; at < end; at += {level.Lanes})"))
                WriteTerms(w);
            return;
        }
        using (w.Open($"for (nint n = from; n < to; n++)"))
        {
            w.Line($"nint at = {Address.Zero.Plus("n", s.SampleStep)};");
            WriteTerms(w);
        }
    }

    private void WriteTerms(SourceWriter w)
    {
        if (s.IsGradient)
        {
            w.Line("V shared = V.Zero;");
            ForTerms(w, (i, mask) => w.Line($"shared += {Select(mask, s.IsLog ? Load("dy", i) : $"({Load("dy", i)} * {Load("y", i)})", "V.Zero")};"));
            WriteAcross(w, "shared", "Vec.Sum(shared)");
            ForTerms(w, (i, mask) =>
            {
                string value = s.IsLog ? $"{Load("dy", i)} - (Exp({Load("y", i)}) * shared)" : $"{Load("y", i)} * ({Load("dy", i)} - shared)";
                w.Line($"{Select(mask, $"({value})", "V.Zero")}.StoreUnsafe(ref dy, (nuint)({i}));");
            });
            return;
        }
        w.Line("V largest = Vec.Create(float.NegativeInfinity);");
        ForTerms(w, (i, mask) => w.Line($"largest = Vec.MaxNative(largest, {Select(mask, Load("x", i), "Vec.Create(float.NegativeInfinity)")});"));
        WriteAcross(w, "largest", "Largest(largest)");
        w.Line("V sum = V.Zero;");
        ForTerms(w, (i, mask) =>
        {
            string term = mask is null ? "term" : "lastTerm";
            w.Line($"V {term} = {Select(mask, $"Exp({Load("x", i)} - largest)", "V.Zero")};");
            w.Line($"sum += {term};");
            if (!s.IsLog)
                w.Line($"{term}.StoreUnsafe(ref y, (nuint)({i}));");
        });
        WriteAcross(w, "sum", "Vec.Sum(sum)");
        if (s.IsLog)
        {
            // Two subtractions: the largest term and the logarithm in one number would lose the digits of the logarithm.
            w.Line("V logarithm = Vec.Log(sum);");
            ForTerms(w, (i, mask) => w.Line($"{Select(mask, $"(({Load("x", i)} - largest) - logarithm)", "V.Zero")}.StoreUnsafe(ref y, (nuint)({i}));"));
        }
        else
        {
            ForTerms(w, (i, _) => w.Line($"({Load("y", i)} / sum).StoreUnsafe(ref y, (nuint)({i}));"));
        }
    }

    /// <summary>Where terms are lanes, what each lane found is brought together.</summary>
    private void WriteAcross(SourceWriter w, string variable, string across)
    {
        if (!s.SamplesAreLanes)
            w.Line($"{variable} = Vec.Create({across});");
    }

    private static string Load(string tensor, string i) => $"Vec.LoadUnsafe(ref {tensor}, (nuint)({i}))";

    private static string Select(string? mask, string value, string otherwise) => mask is null ? value : $"Vec.ConditionalSelect({mask}, {value}, {otherwise})";

    /// <summary>A loop over the terms; the last vector of channels is masked where padding follows them.</summary>
    private void ForTerms(SourceWriter w, Action<string, string?> write)
    {
        SourceWriter.Block? outer = s.Outer.Count > 1 ? w.Open($"for (nint o = 0; o < {s.Outer.Count * s.Outer.Step}; o += {s.Outer.Step})") : null;
        string at = outer is null ? "at" : "at + o";
        if (s.SamplesAreLanes)
        {
            using (w.Open($"for (nint i = 0; i < {s.Inner.Count * s.Inner.Step}; i += {s.Inner.Step})"))
                write($"{at} + i", null);
        }
        else
        {
            int full = s.Inner.Count / level.Lanes * level.Lanes;
            if (full > 0)
            {
                using (w.Open($"for (nint i = 0; i < {full}; i += {level.Lanes})"))
                    write($"{at} + i", null);
            }
            if (full < s.Inner.Count)
                write(full == 0 ? at : $"{at} + {Operands.Text(full)}", $"Vec.LessThan(Lane, Vec.Create({Operands.Text(s.Inner.Count - full)}f))");
        }
        outer?.Dispose();
    }
}
