using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Cpu.Methods;
using NetGen.Generator.Operations;
using NetGen.Generator.Text;

namespace NetGen.Generator.Cpu;

/// <summary>
/// Writes the kernels of a <see cref="StridedContraction"/>: a leaf method per register tile, and over them one method of plain loops.
/// The tile's multiply-adds are unrolled from a list, so a window that leaves the image costs nothing: its products are not there.
/// </summary>
internal sealed class ContractionEmitter
{
    private readonly StridedContraction c;
    private readonly InstructionSet level;
    private readonly KernelSet kernels;
    private readonly Products products;
    private readonly Operand a;
    private readonly Operand b;
    private readonly Operand target;
    private readonly bool isDot;
    private readonly InAxis inner;

    private ContractionEmitter(StridedContraction contraction, InstructionSet level, KernelSet kernels)
    {
        c = contraction;
        this.level = level;
        this.kernels = kernels;
        products = new Products(c);
        (a, b, target) = (Operands.A(c), Operands.B(c), Operands.C(c));
        isDot = Operands.IsDot(c);
        inner = c.InChannels[c.InChannels.Count - 1];
    }

    /// <summary>A free axis that is cut into tiles.</summary>
    private sealed record TileAxis(Dim Dim, int Extent, int Size, bool IsRow, bool IsWindow);

    /// <summary>One cut of an axis: tiles alike, with the indices of the first and the distance to the next.</summary>
    private sealed record TileRun(TileAxis Axis, int Start, int Size, int Count, IReadOnlyList<Point> Items);

    /// <summary>Adds the kernels and returns the method that runs the contraction.</summary>
    public static Kernel Emit(StridedContraction contraction, InstructionSet level, KernelSet kernels) =>
        BlockedEmitter.BlockOf(contraction) is { } block
            ? BlockedEmitter.Emit(contraction, block, level, kernels)
            : RowPairEmitter.Suits(contraction, level) ? RowPairEmitter.Emit(contraction, level, kernels)
            : EmitWhole(contraction, level, kernels);

    /// <summary>The same, with the whole reduction in one go.</summary>
    public static Kernel EmitWhole(StridedContraction contraction, InstructionSet level, KernelSet kernels) =>
        new ContractionEmitter(contraction, level, kernels).Emit();

    /// <summary>Parameters of the emitted method besides its three tensors.</summary>
    private IEnumerable<string> ExtraParameters()
    {
        if (c.Start == Start.Bias)
            yield return "ref float bias";
        if (Operands.ReadsStored(c))
            yield return "ref float stored";
        if (c.Finish == Finish.ReLU)
            yield return "float lowest";
        if (c.CountsTerms)
            yield return "nint terms";
        if (!IsDynamic)
            yield break;
        if (c.Target == Target.Weight)
            yield return "nint samples";
        yield return "nint from";
        yield return "nint to";
    }

    private bool IsDynamic => c.Samples.Extent == 0 && c.Lanes != Lanes.Samples;

    private bool SamplesAreRows => c.Lanes != Lanes.Samples && c.Target != Target.Weight && c.Rows.IsOne && c.Columns.IsOne;

    /// <summary>Samples that a tile may take; 0: as many as suit it.</summary>
    private int SampleRows => c.Samples.IsFew ? 1 : c.Samples.Extent;

    private Kernel Emit()
    {
        List<TileAxis> axes = ChooseTiles();
        if (c.Target == Target.Weight && IsDynamic)
            axes = PartitionFirst(axes);
        string extra = string.Concat(ExtraParameters().Select(p => ", " + p));
        string method = kernels.Add(c.Name, c.Summary, name =>
        {
            var w = new SourceWriter();
            using (w.Open($"private static void {name}(ref float {N(a)}, ref float {N(b)}, ref float {N(target)}{extra})"))
                EmitLoops(w, axes);
            return w.ToString().TrimEnd('\n');
        });
        bool hasFloor = c.Finish == Finish.ReLU;
        return new Kernel(method, c.Work == Work.Pieces ? RunsOf(axes[0]).Sum(run => run.Count) : 0, HasFloor: hasFloor);
    }

