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
        bool isWideForward = c is { Target: Target.Output, Lanes: Lanes.OutChannels, Samples.IsFew: false } && c.Rows.IsOne && c.Columns.IsOne && c.InChannels.Count == 1;
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
        InAxis axis = c.InChannels[0];
        int blocks = axis.Extent / block, lanes = Layouts.Padded(c.OutChannels.Extent);
        StridedContraction terms = c with { InChannels = [axis with { Extent = block }], Start = Start.Target, CountsTerms = true };
        string kernel = ContractionEmitter.EmitWhole(terms, level, kernels).Name;
        bool hasBias = c.Start == Start.Bias, hasFloor = c.Finish == Finish.ReLU;
        string name = kernels.Add(c.Name, c.Summary, method =>
        {
            var w = new SourceWriter();
            using (w.Open($"private static void {method}(ref float x, ref float w, ref float y{(hasBias ? ", ref float bias" : "")}{(hasFloor ? ", float lowest" : "")}, nint from, nint to)"))
            {
                using (w.Open("for (nint n = from; n < to; n++)"))
                {
                    w.Line($"for (nint c = 0; c < {lanes}; c += {level.Lanes})");
                    w.Line($"    {(hasBias ? "Vec.LoadUnsafe(ref bias, (nuint)c)" : "V.Zero")}.StoreUnsafe(ref y, (nuint)((n * {c.Samples.YStep}) + c));");
                }
                string Call(Address x, Address weights, string lowest, string count) =>
                    $"{kernel}({x.Ref("x")}, {weights.Ref("w")}, ref y{(hasFloor ? ", " + lowest : "")}, {count}, from, to);";
                using (w.Open($"if (to - from < {MinSamples})"))
                    w.Line(Call(Address.Zero, Address.Zero, "lowest", Operands.Text(axis.Extent))).Line("return;");
                // Only the last block knows the whole sum, and may cut it off at the lowest value.
                w.Line($"for (nint k = 0; k < {axis.Extent - block}; k += {block})");
                w.Line("    " + Call(Address.Zero.Plus("k", axis.XStep), Address.Zero.Plus("k", axis.WStep), "float.NegativeInfinity", Operands.Text(block)));
                w.Line(Call(Address.Zero.Plus((blocks - 1) * block * axis.XStep), Address.Zero.Plus((blocks - 1) * block * axis.WStep), "lowest", Operands.Text(block)));
            }
            return w.ToString().TrimEnd('\n');
        });
        return new Kernel(name, HasFloor: hasFloor);
    }
}
