using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Cpu.Methods;
using NetGen.Generator.Operations;

namespace NetGen.Generator.Cpu;

/// <summary>A loop around the unrolled terms and what a turn moves A and B by; its extent is 0 where only the caller knows it.</summary>
internal sealed record TileLoop(string Variable, string Bound, int Extent, int AStep, int BStep);

/// <summary>Where chains end: before every <paramref name="Turns"/> turns of that loop, the segments' being the last.</summary>
internal sealed record TileStrip(int Depth, int Turns);

/// <summary>Unrolled terms, and how often they are repeated with what distance.</summary>
internal sealed record TileSegment(List<Product> Products, int Terms, int Count, int AStep, int BStep);

/// <summary>What a register tile sums, and in what order: loops, unrolled terms, and where a chain of additions ends.</summary>
internal sealed class TilePlan
{
    /// <summary>Sums that must be under way at once: two multiply-adds a cycle, four cycles each.</summary>
    private const int MinSums = 8;

    /// <summary>Multiply-adds that make a loop's own cost small.</summary>
    private const int GoodBody = 48;

    /// <summary>
    /// Terms that a register adds up before its sum goes to memory, to the sums before it. Rounding errors of one chain of n additions grow as √n or
    /// worse: PyTorch's matrix products have chains of 100 to 400. Half as many again are still left to one chain.
    /// </summary>
    private const int Chain = 128;

    /// <summary>
    /// Of n terms in all, chains of at most this times √n: √n chains of √n terms round least, fewer cost less. Terms of random signs then make errors
    /// of about 1.6 times the least, where one chain of 128 makes 2.4 times.
    /// </summary>
    private const double ChainOfRoot = 5.5;

    /// <summary>The same where sums run along the lanes: each vector is many chains already, and bringing them together costs more.</summary>
    private const int DotChain = 512;

    private readonly StridedContraction c;
    private readonly InstructionSet level;
    private readonly Products products;
    private readonly bool countsLines;
    private readonly bool isDot;
    private readonly List<TileLoop> loops = [];
    private readonly List<TileSegment> segments = [];

    /// <summary>Plans the sums of rows × columns.</summary>
    /// <param name="contraction">What they are part of.</param>
    /// <param name="level">The registers.</param>
    /// <param name="products">The contraction's.</param>
    /// <param name="rows">Row indices.</param>
    /// <param name="columns">Column indices.</param>
    /// <param name="countsLines">Padding cuts the lines of the image that are summed: the caller passes their number.</param>
    public TilePlan(
        StridedContraction contraction, InstructionSet level, Products products, IReadOnlyList<Point> rows, IReadOnlyList<Point> columns, bool countsLines)
    {
        (c, this.level, this.products, Rows, Columns, this.countsLines) = (contraction, level, products, rows, columns, countsLines);
        isDot = Operands.IsDot(c);
        PlanTerms();
        List<Product> all = [.. segments.SelectMany(s => s.Products)];
        OriginA = all.Count == 0 ? 0 : all.Min(p => p.A);
        OriginB = all.Count == 0 ? 0 : all.Min(p => p.B);
        OriginTarget = rows.Min(r => columns.Min(q => products.Target(r, q)));
        Splits = Math.Min(segments.Max(s => s.Terms), (MinSums + Sums - 1) / Sums);
        Strip = PlanStrip();
    }

    public IReadOnlyList<Point> Rows { get; }

    public IReadOnlyList<Point> Columns { get; }

    /// <summary>The loops around the segments, outermost first.</summary>
    public IReadOnlyList<TileLoop> Loops => loops;

    /// <summary>What the innermost loop does, one after the other.</summary>
    public IReadOnlyList<TileSegment> Segments => segments;

    /// <summary>The variable of a segment's repetitions.</summary>
    public string SegmentVariable { get; private set; } = "ow";

    /// <summary>Registers that share a sum, where there are too few sums to be under way at once.</summary>
    public int Splits { get; }

    /// <summary>Where chains end; null where all terms are a good chain.</summary>
    public TileStrip? Strip { get; }

    /// <summary>The first float of A that the tile reads, which the caller passes.</summary>
    public int OriginA { get; }

