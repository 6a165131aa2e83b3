using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Cpu.Methods;
using NetGen.Generator.Text;

namespace NetGen.Generator.Cpu;

/// <summary>
/// Writes the parts of batch normalisation, channels as lanes: statistics and parameter gradients are shared out by channels, the others by
/// samples.
/// </summary>
internal sealed class NormalizationEmitter
{
    private readonly StridedNormalization n;
    private readonly InstructionSet level;
    private readonly int channels;

    private NormalizationEmitter(StridedNormalization normalization, InstructionSet level) =>
        (n, this.level, channels) = (normalization, level, normalization.Blocks * InstructionSet.Block);

    public static Kernel Emit(StridedNormalization n, InstructionSet level, KernelSet kernels)
    {
        var emitter = new NormalizationEmitter(n, level);
        return new Kernel(kernels.Add(n.Name, n.Summary, emitter.Parameters, emitter.Write)) { Pieces = Operands.Text(n.Blocks) };
    }

    private IReadOnlyList<Parameter> Parameters
    {
        get
        {
            string[] tensors = n.Part switch
            {
                NormalizationPart.BatchStatistics => ["x", "runningMean", "runningVariance", "statistics"],
                NormalizationPart.RunningStatistics => ["runningMean", "runningVariance", "statistics"],
                NormalizationPart.Normalize => ["x", "weight", "bias", "statistics", "y"],
                NormalizationPart.ParameterGradient => ["x", "dy", "statistics", "dweight", "dbias", "sums"],
                NormalizationPart.InputGradient => ["x", "dy", "weight", "statistics", "sums", "dx"],
                _ => ["dy", "weight", "statistics", "dx"],
            };
            return [.. tensors.Select(Parameter.Tensor), Parameter.Number("samples"), .. Parameter.Range];
        }
    }

    private void Write(SourceWriter w)
    {
        switch (n.Part)
        {
            case NormalizationPart.BatchStatistics:
                WriteBatchStatistics(w);
                break;
            case NormalizationPart.RunningStatistics:
                WriteRunningStatistics(w);
                break;
            case NormalizationPart.Normalize:
                WriteNormalize(w);
                break;
            case NormalizationPart.ParameterGradient:
                WriteParameterGradient(w);
                break;
            case NormalizationPart.InputGradient:
                WriteInputGradient(w);
                break;
            default:
                WriteInputGradientRunning(w);
                break;
        }
    }

    /// <summary>Over the channels of this worker's blocks, a vector at a time.</summary>
    private SourceWriter.Block OpenChannels(SourceWriter w) =>
        w.Open($"for (nint c = from * {InstructionSet.Block}; c < to * {InstructionSet.Block}; c += {level.Lanes})");

    /// <summary>Over the pixels of this worker's samples, and in each over all channels.</summary>
    private void ForValues(SourceWriter w, InvariantText statements)
    {
        using (w.Open($"for (nint row = from * {n.Pixels * channels}; row < to * {n.Pixels * channels}; row += {channels})"))
        using (w.Open($"for (nint c = 0; c < {channels}; c += {level.Lanes})"))
            w.Line(statements);
    }

    /// <summary>Sums over all pixels of all samples; the statements add a pixel's values to the sums' parts.</summary>
    private void WriteSums(SourceWriter w, string[] sums, params string[] statements)
    {
        int stretch = ExactSum.Chain * channels;
        using (w.Open($"for (nint start = c, end = c + (samples * {n.Pixels * channels}); start < end; start += {stretch})"))
        {
            w.Line($"V {string.Join(", ", sums.Select(v => v + "Part = V.Zero"))};");
            using (w.Open($"for (nint at = start; at < Math.Min(end, start + {stretch}); at += {channels})"))
            {
                foreach (string statement in statements)
                    w.Line(statement);
            }
            w.Line("V t, z;");
            foreach (string sum in sums)
                w.Line(ExactSum.AddPart(sum));
        }
    }

    private static string Load(string tensor, string at) => $"Vec.LoadUnsafe(ref {tensor}, (nuint){at})";

    /// <summary>Of the statistics, 0 is the mean, 1 the inverse deviation and 2 the mean's rest.</summary>
    private string Statistic(int number, string of = "statistics") => Load(of, At(number));

    private string At(int number) => number == 0 ? "c" : $"(c + {Operands.Text(number * channels)})";

    /// <summary>A value of x less the mean.</summary>
    private string Centred(string at) => $"(({Load("x", $"({at})")} - {Statistic(0)}) - {Statistic(2)})";