    // ---- tiles ----

    private List<TileAxis> ChooseTiles()
    {
        int blocks = level.VectorsPerBlock;
        int k = c.Columns.Kernel;
        int outVectors = Blocks(c.OutChannels.Extent) * blocks;
        int inVectors = Blocks(inner.Extent) * blocks;
        switch (c.Target, c.Lanes)
        {
            case (Target.Output, Lanes.Samples):
                {
                    TileShape t = Tiling.Choose(level, c.OutChannels.Extent, c.Columns.Output, blocks, k);
                    return [Window(Dim.Output, c.Columns.Output, t.Columns, false), Plain(Dim.OutChannel, c.OutChannels.Extent, t.Rows, true)];
                }
            case (Target.Input, Lanes.Samples):
                {
                    TileShape t = Tiling.Choose(level, inner.Extent, c.Columns.Input, blocks, k, Math.Min(c.Columns.Stride, c.Columns.Input));
                    return [Window(Dim.Input, c.Columns.Input, t.Columns, false), Plain(Dim.InChannel, inner.Extent, t.Rows, true)];
                }
            case (Target.Weight, Lanes.Samples):
                {
                    int taps = Even(k, level.Registers == 32 ? 8 : 5);
                    TileShape t = Tiling.Choose(level, c.OutChannels.Extent, taps * inner.Extent, 1, 4, taps);
                    return
                    [
                        Plain(Dim.OutChannel, c.OutChannels.Extent, t.Rows, true),
                    Plain(Dim.InChannel, inner.Extent, Math.Max(1, t.Columns / taps), false),
                    Window(Dim.Kernel, k, taps, false),
                ];
                }
            case (Target.Output, Lanes.OutChannels):
                {
                    // Values that several taps meet stay in registers too, of which sixteen are few.
                    InstructionSet registers = k > 1 && level.Registers < 32 ? level with { Registers = level.Registers - 4 } : level;
                    TileShape t = Tiling.Choose(registers, SamplesAreRows ? SampleRows : c.Columns.Output, outVectors, 1, k);
                    TileAxis rows = SamplesAreRows ? Plain(Dim.Sample, c.Samples.Extent, t.Rows, true) : Window(Dim.Output, c.Columns.Output, t.Rows, true);
                    return [Plain(Dim.Lane, outVectors, t.Columns, false), rows];
                }
            case (Target.Input, Lanes.InChannels):
                {
                    TileShape t = Tiling.Choose(level, SamplesAreRows ? SampleRows : c.Columns.Input, inVectors, 1, k);
                    int rowTile = SamplesAreRows ? t.Rows : Math.Min(c.Columns.Input, (t.Rows + c.Columns.Stride - 1) / c.Columns.Stride * c.Columns.Stride);
                    TileAxis rows = SamplesAreRows ? Plain(Dim.Sample, c.Samples.Extent, t.Rows, true) : Window(Dim.Input, c.Columns.Input, rowTile, true);
                    return [Plain(Dim.Lane, inVectors, t.Columns, false), rows];
                }
            case (Target.Weight, Lanes.OutChannels):
                {
                    int taps = Even(k, 7);
                    TileShape t = Tiling.Choose(level, taps * inner.Extent, outVectors, 1, 2);
                    return
                    [
                        Plain(Dim.Lane, outVectors, t.Columns, false),
                    Plain(Dim.InChannel, inner.Extent, Math.Max(1, t.Rows / taps), true),
                    Window(Dim.Kernel, k, taps, true),
                ];
                }
            case (Target.Output, Lanes.InChannels):
                {
                    TileShape t = Tiling.Choose(level, SampleRows, c.OutChannels.Extent, 1, 1);
                    return [Plain(Dim.OutChannel, c.OutChannels.Extent, t.Columns, false), Plain(Dim.Sample, c.Samples.Extent, t.Rows, true)];
                }
            default:
                {
                    TileShape t = Tiling.Choose(level, c.OutChannels.Extent, inVectors, 1, 1);
                    return [Plain(Dim.Lane, inVectors, t.Columns, false), Plain(Dim.OutChannel, c.OutChannels.Extent, t.Rows, true)];
                }
        }

        static TileAxis Window(Dim dim, int extent, int size, bool isRow) => new(dim, extent, Math.Min(extent, Math.Max(1, size)), isRow, true);
        static TileAxis Plain(Dim dim, int extent, int size, bool isRow) => new(dim, extent, extent == 0 ? size : Math.Min(extent, Math.Max(1, size)), isRow, false);
        static int Even(int extent, int most) => (extent + ((extent + most - 1) / most) - 1) / ((extent + most - 1) / most);
    }