    /// <inheritdoc cref="OriginA"/>
    public int OriginB { get; }

    /// <summary>The first float that it writes.</summary>
    public int OriginTarget { get; }

    /// <summary>Where a sum is stored, from <see cref="OriginTarget"/> on.</summary>
    public int OffsetOf(int row, int column) => products.Target(Rows[row], Columns[column]) - OriginTarget;

    /// <summary>The line over the method.</summary>
    public string Summary => $"{Operands.Text(Rows.Count)} × {Operands.Text(Columns.Count)} sums in registers.";

    public IReadOnlyList<Parameter> Parameters => ContractionParameters.OfTile(c, countsLines);

    /// <summary>The functions that finish a sum.</summary>
    public IEnumerable<KernelFunction> Calls => isDot ? [] : c.Finish switch
    {
        Finish.SigmoidGradient => [KernelFunction.SigmoidGradient],
        Finish.TanhGradient => [KernelFunction.TanhGradient],
        _ => [],
    };

    private int Sums => Rows.Count * Columns.Count;

    private void PlanTerms()
    {
        InAxis inner = Operands.InnerIn(c);
        StridedAxis r = c.Rows;
        List<Point> taps = Point.Range(Dim.Kernel, 0, c.Columns.Kernel, level);
        switch (c.Target)
        {
            case Target.Output:
                if (!r.IsOne)
                    AddLoop("kh", countsLines, r.Kernel, (r.Dilation * r.XStep, r.WStep, 0));
                for (var i = 0; i < c.InChannels.Count - 1; i++)
                    AddLoop("i" + Operands.Text(i), false, c.InChannels[i].Extent, (c.InChannels[i].XStep, c.InChannels[i].WStep, 0));
                if (isDot)
                    AddUnrolled("v", (inner.Extent + InstructionSet.Block - 1) / InstructionSet.Block * level.VectorsPerBlock, Dim.Lane, (level.Lanes, level.Lanes, 0), [default]);
                else
                    AddUnrolled("ic", inner.Extent, Dim.InChannel, (inner.XStep, inner.WStep, 0), taps);
                break;
            case Target.Input:
                if (!r.IsOne)
                    AddLoop("oh", true, r.Kernel, (0, -TapLines.Taps(r) * r.WStep, TapLines.Outputs(r) * r.YStep));
                AddUnrolled("oc", c.Lanes == Lanes.Channels ? 1 : c.OutChannels.Extent, Dim.OutChannel, (0, c.OutChannels.WStep, c.OutChannels.YStep), taps);
                break;
            default:
                (int, int, int) sample = (c.Samples.XStep, 0, c.Samples.YStep);
                bool samplesAreTerms = c.Lanes != Lanes.Samples && c.Samples.Extent != 0 && c.Columns.IsOne && r.IsOne;
                if (samplesAreTerms)
                {
                    AddUnrolled("n", c.Samples.Extent, Dim.Sample, sample, [default]);
                    break;
                }
                if (c.Lanes != Lanes.Samples)
                    AddLoop("n", false, c.Samples.Extent, sample);
                if (!r.IsOne)
                    AddLoop("oh", countsLines, r.Output, (r.Stride * r.XStep, 0, r.YStep));
                AddOutputs();
                break;
        }
    }

    /// <summary>A loop; its turns are counted by the caller where lines are cut off by padding, and where samples are not known before.</summary>
    private void AddLoop(string variable, bool isCounted, int extent, (int X, int W, int Y) floats)
    {
        string bound = isCounted ? "count" : extent == 0 ? "samples" : Operands.Text(extent);
        if (bound != "1")
            loops.Add(new(variable, bound, extent, OfA(floats), OfB(floats)));
    }

    /// <summary>An axis of which a few indices are unrolled, as many as divide it and fill the loop's body well.</summary>
    private void AddUnrolled(string variable, int extent, Dim dim, (int X, int W, int Y) floats, List<Point> others)
    {
        var unroll = 1;
        for (var u = 2; u <= Math.Min(extent, 16); u++)
        {
            if (extent % u == 0 && u * Sums * others.Count <= GoodBody)
                unroll = u;
        }
        List<Point> terms = [.. Point.Range(dim, 0, unroll, level).SelectMany(i => others.Select(o => i + o))];
        segments.Add(new(List(terms), terms.Count, extent / unroll, unroll * OfA(floats), unroll * OfB(floats)));
        SegmentVariable = variable;
    }

