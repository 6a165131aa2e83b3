using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Cpu.Methods;
using NetGen.Generator.Operations;
using NetGen.Generator.Text;

namespace NetGen.Generator.Cpu;

/// <summary>
/// Writes the leaf method of one register tile: accumulators, the loops that are summed over, the unrolled products, the stores.
/// Nothing is called and nothing branches while the accumulators live, so that all of them stay in registers.
/// </summary>
internal sealed class TileEmitter
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

    /// <summary>The same where sums run along the lanes: each vector is many chains already, and bringing them together costs more.</summary>
    private const int DotChain = 512;

    private readonly StridedContraction c;
    private readonly InstructionSet level;
    private readonly Products products;
    private readonly IReadOnlyList<Point> rows;
    private readonly IReadOnlyList<Point> columns;
    private readonly bool countsRows;
    private readonly Operand a;
    private readonly Operand b;
    private readonly Operand target;
    private readonly bool isDot;
    private readonly List<Loop> loops = [];
    private readonly List<Segment> segments = [];
    private readonly int splits;
    private readonly Strip? strip;

    public TileEmitter(
        StridedContraction contraction, InstructionSet level, Products products, IReadOnlyList<Point> rows, IReadOnlyList<Point> columns, bool countsRows)
    {
        (c, this.level, this.products, this.rows, this.columns, this.countsRows) = (contraction, level, products, rows, columns, countsRows);
        (a, b, target) = (Operands.A(c), Operands.B(c), Operands.C(c));
        isDot = Operands.IsDot(c);
        Plan();
        List<Product> all = [.. segments.SelectMany(s => s.Products)];
        OriginA = all.Count == 0 ? 0 : all.Min(p => p.A);
        OriginB = all.Count == 0 ? 0 : all.Min(p => p.B);
        OriginC = rows.Min(r => columns.Min(q => products.Target(r, q)));
        int steps = segments.Max(s => s.Steps);
        splits = Math.Min(steps, (MinSums + (rows.Count * columns.Count) - 1) / (rows.Count * columns.Count));
        strip = PlanStrip();
    }

    /// <summary>A loop around the unrolled steps and what a turn moves A and B by; its extent is 0 where only the caller knows it.</summary>
    private sealed record Loop(string Variable, string Bound, int Extent, int AStep, int BStep);

    /// <summary>Where chains end: before every <paramref name="Turns"/> turns of that loop, the segment's being the last.</summary>
    private sealed record Strip(int Depth, int Turns);

    /// <summary>Unrolled steps, and how often they are repeated with what distance.</summary>
    private sealed record Segment(List<Product> Products, int Steps, int Count, int AStep, int BStep);

    /// <summary>The first float of A that the tile reads, which the caller passes; likewise B, and C that it writes.</summary>
    public int OriginA { get; }

    public int OriginB { get; }

    public int OriginC { get; }

    /// <summary>The line over the method.</summary>
    public string Summary => $"{Operands.Text(rows.Count)} × {Operands.Text(columns.Count)} sums in registers.";

    // ---- what is summed ----

    private void Plan()
    {
        InAxis inner = c.InChannels[c.InChannels.Count - 1];
        StridedAxis r = c.Rows;
        List<Point> taps = Items(Dim.Kernel, c.Columns.Kernel);
        int tileSize = rows.Count * columns.Count;
        switch (c.Target)
        {
            case Target.Output:
                if (!r.IsOne)
                    AddLoop("kh", countsRows, r.Kernel, (r.XStep, r.WStep, 0));
                for (var i = 0; i < c.InChannels.Count - 1; i++)
                    AddLoop("i" + Operands.Text(i), false, c.InChannels[i].Extent, (c.InChannels[i].XStep, c.InChannels[i].WStep, 0));
                if (isDot)
                    AddUnrolled("v", (inner.Extent + InstructionSet.Block - 1) / InstructionSet.Block * level.VectorsPerBlock, Dim.Lane, (level.Lanes, level.Lanes, 0), [default]);
                else
                    AddUnrolled("ic", inner.Extent, Dim.InChannel, (inner.XStep, inner.WStep, 0), taps);
                break;
            case Target.Input:
                if (!r.IsOne)
                    AddLoop("oh", true, r.Kernel, (0, -r.Stride * r.WStep, r.YStep));
                AddUnrolled("oc", c.OutChannels.Extent, Dim.OutChannel, (0, c.OutChannels.WStep, c.OutChannels.YStep), taps);
                break;
            default:
                (int, int, int) sample = (c.Samples.XStep, 0, c.Samples.YStep);
                bool samplesAreSteps = c.Lanes != Lanes.Samples && c.Samples.Extent != 0 && c.Columns.IsOne && r.IsOne;
                if (samplesAreSteps)
                {
                    AddUnrolled("n", c.Samples.Extent, Dim.Sample, sample, [default]);
                    break;
                }
                if (c.Lanes != Lanes.Samples)
                    AddLoop("n", false, c.Samples.Extent, sample);
                if (!r.IsOne)
                    AddLoop("oh", countsRows, r.Output, (r.Stride * r.XStep, 0, r.YStep));
                AddColumns(tileSize);
                break;
        }
    }

    private List<Point> Items(Dim dim, int count) =>
        [.. Enumerable.Range(0, count).Select(i => Point.At(dim, dim == Dim.Lane ? i * level.Lanes : i))];

    /// <summary>A loop; its turns are counted by the caller where rows are cut off by padding, and where samples are not known before.</summary>
    private void AddLoop(string variable, bool isCounted, int extent, (int X, int W, int Y) step)
    {
        string bound = isCounted ? "count" : extent == 0 ? "samples" : Operands.Text(extent);
        if (bound != "1")
            loops.Add(new Loop(variable, bound, extent, Operands.Of(a, step), Operands.Of(b, step)));
    }

    /// <summary>
    /// The innermost loop whose turns together are too long a chain, and as many turns as make a good one. Segments that differ are never cut: they
    /// are one row of an image.
    /// </summary>
    private Strip? PlanStrip()
    {
        int chain = isDot ? DotChain : Chain, most = chain + (chain / 2);
        if (c.CountsTerms)
            return new Strip(loops.Count, c.InChannels[0].Extent);
        var length = 0;
        foreach (Segment segment in segments)
            length += (segment.Steps + splits - 1) / splits * segment.Count;
        if (segments.Count == 1 && segments[0].Count > 1 && length > most)
            return new Strip(loops.Count, Even(segments[0].Count, length / segments[0].Count));
        for (int depth = loops.Count - 1; depth >= 0; depth--)
        {
            int extent = loops[depth].Extent;
            if (extent == 0 || (long)length * extent > most)
                return new Strip(depth, extent == 0 ? Math.Max(1, chain / length) : Even(extent, length));
            length *= extent;
        }
        return null;

        int Even(int extent, int length)
        {
            int turns = Math.Max(1, chain / length), strips = (extent + turns - 1) / turns;
            return (extent + strips - 1) / strips;
        }
    }

    /// <summary>An axis of which a few steps are unrolled, as many as divide it and fill the loop's body well.</summary>
    private void AddUnrolled(string variable, int extent, Dim dim, (int X, int W, int Y) step, List<Point> others)
    {
        int size = rows.Count * columns.Count * others.Count;
        var unroll = 1;
        for (var u = 2; u <= Math.Min(extent, 16); u++)
        {
            if (extent % u == 0 && (u * size <= GoodBody || (u * others.Count * rows.Count * columns.Count <= MinSums * 4)))
                unroll = u;
        }
        List<Point> steps = [.. Items(dim, unroll).SelectMany(i => others.Select(o => i + o))];
        segments.Add(new Segment(products.List(rows, columns, steps), steps.Count, extent / unroll, unroll * Operands.Of(a, step), unroll * Operands.Of(b, step)));
        segmentVariable = variable;
    }

    private string segmentVariable = "ow";

    /// <summary>The output's columns, cut into stretches whose products are alike.</summary>
    private void AddColumns(int tileSize)
    {
        StridedAxis w = c.Columns;
        int vectors = isDot ? level.VectorsPerBlock : 1;
        int unroll = 1;
        // Neighbouring steps share vectors of the input; 16 registers have no room to keep them.
        int most = isDot && level.Registers < 32 ? 1 : 8;
        for (var u = 2; u <= Math.Min(w.Output, most); u++)
        {
            if (u * tileSize * vectors <= GoodBody * 2 && (w.Output % u == 0 || (u <= 4 && unroll == 1)))
                unroll = u;
        }
        string? last = null;
        for (var start = 0; start < w.Output; start += unroll)
        {
            int size = Math.Min(unroll, w.Output - start);
            List<Point> steps = [.. Enumerable.Range(start, size).SelectMany(o => isDot
                ? Items(Dim.Lane, vectors).Select(lane => Point.At(Dim.Output, o) + lane)
                : [Point.At(Dim.Output, o)])];
            List<Product> list = products.List(rows, columns, steps);
            int firstA = list.Count == 0 ? 0 : list.Min(p => p.A), firstB = list.Count == 0 ? 0 : list.Min(p => p.B);
            string signature = string.Join(";", list.Select(p => $"{p.Row},{p.Column},{p.Step},{p.A - firstA},{p.B - firstB}"));
            if (signature == last)
                segments[segments.Count - 1] = segments[segments.Count - 1] with { Count = segments[segments.Count - 1].Count + 1 };
            else
                segments.Add(new Segment(list, steps.Count, 1, unroll * Operands.Of(a, (w.Stride * w.XStep, 0, w.YStep)), unroll * Operands.Of(b, (w.Stride * w.XStep, 0, w.YStep))));
            last = signature;
        }
    }

    // ---- text ----

    /// <summary>The method of that name.</summary>
    public string Write(string name)
    {
        var w = new SourceWriter();
        using (w.Open($"private static void {name}({Parameters()})"))
        {
            for (var s = 0; s < splits; s++)
            {
                foreach ((int r, int q) in Sums())
                    w.Line($"V {Sum(r, q, s)} = {(s == 0 ? Initial(r, q) : "V.Zero")};");
            }
            if (strip is not null)
                w.Line("nint part = 0;");
            WriteLoops(w);
            if (strip is not null && c.Start != Start.Target && !isDot)
            {
                using (w.Open("if (part > 1)"))
                {
                    foreach ((int r, int q) in Sums())
                        w.Line($"{Sum(r, q, 0)} += {Stored(r, q)};");
                }
            }
            foreach ((int r, int q) in Sums())
                WriteStore(w, r, q);
        }
        return w.ToString().TrimEnd('\n');
    }

    private IEnumerable<(int Row, int Column)> Sums() => rows.SelectMany((_, r) => columns.Select((_, q) => (r, q)));

    private static string Sum(int row, int column, int split) =>
        $"s{Operands.Text(row)}_{Operands.Text(column)}" + (split == 0 ? "" : ((char)('a' + split)).ToString());

    private string Parameters()
    {
        List<string> parameters = [$"ref float {N(a)}", $"ref float {N(b)}", $"ref float {N(target)}"];
        if (c.Start == Start.Bias)
            parameters.Add("ref float bias");
        if (Operands.ReadsStored(c))
            parameters.Add("ref float stored");
        if (c.Finish == Finish.ReLU)
            parameters.Add("float lowest");
        if (c.CountsTerms)
            parameters.Add("nint terms");
        if (c.Target == Target.Weight && c.Samples.Extent == 0 && c.Lanes != Lanes.Samples)
            parameters.Add("nint samples");
        if (countsRows)
            parameters.Add("nint count");
        return string.Join(", ", parameters);
    }

    private string Initial(int row, int column) => c.Start switch
    {
        Start.Bias when isDot => "V.Zero",
        Start.Bias when c.Lanes == Lanes.Samples => $"Vec.Create({Address.At("bias", rows[row].OutChannel)})",
        Start.Bias => $"Vec.LoadUnsafe(ref bias, {Operands.Text(columns[column].Lane)})",
        _ => "V.Zero",
    };

    private string Stored(int row, int column) => $"Vec.LoadUnsafe(ref {N(target)}, {Operands.Text(OffsetC(row, column))})";

    /// <summary>A sum over all splits.</summary>
    private string Whole(int row, int column) => string.Join(" + ", Enumerable.Range(0, splits).Select(s => Sum(row, column, s)));

    private int OffsetC(int row, int column) => products.Target(rows[row], columns[column]) - OriginC;

    private void WriteLoops(SourceWriter w)
    {
        Address baseA = Address.Zero, baseB = Address.Zero;
        var open = new Stack<SourceWriter.Block>();
        foreach ((Loop loop, int depth) in loops.Select((loop, i) => (loop, i)))
        {
            OpenLoop(w, open, depth, loop.Variable, loop.Bound, loop.Extent, 1);
            (baseA, baseB) = (baseA.Plus(loop.Variable, loop.AStep), baseB.Plus(loop.Variable, loop.BStep));
        }
        foreach (Segment segment in segments.Where(s => s.Products.Count > 0))
        {
            int originA = segment.Products.Min(p => p.A), originB = segment.Products.Min(p => p.B);
            Address atA = baseA.Plus(originA - OriginA), atB = baseB.Plus(originB - OriginB);
            string v = segmentVariable;
            var inner = new Stack<SourceWriter.Block>();
            if (c.CountsTerms)
            {
                OpenLoop(w, inner, loops.Count, v, "terms", 0, segment.Steps);
                WriteProducts(w, segment, atA.Plus(v, segment.AStep / segment.Steps), atB.Plus(v, segment.BStep / segment.Steps), originA, originB, "");
            }
            else if (segment.Count > 1)
            {
                OpenLoop(w, inner, loops.Count, v, Operands.Text(segment.Count), segment.Count, 1);
                WriteProducts(w, segment, atA.Plus(v, segment.AStep), atB.Plus(v, segment.BStep), originA, originB, "");
            }
            else
            {
                WriteProducts(w, segment, atA, atB, originA, originB, segments.Count == 1 ? "" : "_part" + Operands.Text(segments.IndexOf(segment)));
            }
            Close(inner);
        }
        Close(open);
    }

    private static void Close(Stack<SourceWriter.Block> open)
    {
        while (open.Count > 0)
            open.Pop().Dispose();
    }

    /// <summary>Opens a loop, and around it one over strips where chains end there.</summary>
    private void OpenLoop(SourceWriter w, Stack<SourceWriter.Block> open, int depth, string variable, string bound, int extent, int step)
    {
        string turn = step == 1 ? variable + "++" : $"{variable} += {Operands.Text(step)}";
        if (strip is not { } cut || cut.Depth != depth || cut.Turns == 1)
        {
            open.Push(w.Open($"for (nint {variable} = 0; {variable} < {bound}; {turn})"));
            if (strip?.Depth == depth)
                WritePart(w);
            return;
        }
        string from = variable + "From", to = variable + "To", end = $"{from} + {Operands.Text(cut.Turns)}";
        open.Push(w.Open($"for (nint {from} = 0; {from} < {bound}; {from} += {Operands.Text(cut.Turns)})"));
        WritePart(w);
        bool isEven = bound == Operands.Text(extent) && extent % cut.Turns == 0;
        w.Line($"nint {to} = {(isEven ? end : $"Math.Min({bound}, {end})")};");
        open.Push(w.Open($"for (nint {variable} = {from}; {variable} < {to}; {turn})"));
    }

    /// <summary>Before all strips but the first: what the registers hold goes to memory, and they begin again.</summary>
    private void WritePart(SourceWriter w)
    {
        using (w.Open("if (part++ > 0)"))
        {
            bool isFirstAlone = c.Start != Start.Target;
            if (isFirstAlone && !isDot)
                w.Line("V kept = part > 2 ? V.AllBitsSet : V.Zero;");
            foreach ((int r, int q) in Sums())
            {
                if (isDot)
                    w.Line($"{Place(r, q)} = {(isFirstAlone ? $"(part > 2 ? {Place(r, q)} : 0)" : Place(r, q))} + Vec.Sum({Whole(r, q)});");
                else
                    w.Line($"({(isFirstAlone ? $"({Stored(r, q)} & kept)" : Stored(r, q))} + {Group(Whole(r, q))}).StoreUnsafe(ref {N(target)}, {Operands.Text(OffsetC(r, q))});");
            }
            foreach ((int r, int q) in Sums())
                w.Line(string.Join(" ", Enumerable.Range(0, splits).Select(s => $"{Sum(r, q, s)} = V.Zero;")));
        }
    }

    private string Place(int row, int column) => Address.At(N(target), OffsetC(row, column));

    private string Group(string sum) => splits == 1 ? sum : $"({sum})";

    /// <summary>
    /// The unrolled steps. A vector of B that several products share is loaded once, a value of A that several sums share is broadcast once;
    /// what only one product needs is its memory operand.
    /// </summary>
    private void WriteProducts(SourceWriter w, Segment segment, Address atA, Address atB, int originA, int originB, string suffix)
    {
        string nameA = Base(w, N(a), atA, suffix), nameB = Base(w, N(b), atB, suffix);
        // With a stride, the vectors of two neighbouring taps are not the same: keeping them for later taps would spill.
        bool keepB = !(c.Target == Target.Output && c.Columns.Stride > 1);
        bool repeatsA = segment.Products.GroupBy(p => p.A).Any(g => g.Select(p => p.Step).Distinct().Count() > 1);
        Dictionary<int, int> uses = segment.Products.GroupBy(p => p.B).ToDictionary(g => g.Key, g => g.Count());
        var loaded = new Dictionary<int, string>();
        foreach (IGrouping<int, Product> step in segment.Products.GroupBy(p => p.Step))
        {
            if (!keepB)
                loaded.Clear();
            foreach (int offset in step.Select(p => p.B).Distinct())
            {
                if (loaded.ContainsKey(offset))
                    continue;
                string load = $"Vec.LoadUnsafe(ref {nameB}, {Operands.Text(offset - originB)})";
                if (uses[offset] == 1)
                {
                    loaded.Add(offset, load);
                    continue;
                }
                string local = $"{N(b)}{Operands.Text(offset - originB)}{(keepB ? "" : "_" + Operands.Text(step.Key))}{suffix}";
                loaded.Add(offset, local);
                w.Line($"V {local} = {load};");
            }
            foreach (IGrouping<int, Product> shared in step.GroupBy(p => p.A))
            {
                int offset = shared.Key - originA;
                string factor = isDot ? $"Vec.LoadUnsafe(ref {nameA}, {Operands.Text(offset)})" : $"Vec.Create({Address.At(nameA, offset)})";
                if (shared.Count() > 1)
                {
                    string local = $"{N(a)}{Operands.Text(offset)}{(repeatsA ? "_" + Operands.Text(step.Key) : "")}{(isDot || nameA == nameB ? "a" : "")}{suffix}";
                    w.Line($"V {local} = {factor};");
                    factor = local;
                }
                foreach (Product p in shared)
                {
                    string sum = Sum(p.Row, p.Column, p.Step % splits);
                    w.Line($"{sum} = Vec.{level.MultiplyAdd}({factor}, {loaded[p.B]}, {sum});");
                }
            }
        }
    }

    /// <summary>A reference to where the innermost loop stands.</summary>
    private static string Base(SourceWriter w, string operand, Address at, string suffix)
    {
        string reference = at.Ref(operand);
        if (reference == $"ref {operand}")
            return operand;
        string name = $"{operand}At{suffix}";
        w.Line($"ref float {name} = {reference};");
        return name;
    }

    private void WriteStore(SourceWriter w, int row, int column)
    {
        string value = Whole(row, column);
        int offset = OffsetC(row, column);
        if (isDot)
        {
            string place = Place(row, column), total = $"Vec.Sum({value})";
            if (strip is not null && c.Start != Start.Target)
                total = $"(part > 1 ? {place} : 0) + {total}";
            if (c.Start == Start.Bias)
                total = $"{Address.At("bias", columns[column].OutChannel)} + {total}";
            if (c.Finish == Finish.ReLU)
                total = $"MathF.Max(lowest, {total})";
            w.Line($"{place} {(c.Start == Start.Target ? "+=" : "=")} {total};");
            return;
        }
        // Not the other way round: a register that starts with the target's sum is only one more link of that sum's chain.
        if (c.Start == Start.Target)
            value = $"({Stored(row, column)} + {Group(value)})";
        else
            value = Group(value);
        string stored = $"Vec.LoadUnsafe(ref stored, {Operands.Text(offset)})";
        string finished = c.Finish switch
        {
            Finish.ReLU => $"Vec.MaxNative(Vec.Create(lowest), {value})",
            Finish.ReLUGradient => $"Vec.ConditionalSelect(Vec.GreaterThan({stored}, V.Zero), {value}, V.Zero)",
            Finish.SigmoidGradient => $"SigmoidGradient({stored}, {value})",
            Finish.TanhGradient => $"TanhGradient({stored}, {value})",
            _ => value,
        };
        w.Line($"{finished}.StoreUnsafe(ref {N(target)}, {Operands.Text(offset)});");
    }

    private string N(Operand operand) => Operands.Name(c, operand);
}