    private static int Blocks(int channels) => (channels + InstructionSet.Block - 1) / InstructionSet.Block;

    /// <summary>The runs of an axis; a window's tiles are alike only if their products are.</summary>
    private List<TileRun> RunsOf(TileAxis axis)
    {
        if (!axis.IsWindow)
            return [.. Tiling.Runs(axis.Extent, axis.Size).Select(r => new TileRun(axis, r.Start, r.Size, r.Count, Items(axis.Dim, 0, r.Size)))];
        var runs = new List<TileRun>();
        string? last = null;
        for (var start = 0; start < axis.Extent; start += axis.Size)
        {
            int size = Math.Min(axis.Size, axis.Extent - start);
            IReadOnlyList<Point> items = Items(axis.Dim, start, size);
            string signature = Signature(items);
            if (signature == last)
                runs[runs.Count - 1] = runs[runs.Count - 1] with { Count = runs[runs.Count - 1].Count + 1 };
            else
                runs.Add(new TileRun(axis, start, size, 1, items));
            last = signature;
        }
        return runs;
    }

    private List<Point> Items(Dim dim, int start, int count) =>
        [.. Enumerable.Range(start, count).Select(i => Point.At(dim, dim == Dim.Lane ? i * level.Lanes : i))];

    /// <summary>The products of a window tile, relative to its first.</summary>
    private string Signature(IReadOnlyList<Point> items)
    {
        IReadOnlyList<Point> steps = c.Target == Target.Weight ? Items(Dim.Output, 0, c.Columns.Output) : Items(Dim.Kernel, 0, c.Columns.Kernel);
        List<Product> all = products.List(items, [default], steps);
        (int firstA, int firstB, int firstC) = Origin(all);
        return items.Count + ":" + string.Join(";", all.Select(p => $"{p.Row},{p.Step},{p.A - firstA},{p.B - firstB},{p.C - firstC}"));
    }

    private static (int A, int B, int C) Origin(List<Product> all) =>
        all.Count == 0 ? (0, 0, 0) : (all.Min(p => p.A), all.Min(p => p.B), all.Min(p => p.C));

    // ---- loops around the tiles ----

    /// <summary>Where the tensors are while the loops are written.</summary>
    private sealed record Places(Address A, Address B, Address C, Address Bias)
    {
        public static Places Start { get; } = new(Address.Zero, Address.Zero, Address.Zero, Address.Zero);
    }

    private void EmitLoops(SourceWriter w, List<TileAxis> axes)
    {
        Places at = Places.Start;
        var open = new Stack<SourceWriter.Block>();
        bool samplesLoop = IsDynamic && c.Target != Target.Weight && !SamplesAreRows;
        if (samplesLoop)
        {
            open.Push(w.Open($"for (nint n = from; n < to; n++)"));
            at = Move(at, "n", Step(Dim.Sample));
        }
        at = OuterInAxes(w, open, at);
        EmitTiles(w, axes, at, open);
        while (open.Count > 0)
            open.Pop().Dispose();
    }

    /// <summary>The axis with most tiles outermost: workers share it.</summary>
    private static List<TileAxis> PartitionFirst(List<TileAxis> axes)
    {
        TileAxis most = axes.Where(x => !x.IsWindow).OrderByDescending(x => (x.Extent + x.Size - 1) / x.Size).First();
        return [most, .. axes.Where(x => x != most)];
    }

