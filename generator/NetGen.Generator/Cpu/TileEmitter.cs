using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Cpu.Methods;
using NetGen.Generator.Operations;
using NetGen.Generator.Text;

namespace NetGen.Generator.Cpu;

/// <summary>
/// Writes the leaf method of one register tile: accumulators, the loops that are summed over, the unrolled products, the stores.
/// Nothing is called and nothing branches while the accumulators live, so that all of them stay in registers. The products are unrolled from a
/// list, so a window that leaves the image costs nothing: its products are not there.
/// </summary>
internal sealed class TileEmitter(StridedContraction contraction, InstructionSet level, TilePlan tile)
{
    private readonly StridedContraction c = contraction;
    private readonly string target = Operands.Name(contraction, Operands.C(contraction));
    private readonly bool isDot = Operands.IsDot(contraction);
    private readonly TileProducts products = new(contraction, level, tile);

    /// <summary>The statements of the method.</summary>
    public void Write(SourceWriter w)
    {
        for (var s = 0; s < tile.Splits; s++)
        {
            foreach ((int r, int q) in Sums())
                w.Line($"V {TileProducts.Sum(r, q, s)} = {(s == 0 ? Initial(r, q) : "V.Zero")};");
        }
        if (tile.Strip is not null)
            w.Line("nint part = 0;");
        WriteLoops(w);
        if (tile.Strip is not null && c.Start != Start.Target && !isDot)
        {
            using (w.Open("if (part > 1)"))
            {
                foreach ((int r, int q) in Sums())
                    w.Line($"{TileProducts.Sum(r, q, 0)} += {LoadTarget(r, q)};");
            }
        }
        foreach ((int r, int q) in Sums())
        {
            if (isDot)
                WriteDot(w, r, q);
            else
                WriteVector(w, r, q);
        }
    }

    private IEnumerable<(int Row, int Column)> Sums() => tile.Rows.SelectMany((_, r) => tile.Columns.Select((_, q) => (r, q)));

    private string Initial(int row, int column) => c.Start switch
    {
        Start.Bias when isDot => "V.Zero",
        Start.Bias when c.Lanes == Lanes.Samples => $"Vec.Create({Address.At("bias", c.Target == Operations.Target.Input ? tile.Rows[row].InChannel : tile.Rows[row].OutChannel)})",
        Start.Bias => $"Vec.LoadUnsafe(ref bias, {Operands.Text(tile.Columns[column].Lane)})",
        _ => "V.Zero",
    };

    private void WriteLoops(SourceWriter w)
    {
        Address baseA = Address.Zero, baseB = Address.Zero;
        using var open = new BlockStack();
        foreach ((TileLoop loop, int depth) in tile.Loops.Select((loop, i) => (loop, i)))
        {
            OpenLoop(w, open, depth, loop.Variable, loop.Bound, loop.Extent, 1);
            (baseA, baseB) = (baseA.Plus(loop.Variable, loop.AStep), baseB.Plus(loop.Variable, loop.BStep));
        }
        for (var number = 0; number < tile.Segments.Count; number++)
        {
            TileSegment segment = tile.Segments[number];
            if (segment.Products.Count > 0)
                WriteSegment(w, segment, baseA, baseB, tile.Segments.Count == 1 ? "" : "_part" + Operands.Text(number));
        }
    }

    /// <summary>The unrolled terms, in a loop where they are repeated.</summary>
    private void WriteSegment(SourceWriter w, TileSegment segment, Address baseA, Address baseB, string suffix)
    {
        int originA = segment.Products.Min(p => p.A), originB = segment.Products.Min(p => p.B);
        Address atA = baseA.Plus(originA - tile.OriginA), atB = baseB.Plus(originB - tile.OriginB);
        string v = tile.SegmentVariable;
        using var open = new BlockStack();
        if (c.CountsTerms)
        {
            OpenLoop(w, open, tile.Loops.Count, v, "terms", 0, segment.Terms);
            (atA, atB, suffix) = (atA.Plus(v, segment.AStep / segment.Terms), atB.Plus(v, segment.BStep / segment.Terms), "");
        }
        else if (segment.Count > 1)
        {
            OpenLoop(w, open, tile.Loops.Count, v, Operands.Text(segment.Count), segment.Count, 1);
            (atA, atB, suffix) = (atA.Plus(v, segment.AStep), atB.Plus(v, segment.BStep), "");
        }
        products.Write(w, segment, atA, atB, originA, originB, suffix);
    }

