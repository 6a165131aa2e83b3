using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Cpu.Methods;
using NetGen.Generator.Operations;

namespace NetGen.Generator.Cpu;

/// <summary>A free axis of a contraction that is cut into tiles.</summary>
/// <param name="Dim">Which axis.</param>
/// <param name="Extent">Its indices; 0: their number is known at run time.</param>
/// <param name="Size">Indices in a tile.</param>
/// <param name="IsRow">Its indices are rows of the register tile, otherwise columns.</param>
/// <param name="IsWindow">A window slides along it: which products there are depends on where a tile is.</param>
internal sealed record TileAxis(Dim Dim, int Extent, int Size, bool IsRow, bool IsWindow);

/// <summary>One cut of an axis: tiles alike, with the indices of the first and the distance to the next.</summary>
internal sealed record TileRun(TileAxis Axis, int Start, int Size, int Count, IReadOnlyList<Point> Points);

/// <summary>How the target of a contraction is cut into register tiles: the axes, outermost first, and the runs of tiles alike on each.</summary>
internal sealed class TileAxes
{
    private readonly StridedContraction c;
    private readonly InstructionSet level;
    private readonly Products products;
    private readonly InAxis inner;

    public TileAxes(StridedContraction contraction, InstructionSet level, Products products)
    {
        (c, this.level, this.products, inner) = (contraction, level, products, Operands.InnerIn(contraction));
        List<TileAxis> chosen = Choose();
        All = c.Target == Target.Weight && c.CountsSamples ? PartitionFirst(chosen) : chosen;
    }

    /// <summary>The axes, outermost first.</summary>
    public IReadOnlyList<TileAxis> All { get; }

    /// <summary>A row of the tile is a sample: there is no image.</summary>
    public bool SamplesAreRows => c.Lanes != Lanes.Samples && c.Target != Target.Weight && c.Rows.IsOne && c.Columns.IsOne;

    /// <summary>Samples that a tile may take; 0: as many as suit it.</summary>
    private int MostSamples => c.Samples.IsFew ? 1 : c.Samples.Extent;

    private int OutVectors => Vectors(c.OutChannels.Extent);

    private int InVectors => c.Lanes == Lanes.Channels ? OutVectors : Vectors(inner.Extent);

    /// <summary>The runs of an axis; a window's tiles are alike only if their products are.</summary>
    public List<TileRun> RunsOf(TileAxis axis)
    {
        if (!axis.IsWindow)
            return [.. Tiling.Runs(axis.Extent, axis.Size).Select(r => new TileRun(axis, r.Start, r.Size, r.Count, Points(axis.Dim, 0, r.Size)))];
        var runs = new List<TileRun>();
        string? last = null;
        for (var start = 0; start < axis.Extent; start += axis.Size)
        {
            int size = Math.Min(axis.Size, axis.Extent - start);
            IReadOnlyList<Point> points = Points(axis.Dim, start, size);
            string signature = Signature(points);
            if (signature == last)
                runs[runs.Count - 1] = runs[runs.Count - 1] with { Count = runs[runs.Count - 1].Count + 1 };
            else
                runs.Add(new TileRun(axis, start, size, 1, points));
            last = signature;
        }
        return runs;
    }

    private List<Point> Points(Dim dim, int start, int count) => Point.Range(dim, start, count, level);

    /// <summary>The products of a window tile, relative to its first.</summary>
    private string Signature(IReadOnlyList<Point> points)
    {
        List<Product> all = products.List(
            points, [default], c.Target == Target.Weight ? Points(Dim.Output, 0, c.Columns.Output) : Points(Dim.Kernel, 0, c.Columns.Kernel));
        (int firstA, int firstB, int firstC) = all.Count == 0 ? (0, 0, 0) : (all.Min(p => p.A), all.Min(p => p.B), all.Min(p => p.C));
        return points.Count + ":" + string.Join(";", all.Select(p => $"{p.Row},{p.Term},{p.A - firstA},{p.B - firstB},{p.C - firstC}"));
    }

    private List<TileAxis> Choose() => c.Target switch
    {
        Target.Output => ChooseForOutput(),
        Target.Input => ChooseForInput(),
        _ => ChooseForWeight(),
    };