    /// <summary>Input axes but the innermost are loops around the tiles where they are not summed over.</summary>
    private Places OuterInAxes(SourceWriter w, Stack<SourceWriter.Block> open, Places at)
    {
        if (c.Target == Target.Output)
            return at;
        for (var i = 0; i < c.InChannels.Count - 1; i++)
        {
            InAxis axis = c.InChannels[i];
            string variable = "i" + Operands.Text(i);
            open.Push(w.Open($"for (nint {variable} = 0; {variable} < {axis.Extent}; {variable}++)"));
            at = Move(at, variable, (axis.XStep, axis.WStep, 0));
        }
        return at;
    }

    /// <summary>Moves the places of X, W and Y by a variable times a step.</summary>
    private Places Move(Places at, string variable, (int X, int W, int Y) step) => at with
    {
        A = at.A.Plus(variable, Operands.Of(a, step)),
        B = at.B.Plus(variable, Operands.Of(b, step)),
        C = at.C.Plus(variable, Operands.Of(target, step)),
    };

    private Places Move(Places at, int times, (int X, int W, int Y) step) => at with
    {
        A = at.A.Plus(times * Operands.Of(a, step)),
        B = at.B.Plus(times * Operands.Of(b, step)),
        C = at.C.Plus(times * Operands.Of(target, step)),
    };

    /// <summary>Floats between neighbours of an unrolled index in X, W and Y.</summary>
    private (int X, int W, int Y) Step(Dim dim) => dim switch
    {
        Dim.Sample => (c.Samples.XStep, 0, c.Samples.YStep),
        Dim.OutChannel => (0, c.OutChannels.WStep, c.OutChannels.YStep),
        Dim.InChannel => (inner.XStep, inner.WStep, 0),
        Dim.Output => (c.Columns.Stride * c.Columns.XStep, 0, c.Columns.YStep),
        Dim.Kernel => (c.Columns.XStep, c.Columns.WStep, 0),
        Dim.Input => (c.Columns.XStep, 0, 0),
        _ => (Lane(Operand.X), Lane(Operand.W), Lane(Operand.Y)),
    };

    private int Lane(Operand operand) => Operands.HoldsLanes(c, operand) ? level.Lanes : 0;

    /// <summary>
    /// The loop over the target's rows stands outside the tiles where samples are lanes (a row's patch of the image stays in the
    /// cache for all channels), and inside the first axis elsewhere (the weights of a few channels stay for all rows).
    /// </summary>
    private void EmitTiles(SourceWriter w, List<TileAxis> axes, Places at, Stack<SourceWriter.Block> open)
    {
        string? count = null;
        bool rowsFirst = c.Lanes == Lanes.Samples && c.Target != Target.Weight;
        if (!c.Rows.IsOne && rowsFirst)
            (at, count) = OpenRows(w, open, at);
        Descend(w, axes, 0, at, count, [], !c.Rows.IsOne && !rowsFirst);
    }

    /// <summary>The loop over the target's rows. Where padding cuts the rows that are summed, it computes their number.</summary>
    private (Places At, string? Count) OpenRows(SourceWriter w, Stack<SourceWriter.Block> open, Places at)
    {
        StridedAxis r = c.Rows;
        switch (c.Target)
        {
            case Target.Output:
                open.Push(w.Open($"for (nint oh = 0; oh < {r.Output}; oh++)"));
                at = Move(at, "oh", (0, 0, r.YStep));
                if (!r.IsPadded)
                    return (Move(at, "oh", (r.Stride * r.XStep, 0, 0)), null);
                w.Line($"nint top = oh{Times(r.Stride)} - {r.Padding}, first = Math.Max(0, -top), taps = Math.Min({r.Kernel}, {r.Input} - top) - first;");
                at = Move(at, "first", (0, r.WStep, 0));
                return (Move(at, "(top + first)", (r.XStep, 0, 0)), "taps");
            case Target.Input:
                open.Push(w.Open($"for (nint ih = 0; ih < {r.Input}; ih++)"));
                at = Move(at, "ih", (r.XStep, 0, 0));
                string reach = r.Padding == 0 ? "ih" : $"(ih + {r.Padding})";
                string firstOutput = r.Kernel - r.Stride < 0 ? $"({reach} + {r.Stride - r.Kernel}) / {r.Stride}" : $"{reach} < {r.Kernel - r.Stride} ? 0 : ({reach} - {r.Kernel - r.Stride}) / {r.Stride}";
                w.Line($"nint first = {firstOutput}, taps = Math.Min({r.Output - 1}, {reach} / {r.Stride}) - first + 1;");
                at = Move(at, "first", (0, -r.Stride * r.WStep, r.YStep));
                return (Move(at, reach, (0, r.WStep, 0)), "taps");
            default:
                open.Push(w.Open($"for (nint kh = 0; kh < {r.Kernel}; kh++)"));
                at = Move(at, "kh", (0, r.WStep, 0));
                if (!r.IsPadded)
                    return (Move(at, "kh", (r.XStep, 0, 0)), null);
                w.Line($"nint past = {r.Input + r.Padding - 1} - kh, first = kh >= {r.Padding} ? 0 : ({r.Padding + r.Stride - 1} - kh) / {r.Stride};");
                w.Line($"nint rows = past < 0 ? 0 : Math.Min({r.Output}, past / {r.Stride} + 1) - first;");
                at = Move(at, "first", (r.Stride * r.XStep, 0, r.YStep));
                return (Move(at, "(kh - " + Operands.Text(r.Padding) + ")", (r.XStep, 0, 0)), "rows");
        }

        static string Times(int factor) => factor == 1 ? "" : " * " + Operands.Text(factor);
    }

