using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Cpu.Methods;
using NetGen.Generator.Cpu.Planning;
using NetGen.Generator.Operations;
using NetGen.Generator.Text;

namespace NetGen.Generator.Cpu;

/// <summary>
/// Cuts the long sums of a wide linear layer into blocks. A tile's columns of one block of weights stay in the first-level cache while
/// all samples use them, so that weights are read from further away once per batch and not once per tile of samples.
/// </summary>
internal static class BlockedEmitter
{
    /// <summary>Terms in a block: 64 rows of four vectors are half of a small first-level cache.</summary>
    private const int MinBlock = 32, MaxBlock = 112;

    /// <summary>Weights that fit the first-level cache as a whole need no blocks.</summary>
    private const int MinWeights = 8 * 1024;

    /// <summary>With fewer samples, weights are used too seldom to be worth it.</summary>
    private const int MinSamples = 8;

    /// <summary>The size of a block, or null where the contraction is better done whole.</summary>
    public static int? BlockOf(StridedContraction c)
    {
        bool isWideForward = c is { Target: Target.Output, Lanes: Lanes.OutChannels, Samples.IsFew: false, Start: Start.Bias or Start.Zero, Finish: Finish.ReLU or Finish.None }
            && c.Rows.IsOne && c.Columns.IsOne && c.InChannels.Count == 1;
        int terms = c.InChannels[c.InChannels.Count - 1].Extent;
        if (!isWideForward || terms < 2 * MinBlock || (long)terms * c.OutChannels.Extent < MinWeights)
            return null;
        for (int block = Math.Min(MaxBlock, terms / 2); block >= MinBlock; block--)
        {
            if (terms % block == 0)
                return block;
        }
        return null;
    }

    public static Kernel Emit(StridedContraction c, int block, InstructionSet level, KernelSet kernels)
    {
        int extent = c.InChannels[0].Extent;
        StridedContraction terms = c with { InChannels = [c.InChannels[0] with { Extent = block }], Start = Start.Target, CountsTerms = true };
        string kernel = ContractionEmitter.EmitWhole(terms, level, kernels).Name;
        string name = kernels.Add(c.Name, c.Summary, ContractionParameters.OfLoops(c), w =>
        {
            WriteStart(w, c, level);
            using (w.Open($"if (to - from < {MinSamples})"))
                w.Line(Call(terms, kernel, Address.Zero, Address.Zero, "lowest", extent)).Line("return;");
            InAxis axis = c.InChannels[0];
            int last = extent - block;
            // Only the last block knows the whole sum, and may cut it off at the lowest value.
            w.Line($"for (nint k = 0; k < {last}; k += {block})");
            w.Line("    " + Call(terms, kernel, Address.Zero.Plus("k", axis.XStep), Address.Zero.Plus("k", axis.WStep), "float.NegativeInfinity", block));
            w.Line(Call(terms, kernel, Address.Zero.Plus(last * axis.XStep), Address.Zero.Plus(last * axis.WStep), "lowest", block));
        });
        return new Kernel(name, HasFloor: c.Finish == Finish.ReLU);
    }

    /// <summary>What the sums start from, in memory.</summary>
    private static void WriteStart(SourceWriter w, StridedContraction c, InstructionSet level)
    {
        using (w.Open("for (nint n = from; n < to; n++)"))
        {
            w.Line($"for (nint c = 0; c < {Layouts.Padded(c.OutChannels.Extent)}; c += {level.Lanes})");
            w.Line($"    {(c.Start == Start.Bias ? "Vec.LoadUnsafe(ref bias, (nuint)c)" : "V.Zero")}.StoreUnsafe(ref y, (nuint)((n * {c.Samples.YStep}) + c));");
        }
    }

    /// <summary>Adds so many terms from there on.</summary>
    private static string Call(StridedContraction terms, string kernel, Address x, Address weights, string lowest, int count)
    {
        var given = new Dictionary<string, string> { ["x"] = x.Ref("x"), ["w"] = weights.Ref("w"), ["lowest"] = lowest, ["terms"] = Operands.Text(count) };
        return $"{kernel}({Parameter.Pass(ContractionParameters.OfLoops(terms), given)});";
    }
}
