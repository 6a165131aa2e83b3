using NetGen.Generator.Collections;
using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Cpu.Methods;
using NetGen.Generator.Text;

namespace NetGen.Generator.Cpu.Wide;

/// <summary>
/// Writes the weight gradient of a convolution: <c>name(ref x, ref dy, ref dw, ref scratch, samples, from, to)</c>, dw in panels as the
/// weights are. Each piece writes its own part of dw, over all samples: workers need no gradients of their own. The pixels are summed in
/// blocks that stay in the cache while all taps and channels of the range are summed over them; a panel's columns of dy are first laid side
/// by side in scratch, because steps of a power of two would meet a few sets of the cache only. Columns that the tiles do not compute (16 to 31 of a last panel that
/// is half used) are left as they are; other padding gets zeros, where dy's padding channels are zero.
/// </summary>
internal static class WeightGradientDriver
{
    /// <summary>Rows of a piece, about: some tiles.</summary>
    private const int PieceRows = 96;

    /// <summary>The driver.</summary>
    /// <param name="c">The convolution.</param>
    /// <param name="x">Its input; the step between pixels may be any.</param>
    /// <param name="dy">Gradient of its output; steps are multiples of 16.</param>
    /// <param name="adds">Adds to what is there, instead of overwriting it.</param>
    public static WideDriver Write(WideConvolution c, PixelSteps x, PixelSteps dy, bool adds)
    {
        int panels = WideConvolution.Panels(c.Out), width = WideConvolution.PanelWidth(c.Out);
        int taps = x.Pixel == c.In && c.Columns.Dilation == 1 ? 1 : c.Columns.Kernel, rows = taps == 1 ? c.Columns.Kernel * c.In : c.In;
        int chunk = Chunk(rows), chunks = (rows + chunk - 1) / chunk, perPanel = c.Rows.Kernel * chunks;
        bool isHalfLast = panels > 1 && WideConvolution.Padded(c.Out) % 32 == 16;
        Blocks blocks = new(c, x, dy);

        var w = new SourceWriter();
        w.Line($"Wide.Run s = new() {{ X = {blocks.X}, Y = {width}, WRow = {width}, Columns = {Math.Min(32, WideConvolution.Padded(c.Out))}{blocks.Members} }};");
        SourceWriter.Block[] open = [.. blocks.Open(w)];
        w.Line(adds ? "s.Adds = true;" : $"s.Adds = {blocks.IsLater};");
        w.Line("nint packed = -1;");
        using (w.Open("for (nint piece = from; piece < to; piece++)"))
        {
            w.Line(perPanel == 1 ? "nint panel = piece, part = 0;" : $"nint panel = piece / {perPanel}, part = piece - (panel * {perPanel});");
            if (isHalfLast)
                w.Line($"s.Columns = panel == {panels - 1} ? 16 : 32;");
            string line = chunks == 1 ? "part" : $"line";
            if (chunks > 1)
                w.Line($"nint line = part / {chunks}, row = (part - (line * {chunks})) * {chunk};");
            string row = chunks == 1 ? "" : " + row", rowFloats = chunks == 1 ? "" : $" + (row * {Literal.Of(width)})";
            string count = chunks == 1 || rows % chunk == 0 ? Literal.Of(chunk) : $"Math.Min({Literal.Of(chunk)}, {Literal.Of(rows)} - row)";
            w.Line($"ref float xs = ref Unsafe.Add(ref x, {blocks.XPlace} + ({line} * {c.Rows.Dilation * x.Row}){row} - {(c.Rows.Before * x.Row) + (c.Columns.Before * x.Pixel)});");
            using (w.Open("if (panel != packed)"))
            {
                w.Line("packed = panel;");
                w.Line($"Wide.Pack(ref Unsafe.Add(ref dy, {blocks.YPlace} + (panel * 32)), ref scratch, {blocks.Y}, {blocks.YLine}, {blocks.YImage}, in s);");
            }
            w.Line($"ref float ws = ref Unsafe.Add(ref dw, (panel * {c.PanelFloats}) + ({line} * {c.LineFloats}){rowFloats});");
            string call = $"Wide.{SumWalker.Name(chunk)}";
            if (taps == 1)
            {
                w.Line($"{call}(ref xs, ref scratch, ref ws, {count}, in s);");
            }
            else
            {
                w.Line($"for (nint tap = 0; tap < {taps}; tap++)");
                w.Line($"    {call}(ref Unsafe.Add(ref xs, tap * {c.Columns.Dilation * x.Pixel}), ref scratch, ref Unsafe.Add(ref ws, tap * {c.In * width}), {count}, in s);");
            }
        }
        foreach (SourceWriter.Block block in open)
            block.Dispose();

        var needs = new WideNeeds
        {
            Columns32 = c.Out > 16,
            Columns16 = c.Out <= 16 || isHalfLast,
            Pack = true,
            Sums = SumWalker.IsCommon(chunk),
            OddSums = SumWalker.IsCommon(chunk) ? [] : [chunk],
        };
        var pieces = new WidePieces(panels * perPanel, 1, PerSample: false);
        return new WideDriver(
            $"dw of {c.Description}: {pieces.Text} pieces.",
            "ref float x, ref float dy, ref float dw, ref float scratch, nint samples, nint from, nint to",
            w.ToString().TrimEnd('\n'), pieces, WideHalo.Of(c.Rows.Halo, c.Columns.Halo), blocks.Size * width, needs);
    }