    private void WriteBatchStatistics(SourceWriter w)
    {
        string momentum = Literal.Of((float)n.Momentum), rest = Literal.Of((float)(1 - n.Momentum));
        w.Line($"float count = samples * {n.Pixels};");
        using (OpenChannels(w))
        {
            w.Line("V mean = V.Zero, meanRest = V.Zero, error = V.Zero, errorRest = V.Zero, variance = V.Zero, varianceRest = V.Zero;");
            WriteSums(w, ["mean"], $"meanPart += {Load("x", "at")};");
            w.Line("mean = (mean + meanRest) * (1 / count);");
            w.Line("// What is left of the values when the rounded mean is taken off tells what is wrong with it, in digits that it has no room for.");
            WriteSums(w, ["error", "variance"], $"V d = {Load("x", "at")} - mean;", "errorPart += d;", "variancePart += d * d;");
            w.Line($"""
                error = (error + errorRest) * (1 / count);
                variance = Vec.Max(V.Zero, variance + varianceRest - (error * error * count));
                V unbiased = variance * (1 / MathF.Max(1, count - 1));
                variance *= 1 / count;
                mean.StoreUnsafe(ref statistics, (nuint){At(0)});
                (V.One / Vec.Sqrt(variance + Vec.Create({Literal.Of((float)n.Eps)}))).StoreUnsafe(ref statistics, (nuint){At(1)});
                error.StoreUnsafe(ref statistics, (nuint){At(2)});
                (({Load("runningMean", "c")} * {rest}) + (mean * {momentum})).StoreUnsafe(ref runningMean, (nuint)c);
                (({Load("runningVariance", "c")} * {rest}) + (unbiased * {momentum})).StoreUnsafe(ref runningVariance, (nuint)c);
                """);
        }
    }

    private void WriteRunningStatistics(SourceWriter w)
    {
        using (OpenChannels(w))
        {
            w.Line($"""
                {Load("runningMean", "c")}.StoreUnsafe(ref statistics, (nuint){At(0)});
                V.Zero.StoreUnsafe(ref statistics, (nuint){At(2)});
                (V.One / Vec.Sqrt({Load("runningVariance", "c")} + Vec.Create({Literal.Of((float)n.Eps)}))).StoreUnsafe(ref statistics, (nuint){At(1)});
                """);
        }
    }

    private void WriteNormalize(SourceWriter w) => ForValues(w, $"""
        V normal = {Centred("row + c")} * {Statistic(1)};
        ((normal * {Load("weight", "c")}) + {Load("bias", "c")}).StoreUnsafe(ref y, (nuint)(row + c));
        """);

    private void WriteParameterGradient(SourceWriter w)
    {
        using (OpenChannels(w))
        {
            w.Line("V scale = V.Zero, scaleRest = V.Zero, shift = V.Zero, shiftRest = V.Zero;");
            WriteSums(w, ["scale", "shift"], $"V g = {Load("dy", "at")};", "shiftPart += g;", $"scalePart += g * {Centred("at")};");
            w.Line($"""
                V inverse = {Statistic(1)}, size = Vec.Create(samples * {n.Pixels}f);
                scale = (scale + scaleRest) * inverse;
                scale.StoreUnsafe(ref dweight, (nuint)c);
                (shift + shiftRest).StoreUnsafe(ref dbias, (nuint)c);
                // The mean gradient and what it has no room for: the gradients less their mean must add up to nothing.
                V mean = shift / size;
                mean.StoreUnsafe(ref sums, (nuint){At(0)});
                ((Vec.FusedMultiplyAdd(-mean, size, shift) + shiftRest) / size).StoreUnsafe(ref sums, (nuint){At(1)});
                (scale * inverse / size).StoreUnsafe(ref sums, (nuint){At(2)});
                """);
        }
    }

    private void WriteInputGradient(SourceWriter w) => ForValues(w, $"""
        V inverse = {Statistic(1)};
        V g = ({Load("dy", "(row + c)")} - {Statistic(0, "sums")}) - {Statistic(1, "sums")};
        // In one rounding: what is left of a gradient that goes along with the values is next to nothing.
        V across = Vec.{level.MultiplyAdd}({Centred("row + c")}, -{Statistic(2, "sums")}, g);
        (across * inverse * {Load("weight", "c")}).StoreUnsafe(ref dx, (nuint)(row + c));
        """);

    private void WriteInputGradientRunning(SourceWriter w) => ForValues(w, $"""
        V scale = {Statistic(1)} * {Load("weight", "c")};
        ({Load("dy", "(row + c)")} * scale).StoreUnsafe(ref dx, (nuint)(row + c));
        """);
}
