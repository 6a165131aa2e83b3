using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Cpu.Methods;
using NetGen.Generator.Operations;
using NetGen.Generator.Text;

namespace NetGen.Generator.Cpu;

/// <summary>Writes the loops around the register tiles of a contraction, and adds the tiles' kernels as it comes to them.</summary>
internal sealed class ContractionLoops(StridedContraction contraction, InstructionSet level, KernelSet kernels, Products products, TileAxes tiles)
{
    private readonly StridedContraction c = contraction;
    private readonly InAxis inner = Operands.InnerIn(contraction);

    /// <summary>The axis with most tiles is shared out: workers do a range of its tiles.</summary>
    private bool SharesTiles => c.CountsSamples && c.Target == Target.Weight;

    /// <summary>The statements of the method.</summary>
    public void Write(SourceWriter w)
    {
        TensorAddresses at = TensorAddresses.Start(c);
        using var open = new BlockStack();
        if (c.Groups.Count > 1)
        {
            open.Push(w.Open($"for (nint g = 0; g < {c.Groups.Count}; g++)"));
            at = at.Plus("g", (c.Groups.XStep, c.Groups.WStep, c.Groups.YStep)).PlusBias("g", c.Groups.BiasStep);
        }
        if (c.CountsSamples && c.Target != Target.Weight && !tiles.SamplesAreRows)
        {
            open.Push(w.Open($"for (nint n = from; n < to; n++)"));
            at = at.Plus("n", Floats(Dim.Sample));
        }
        at = OpenOuterInChannels(w, open, at);
        // The lines of the target are around the tiles where samples are lanes (a line's patch of the image stays in the cache for all channels),
        // and inside the first axis elsewhere (the weights of a few channels stay for all lines).
        string? count = null;
        bool linesFirst = c.Lanes == Lanes.Samples && c.Target != Target.Weight;
        if (!c.Rows.IsOne && linesFirst)
            (at, count) = OpenLines(w, open, at);
        WriteAxis(w, 0, at, count, [], !c.Rows.IsOne && !linesFirst);
    }

    /// <summary>Input axes but the innermost are loops around the tiles where they are not summed over.</summary>
    private TensorAddresses OpenOuterInChannels(SourceWriter w, BlockStack open, TensorAddresses at)
    {
        if (c.Target == Target.Output)
            return at;
        for (var i = 0; i < c.InChannels.Count - 1; i++)
        {
            InAxis axis = c.InChannels[i];
            string variable = "i" + Operands.Text(i);
            open.Push(w.Open($"for (nint {variable} = 0; {variable} < {axis.Extent}; {variable}++)"));
            at = at.Plus(variable, (axis.XStep, axis.WStep, 0));
        }
        return at;
    }

    /// <summary>The loop over the target's lines. Where padding cuts the lines that are summed, it computes their number.</summary>
    private (TensorAddresses At, string? Count) OpenLines(SourceWriter w, BlockStack open, TensorAddresses at)
    {
        (string variable, int lines) = TapLines.Loop(c);
        open.Push(w.Open($"for (nint {variable} = 0; {variable} < {lines}; {variable}++)"));
        return TapLines.Write(w, c, at);
    }

    /// <summary>The runs of tiles of an axis, in each those of the axes within, and at last the call of the tile.</summary>
    /// <param name="w">Where to.</param>
    /// <param name="depth">Which axis.</param>
    /// <param name="at">Where the loops around it stand.</param>
    /// <param name="count">The variable that holds the number of lines that are summed, where it depends on the line.</param>
    /// <param name="chosen">The runs of the axes around it.</param>
    /// <param name="linesWithin">The loop over the target's lines is to come within this axis.</param>
    private void WriteAxis(SourceWriter w, int depth, TensorAddresses at, string? count, IReadOnlyList<TileRun> chosen, bool linesWithin)
    {
        if (depth == tiles.All.Count)
        {
            WriteCall(w, chosen, at, count);
            return;
        }
        TileAxis axis = tiles.All[depth];
        if (axis is { Dim: Dim.Sample, Extent: 0 })
        {
            WriteSamples(w, depth, at, count, chosen);
            return;
        }
        string variable = VariableOf(axis.Dim);
        var index = 0;
        foreach (TileRun run in tiles.RunsOf(axis))
        {
            // A window's indices are absolute; a plain axis' start is added here.
            TensorAddresses here = (axis.IsWindow ? at : at.Plus(Times(Floats(axis.Dim), run.Start))).PlusBias(run.Start * BiasFloats(axis.Dim));
            if (depth == 0 && SharesTiles)
            {
                if (run.Count > 1 || run.Start == 0)
                {
                    using (w.Open($"for (nint {variable} = Math.Max(from, {index}); {variable} < Math.Min(to, {index + run.Count}); {variable}++)"))
                        Within(run, Advance(here.Plus(Times(Floats(axis.Dim), -index * run.Size)), run, variable));
                }
                else
                {
                    using (w.Open($"if (from <= {index} && {index} < to)"))
                        Within(run, here);
                }
                index += run.Count;
            }
            else if (run.Count > 1)
            {
                using (w.Open($"for (nint {variable} = 0; {variable} < {run.Count}; {variable}++)"))
                    Within(run, Advance(here, run, variable));
            }
            else
            {
                Within(run, here);
            }
        }

        void Within(TileRun run, TensorAddresses inside)
        {
            using var open = new BlockStack();
            string? lines = count;
            if (linesWithin)
                (inside, lines) = OpenLines(w, open, inside);
            WriteAxis(w, depth + 1, inside, lines, [.. chosen, run], linesWithin: false);
        }
    }