    /// <summary>The output's columns, cut into stretches whose products are alike.</summary>
    private void AddOutputs()
    {
        StridedAxis columns = c.Columns;
        (int X, int W, int Y) floats = (columns.Stride * columns.XStep, 0, columns.YStep);
        int vectors = isDot ? level.VectorsPerBlock : 1;
        var unroll = 1;
        // Neighbouring terms share vectors of the input; 16 registers have no room to keep them.
        int most = isDot && level.Registers < 32 ? 1 : 8;
        for (var u = 2; u <= Math.Min(columns.Output, most); u++)
        {
            if (u * Sums * vectors <= GoodBody * 2 && (columns.Output % u == 0 || (u <= 4 && unroll == 1)))
                unroll = u;
        }
        string? last = null;
        for (var start = 0; start < columns.Output; start += unroll)
        {
            List<Point> outputs = Point.Range(Dim.Output, start, Math.Min(unroll, columns.Output - start), level);
            List<Point> terms = isDot ? [.. outputs.SelectMany(o => Point.Range(Dim.Lane, 0, vectors, level).Select(lane => o + lane))] : outputs;
            List<Product> list = List(terms);
            int firstA = list.Count == 0 ? 0 : list.Min(p => p.A), firstB = list.Count == 0 ? 0 : list.Min(p => p.B);
            string signature = string.Join(";", list.Select(p => $"{p.Row},{p.Column},{p.Term},{p.A - firstA},{p.B - firstB}"));
            if (signature == last)
                segments[segments.Count - 1] = segments[segments.Count - 1] with { Count = segments[segments.Count - 1].Count + 1 };
            else
                segments.Add(new(list, terms.Count, 1, unroll * OfA(floats), unroll * OfB(floats)));
            last = signature;
        }
    }

    /// <summary>
    /// The innermost loop whose turns together are too long a chain, and as many turns as make a good one. Segments that differ are never cut: they
    /// are one line of an image.
    /// </summary>
    private TileStrip? PlanStrip()
    {
        if (c.CountsTerms)
            return new(loops.Count, c.InChannels[0].Extent);
        var length = 0;
        foreach (TileSegment segment in segments)
            length += (segment.Terms + Splits - 1) / Splits * segment.Count;
        int chain = GoodChain(length), most = chain < Chain ? chain : chain + (chain / 2);
        if (segments.Count == 1 && segments[0].Count > 1 && length > most)
            return new(loops.Count, Even(segments[0].Count, length / segments[0].Count));
        for (int depth = loops.Count - 1; depth >= 0; depth--)
        {
            int extent = loops[depth].Extent;
            if (extent == 0 || (long)length * extent > most)
                return new(depth, extent == 0 ? Math.Max(1, chain / length) : Even(extent, length));
            length *= extent;
        }
        return null;

        int Even(int extent, int length)
        {
            int turns = Math.Max(1, chain / length), strips = (extent + turns - 1) / turns;
            return (extent + strips - 1) / strips;
        }
    }

    /// <summary>
    /// Terms of a good chain, the segments being that long. A normalisation may magnify what is wrong with outputs, not with gradients; short
    /// convolutions are left whole, because a cut costs lenet5 a thirtieth of its inference.
    /// </summary>
    private int GoodChain(int length)
    {
        if (isDot)
            return DotChain;
        if (c.Target != Target.Output || !c.Rows.IsOne || !c.Columns.IsOne)
            return Chain;
        double terms = loops.Aggregate((double)length, (product, loop) => product * loop.Extent);
        return (int)Math.Min(Chain, ChainOfRoot * Math.Sqrt(terms));
    }

    private List<Product> List(IReadOnlyList<Point> terms) => products.List(Rows, Columns, terms);

    private int OfA((int X, int W, int Y) floats) => Operands.Of(Operands.A(c), floats);

    private int OfB((int X, int W, int Y) floats) => Operands.Of(Operands.B(c), floats);
}