    /// <summary>Rows of a piece: all, or a multiple of four that leaves eight or more at the end.</summary>
    private static int Chunk(int rows)
    {
        if (rows % 4 != 0 || rows < 2 * PieceRows)
            return rows;
        int chunk = PieceRows;
        while (rows % chunk is > 0 and < 8)
            chunk += 4;
        return chunk;
    }

    /// <summary>The blocks of pixels that are summed over one after the other.</summary>
    private sealed class Blocks
    {
        private readonly int most;
        private readonly int lines;
        private readonly int images;
        private readonly int pixels;
        private readonly bool isLong;
        private readonly WideConvolution c;
        private readonly PixelSteps x;
        private readonly PixelSteps dy;

        public Blocks(WideConvolution convolution, PixelSteps xSteps, PixelSteps dySteps)
        {
            (c, x, dy) = (convolution, xSteps, dySteps);
            int rows = c.Rows.Output, columns = c.Columns.Output;
            bool isOne = rows == 1 && columns == 1;
            bool isLine = c.IsPlain && (rows == 1 || (x.Row == columns * x.Pixel && dy.Row == columns * dy.Pixel));
            pixels = rows * columns;
            isLong = isOne || (isLine && x.Sample == pixels * x.Pixel && dy.Sample == pixels * dy.Pixel);
            (X, Y) = isOne ? (x.Sample, dy.Sample) : (x.Pixel * c.Columns.Stride, dy.Pixel);
            // Few enough for a short chain of additions, and for a second-level cache; enough to make up for adding to what is there.
            most = Math.Max(100, Math.Min(200, 160 * 1024 / c.In));
            int blocks = (pixels + most - 1) / most;
            lines = Math.Max(1, (rows + blocks - 1) / blocks);
            images = lines == rows ? Math.Max(1, most / pixels) : 1;
        }

        /// <summary>Steps from one pixel to the next.</summary>
        public int X { get; }

        public int Y { get; }

        /// <summary>Pixels of a block, at most.</summary>
        public int Size => isLong ? most : images * lines * c.Columns.Output;

        /// <summary>What lies between lines, and between images, of dy.</summary>
        public string YLine => isLong ? "0" : Literal.Of(dy.Row - (c.Columns.Output * Y));

        public string YImage => isLong ? "0" : $"{Literal.Of(dy.Sample)} - (s.Lines * {Literal.Of(dy.Row)})";

        public string Members => isLong ? ", Lines = 1, Images = 1"
            : $", Pixels = {Literal.Of(c.Columns.Output)}, XLine = {Literal.Of((c.Rows.Stride * x.Row) - (c.Columns.Output * X))}";

        /// <summary>True but for the first block.</summary>
        public string IsLater => isLong ? "pixel > 0" : lines == c.Rows.Output ? "image > 0" : "image + first > 0";

        public string XPlace => isLong ? $"(pixel * {Literal.Of(X)})" : $"(image * {Literal.Of(x.Sample)})" + (HasLines ? $" + (first * {Literal.Of(c.Rows.Stride * x.Row)})" : "");

        public string YPlace => isLong ? $"(pixel * {Literal.Of(Y)})" : $"(image * {Literal.Of(dy.Sample)})" + (HasLines ? $" + (first * {Literal.Of(dy.Row)})" : "");

        private bool HasLines => lines < c.Rows.Output;

        /// <summary>Opens the loops and sets what changes from block to block.</summary>
        public IEnumerable<SourceWriter.Block> Open(SourceWriter w)
        {
            if (isLong)
            {
                string all = pixels == 1 ? "samples" : $"samples * {Literal.Of(pixels)}";
                yield return w.Open($"for (nint pixel = 0; pixel < {all}; pixel += {most})");
                w.Line($"s.Pixels = Math.Min({most}, ({all}) - pixel);");
                yield break;
            }
            yield return w.Open($"for (nint image = 0; image < samples; image += {images})");
            w.Line(images == 1 ? "s.Images = 1;" : $"s.Images = Math.Min({Literal.Of(images)}, samples - image);");
            if (HasLines)
            {
                yield return w.Open($"for (nint first = 0; first < {c.Rows.Output}; first += {lines})");
                w.Line($"s.Lines = Math.Min({lines}, {c.Rows.Output} - first);");
            }
            else
            {
                w.Line($"s.Lines = {Literal.Of(lines)};");
            }
            w.Line($"s.XImage = {x.Sample} - (s.Lines * {c.Rows.Stride * x.Row});");
        }
    }
}