    /// <summary>Opens a loop, and around it one over strips where chains end there.</summary>
    private void OpenLoop(SourceWriter w, BlockStack open, int depth, string variable, string bound, int extent, int stride)
    {
        string turn = stride == 1 ? variable + "++" : $"{variable} += {Operands.Text(stride)}";
        if (tile.Strip is not { } strip || strip.Depth != depth || strip.Turns == 1)
        {
            open.Push(w.Open($"for (nint {variable} = 0; {variable} < {bound}; {turn})"));
            if (tile.Strip?.Depth == depth)
                WriteChainEnd(w);
            return;
        }
        string from = variable + "From", to = variable + "To", end = $"{from} + {Operands.Text(strip.Turns)}";
        open.Push(w.Open($"for (nint {from} = 0; {from} < {bound}; {from} += {Operands.Text(strip.Turns)})"));
        WriteChainEnd(w);
        bool isEven = bound == Operands.Text(extent) && extent % strip.Turns == 0;
        w.Line($"nint {to} = {(isEven ? end : $"Math.Min({bound}, {end})")};");
        open.Push(w.Open($"for (nint {variable} = {from}; {variable} < {to}; {turn})"));
    }

    /// <summary>Before all strips but the first: what the registers hold goes to memory, and they begin again.</summary>
    private void WriteChainEnd(SourceWriter w)
    {
        using (w.Open("if (part++ > 0)"))
        {
            bool isFirstAlone = c.Start != Start.Target;
            if (isFirstAlone && !isDot)
                w.Line("V kept = part > 2 ? V.AllBitsSet : V.Zero;");
            foreach ((int r, int q) in Sums())
            {
                if (isDot)
                    w.Line($"{Target(r, q)} = {(isFirstAlone ? $"(part > 2 ? {Target(r, q)} : 0)" : Target(r, q))} + Vec.Sum({Total(r, q)});");
                else
                    w.Line($"({(isFirstAlone ? $"({LoadTarget(r, q)} & kept)" : LoadTarget(r, q))} + {TotalTerm(r, q)}).StoreUnsafe(ref {target}, {Operands.Text(Offset(r, q))});");
            }
            foreach ((int r, int q) in Sums())
                w.Line(string.Join(" ", Enumerable.Range(0, tile.Splits).Select(s => $"{TileProducts.Sum(r, q, s)} = V.Zero;")));
        }
    }

    /// <summary>A sum along the lanes, finished and stored.</summary>
    private void WriteDot(SourceWriter w, int row, int column)
    {
        string stored = Target(row, column), total = $"Vec.Sum({Total(row, column)})";
        if (tile.Strip is not null && c.Start != Start.Target)
            total = $"(part > 1 ? {stored} : 0) + {total}";
        if (c.Start == Start.Bias)
            total = $"{Address.At("bias", tile.Columns[column].OutChannel)} + {total}";
        if (c.Finish == Finish.ReLU)
            total = $"MathF.Max(lowest, {total})";
        w.Line($"{stored} {(c.Start == Start.Target ? "+=" : "=")} {total};");
    }

    /// <summary>A vector of sums, finished and stored.</summary>
    private void WriteVector(SourceWriter w, int row, int column)
    {
        // Not the other way round: a register that starts with the target's sum is only one more link of that sum's chain.
        string value = c.Start == Start.Target ? $"({LoadTarget(row, column)} + {TotalTerm(row, column)})" : TotalTerm(row, column);
        string stored = $"Vec.LoadUnsafe(ref stored, {Operands.Text(Offset(row, column))})";
        string finished = c.Finish switch
        {
            Finish.ReLU => $"Vec.MaxNative(Vec.Create(lowest), {value})",
            Finish.ReLUGradient => $"Vec.ConditionalSelect(Vec.GreaterThan({stored}, V.Zero), {value}, V.Zero)",
            Finish.SigmoidGradient => $"SigmoidGradient({stored}, {value})",
            Finish.TanhGradient => $"TanhGradient({stored}, {value})",
            _ => value,
        };
        w.Line($"{finished}.StoreUnsafe(ref {target}, {Operands.Text(Offset(row, column))});");
    }

    /// <summary>A sum over all splits.</summary>
    private string Total(int row, int column) => string.Join(" + ", Enumerable.Range(0, tile.Splits).Select(s => TileProducts.Sum(row, column, s)));

    /// <summary>The same, to stand in a longer expression.</summary>
    private string TotalTerm(int row, int column) => tile.Splits == 1 ? Total(row, column) : $"({Total(row, column)})";

    private int Offset(int row, int column) => tile.OffsetOf(row, column);

    private string Target(int row, int column) => Address.At(target, Offset(row, column));

    private string LoadTarget(int row, int column) => $"Vec.LoadUnsafe(ref {target}, {Operands.Text(Offset(row, column))})";
}