    private List<TileAxis> ChooseForOutput()
    {
        (int outputs, int kernel, int outChannels) = (c.Columns.Output, c.Columns.Kernel, c.OutChannels.Extent);
        switch (c.Lanes)
        {
            case Lanes.Samples:
                TileShape t = Tiling.Choose(level, outChannels, outputs, level.VectorsPerBlock, kernel);
                return [Window(Dim.Output, outputs, t.Columns, isRow: false), Plain(Dim.OutChannel, outChannels, t.Rows, isRow: true)];
            case Lanes.OutChannels or Lanes.Channels:
                // Values that several taps meet stay in registers too, of which sixteen are few.
                InstructionSet registers = kernel > 1 && level.Registers < 32 ? level with { Registers = level.Registers - 4 } : level;
                t = Tiling.Choose(registers, SamplesAreRows ? MostSamples : outputs, OutVectors, 1, kernel);
                return [Plain(Dim.Lane, OutVectors, t.Columns, isRow: false), SamplesAreRows ? SampleRows(t) : Window(Dim.Output, outputs, t.Rows, isRow: true)];
            default:
                t = Tiling.Choose(level, MostSamples, outChannels, 1, 1);
                return [Plain(Dim.OutChannel, outChannels, t.Columns, isRow: false), SampleRows(t)];
        }
    }

    private List<TileAxis> ChooseForInput()
    {
        (int inputs, int kernel, int stride) = (c.Columns.Input, c.Columns.Kernel, c.Columns.Stride);
        if (c.Lanes == Lanes.Samples)
        {
            TileShape tile = Tiling.Choose(level, inner.Extent, inputs, level.VectorsPerBlock, kernel, Math.Min(stride, inputs));
            return [Window(Dim.Input, inputs, tile.Columns, isRow: false), Plain(Dim.InChannel, inner.Extent, tile.Rows, isRow: true)];
        }
        TileShape t = Tiling.Choose(level, SamplesAreRows ? MostSamples : inputs, InVectors, 1, kernel);
        // Whole strides, so that all tiles meet the taps alike.
        int wholeStrides = (t.Rows + stride - 1) / stride * stride;
        return [Plain(Dim.Lane, InVectors, t.Columns, isRow: false), SamplesAreRows ? SampleRows(t) : Window(Dim.Input, inputs, wholeStrides, isRow: true)];
    }

    private List<TileAxis> ChooseForWeight()
    {
        (int kernel, int outChannels) = (c.Columns.Kernel, c.OutChannels.Extent);
        switch (c.Lanes)
        {
            case Lanes.Samples:
                int taps = Even(kernel, level.Registers == 32 ? 8 : 5);
                TileShape t = Tiling.Choose(level, outChannels, taps * inner.Extent, 1, 4, taps);
                return
                [
                    Plain(Dim.OutChannel, outChannels, t.Rows, isRow: true),
                    Plain(Dim.InChannel, inner.Extent, t.Columns / taps, isRow: false),
                    Window(Dim.Kernel, kernel, taps, isRow: false),
                ];
            case Lanes.OutChannels or Lanes.Channels:
                taps = Even(kernel, 7);
                t = Tiling.Choose(level, taps * inner.Extent, OutVectors, 1, 2);
                return
                [
                    Plain(Dim.Lane, OutVectors, t.Columns, isRow: false),
                    Plain(Dim.InChannel, inner.Extent, t.Rows / taps, isRow: true),
                    Window(Dim.Kernel, kernel, taps, isRow: true),
                ];
            default:
                t = Tiling.Choose(level, outChannels, InVectors, 1, 1);
                return [Plain(Dim.Lane, InVectors, t.Columns, isRow: false), Plain(Dim.OutChannel, outChannels, t.Rows, isRow: true)];
        }
    }

    private TileAxis SampleRows(TileShape tile) => Plain(Dim.Sample, c.Samples.Extent, tile.Rows, isRow: true);

    private static TileAxis Window(Dim dim, int extent, int size, bool isRow) => new(dim, extent, Math.Min(extent, Math.Max(1, size)), isRow, IsWindow: true);

    private static TileAxis Plain(Dim dim, int extent, int size, bool isRow) =>
        new(dim, extent, extent == 0 ? size : Math.Min(extent, Math.Max(1, size)), isRow, IsWindow: false);

    /// <summary>At most so many of an extent, in parts as equal as can be.</summary>
    private static int Even(int extent, int most) => (extent + ((extent + most - 1) / most) - 1) / ((extent + most - 1) / most);

    private int Vectors(int channels) => (channels + InstructionSet.Block - 1) / InstructionSet.Block * level.VectorsPerBlock;

    /// <summary>The axis with most tiles outermost: workers share it.</summary>
    private static List<TileAxis> PartitionFirst(List<TileAxis> axes)
    {
        TileAxis most = axes.Where(x => !x.IsWindow).OrderByDescending(x => (x.Extent + x.Size - 1) / x.Size).First();
        return [most, .. axes.Where(x => x != most)];
    }
}