    private void Descend(SourceWriter w, List<TileAxis> axes, int depth, Places at, string? count, IReadOnlyList<TileRun> chosen, bool rowsPending)
    {
        if (depth == axes.Count)
        {
            EmitCall(w, chosen, at, count);
            return;
        }
        TileAxis axis = axes[depth];
        if (axis is { Dim: Dim.Sample, Extent: 0 })
        {
            DescendSamples(w, axes, depth, at, count, chosen);
            return;
        }
        bool shared = depth == 0 && IsDynamic && c.Target == Target.Weight;
        var index = 0;
        foreach (TileRun run in RunsOf(axis))
        {
            // A window's items are absolute; a plain axis' start is added here.
            Places here = axis.IsWindow ? at : Move(at, run.Start, StepOf(axis));
            if (axis.Dim is Dim.OutChannel)
                here = here with { Bias = here.Bias.Plus(run.Start) };
            else if (axis.Dim is Dim.Lane)
                here = here with { Bias = here.Bias.Plus(run.Start * level.Lanes) };
            string variable = axis.Dim switch
            {
                Dim.OutChannel => "oc",
                Dim.InChannel => "ic",
                Dim.Output => "ow",
                Dim.Input => "iw",
                Dim.Kernel => "kw",
                Dim.Sample => "n",
                _ => "v",
            };
            IReadOnlyList<TileRun> next = [.. chosen, run];
            if (shared)
            {
                if (run.Count > 1 || run.Start == 0)
                {
                    using (w.Open($"for (nint {variable} = Math.Max(from, {index}); {variable} < Math.Min(to, {index + run.Count}); {variable}++)"))
                        Body(Advance(Move(here, -index * run.Size, StepOf(axis)), axis, run, variable));
                }
                else
                {
                    using (w.Open($"if (from <= {index} && {index} < to)"))
                        Body(here);
                }
                index += run.Count;
            }
            else if (run.Count > 1)
            {
                using (w.Open($"for (nint {variable} = 0; {variable} < {run.Count}; {variable}++)"))
                    Body(Advance(here, axis, run, variable));
            }
            else
            {
                Body(here);
            }

            void Body(Places place)
            {
                var open = new Stack<SourceWriter.Block>();
                string? taps = count;
                if (rowsPending && depth == 0)
                    (place, taps) = OpenRows(w, open, place);
                Descend(w, axes, depth + 1, place, taps, next, false);
                while (open.Count > 0)
                    open.Pop().Dispose();
            }
        }
    }