    /// <summary>Samples whose number is known at run time: tiles of the chosen size, then smaller ones.</summary>
    private void WriteSamples(SourceWriter w, int depth, TensorAddresses at, string? count, IReadOnlyList<TileRun> chosen)
    {
        TileAxis axis = tiles.All[depth];
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
            var run = new TileRun(axis, 0, size, 1, Point.Range(Dim.Sample, 0, size, level));
            using (w.Open($"for ({range})"))
                WriteAxis(w, depth + 1, at.Plus("n", Floats(Dim.Sample)), count, [.. chosen, run], linesWithin: false);
        }
    }

    /// <summary>Adds the tile's kernel, and calls it where the loops stand.</summary>
    private void WriteCall(SourceWriter w, IReadOnlyList<TileRun> chosen, TensorAddresses at, string? count)
    {
        List<Point> rows = Points(chosen, isRow: true), columns = Points(chosen, isRow: false);
        if (c.Lanes == Lanes.Samples && !Operands.IsDot(c))
            columns = [.. columns.SelectMany(q => Point.Range(Dim.Lane, 0, level.VectorsPerBlock, level).Select(lane => q + lane))];
        var tile = new TilePlan(c, level, products, rows, columns, countsLines: count is not null);
        string name = kernels.Add(
            $"{c.Name}_{Operands.Text(rows.Count)}x{Operands.Text(columns.Count)}", tile.Summary, tile.Parameters, new TileEmitter(c, level, tile).Write, tile.Calls);
        string target = at.Target.Plus(tile.OriginTarget).Ref(Operands.Name(c, Operands.C(c)));
        var given = new Dictionary<string, string>
        {
            [Operands.Name(c, Operands.A(c))] = at.A.Plus(tile.OriginA).Ref(Operands.Name(c, Operands.A(c))),
            [Operands.Name(c, Operands.B(c))] = at.B.Plus(tile.OriginB).Ref(Operands.Name(c, Operands.B(c))),
            [Operands.Name(c, Operands.C(c))] = target,
            ["bias"] = at.Bias.Ref("bias"),
            ["stored"] = at.Target.Plus(tile.OriginTarget).Ref("stored"),
        };
        if (count is not null)
            given.Add("count", count);
        w.Line($"{name}({Parameter.Pass(tile.Parameters, given)});");
    }

    private static List<Point> Points(IReadOnlyList<TileRun> chosen, bool isRow)
    {
        List<Point> points = [default];
        foreach (TileRun run in chosen.Where(r => r.Axis.IsRow == isRow))
            points = [.. points.SelectMany(i => run.Points.Select(j => i + j))];
        return points;
    }

    /// <summary>Moves by one tile per step of the variable.</summary>
    private TensorAddresses Advance(TensorAddresses at, TileRun run, string variable)
    {
        (Dim dim, int size) = (run.Axis.Dim, run.Size);
        at = at.Plus(variable, dim == Dim.Input ? (size * c.Columns.XStep, 0, size / c.Columns.Stride * c.Columns.YStep) : Times(Floats(dim), size));
        return at.PlusBias(variable, size * BiasFloats(dim));
    }

    /// <summary>Floats of the bias between neighbours of an unrolled index.</summary>
    private int BiasFloats(Dim dim) => dim switch
    {
        Dim.OutChannel or Dim.InChannel => 1,
        Dim.Lane => level.Lanes,
        _ => 0,
    };

    /// <summary>Floats between neighbours of an unrolled index in X, W and Y.</summary>
    private (int X, int W, int Y) Floats(Dim dim) => dim switch
    {
        Dim.Sample => (c.Samples.XStep, 0, c.Samples.YStep),
        Dim.OutChannel => (0, c.OutChannels.WStep, c.OutChannels.YStep),
        Dim.InChannel => (inner.XStep, inner.WStep, 0),
        Dim.Output => (c.Columns.Stride * c.Columns.XStep, 0, c.Columns.YStep),
        Dim.Kernel => (c.Columns.Dilation * c.Columns.XStep, c.Columns.WStep, 0),
        Dim.Input => (c.Columns.XStep, 0, 0),
        _ => (LaneFloats(Operand.X), LaneFloats(Operand.W), LaneFloats(Operand.Y)),
    };

    private int LaneFloats(Operand operand) => Operands.HoldsLanes(c, operand) ? level.Lanes : 0;

    private static (int X, int W, int Y) Times((int X, int W, int Y) floats, int times) => (floats.X * times, floats.W * times, floats.Y * times);

    private static string VariableOf(Dim dim) => dim switch
    {
        Dim.OutChannel => "oc",
        Dim.InChannel => "ic",
        Dim.Output => "ow",
        Dim.Input => "iw",
        Dim.Kernel => "kw",
        Dim.Sample => "n",
        _ => "v",
    };
}