    /// <summary>Moves by one tile per step of the variable.</summary>
    private Places Advance(Places at, TileAxis axis, TileRun run, string variable)
    {
        (int x, int w, int y) = axis.Dim == Dim.Input
            ? (run.Size * c.Columns.XStep, 0, run.Size / c.Columns.Stride * c.Columns.YStep)
            : Scale(StepOf(axis), run.Size);
        at = Move(at, variable, (x, w, y));
        return axis.Dim switch
        {
            Dim.OutChannel => at with { Bias = at.Bias.Plus(variable, run.Size) },
            Dim.Lane => at with { Bias = at.Bias.Plus(variable, run.Size * level.Lanes) },
            _ => at,
        };
    }

    private (int X, int W, int Y) StepOf(TileAxis axis) => Step(axis.Dim);

    private static (int X, int W, int Y) Scale((int X, int W, int Y) step, int times) => (step.X * times, step.W * times, step.Y * times);

    /// <summary>Samples whose number is known at run time: tiles of the chosen size, then smaller ones.</summary>
    private void DescendSamples(SourceWriter w, List<TileAxis> axes, int depth, Places at, string? count, IReadOnlyList<TileRun> chosen)
    {
        TileAxis axis = axes[depth];
        if (axis.Size == 1)
        {
            Tiles(1, "nint n = from; n < to; n++");
            return;
        }
        w.Line("{");
        using (w.Indent())
        {
            w.Line("nint n = from;");
            string rests = string.Join(" or ", Tiling.RestsForFours(axis.Size).Select(Operands.Text));
            if (rests.Length > 0)
                w.Line($"nint last = to - ((to - from) % {axis.Size} is {rests} ? {8 + axis.Size} : {axis.Size});");
            foreach (int size in Tiling.DynamicSizes(axis.Size))
            {
                string bound = size == axis.Size && rests.Length > 0 ? "n <= last" : size == 1 ? "n < to" : $"n <= to - {Operands.Text(size)}";
                Tiles(size, $"; {bound}; n{(size == 1 ? "++" : " += " + Operands.Text(size))}");
            }
        }
        w.Line("}");

        void Tiles(int size, string range)
        {
            var run = new TileRun(axis, 0, size, 1, Items(Dim.Sample, 0, size));
            using (w.Open($"for ({range})"))
                Descend(w, axes, depth + 1, Move(at, "n", Step(Dim.Sample)), count, [.. chosen, run], false);
        }
    }

    // ---- the tile ----

    private void EmitCall(SourceWriter w, IReadOnlyList<TileRun> chosen, Places at, string? count)
    {
        IReadOnlyList<Point> rows = Items(chosen, true);
        IReadOnlyList<Point> columns = Items(chosen, false);
        if (c.Lanes == Lanes.Samples && !isDot)
            columns = [.. columns.SelectMany(q => Items(Dim.Lane, 0, level.VectorsPerBlock).Select(lane => q + lane))];
        var tile = new TileEmitter(c, level, products, rows, columns, count is not null);
        string wanted = $"{c.Name}_{Operands.Text(rows.Count)}x{Operands.Text(columns.Count)}";
        string name = kernels.Add(wanted, tile.Summary, tile.Write);
        var arguments = new List<string>
        {
            at.A.Plus(tile.OriginA).Ref(N(a)),
            at.B.Plus(tile.OriginB).Ref(N(b)),
            at.C.Plus(tile.OriginC).Ref(N(target)),
        };
        if (c.Start == Start.Bias)
            arguments.Add(at.Bias.Ref("bias"));
        if (Operands.ReadsStored(c))
            arguments.Add(at.C.Plus(tile.OriginC).Ref("stored"));
        if (c.Finish == Finish.ReLU)
            arguments.Add("lowest");
        if (c.CountsTerms)
            arguments.Add("terms");
        if (c.Target == Target.Weight && IsDynamic)
            arguments.Add("samples");
        if (count is not null)
            arguments.Add(count);
        w.Line($"{name}({string.Join(", ", arguments)});");
    }

    private static List<Point> Items(IReadOnlyList<TileRun> chosen, bool rows)
    {
        List<Point> items = [default];
        foreach (TileRun run in chosen.Where(r => r.Axis.IsRow == rows))
            items = [.. items.SelectMany(i => run.Items.Select(j => i + j))];
        return items;
    }

    private string N(Operand operand) => Operands.Name(c, operand);
}
