using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Cpu.Methods;
using NetGen.Generator.Operations;
using NetGen.Generator.Text;

namespace NetGen.Generator.Cpu;

/// <summary>
/// A convolution to at most eight channels would leave half of a 16-lane vector empty. Here a vector holds the channels of two output rows,
/// one above the other, and meets each input value once for both: kernel + stride rows of products instead of twice the kernel's.
/// </summary>
internal sealed class RowPairEmitter
{
    /// <summary>Lanes of one of the two rows.</summary>
    private const int Half = InstructionSet.Block / 2;

    /// <summary>Terms that a register adds up before its sum goes to memory: rounding errors grow with the length of a chain.</summary>
    private const int Chain = 192;

    private readonly StridedContraction c;
    private readonly bool hasBias;
    private readonly bool hasFloor;

    private RowPairEmitter(StridedContraction contraction)
    {
        c = contraction;
        (hasBias, hasFloor) = (c.Start == Start.Bias, c.Finish == Finish.ReLU);
    }

    private StridedAxis Rows => c.Rows;

    private StridedAxis Columns => c.Columns;

    /// <summary>Whether two rows side by side are fewer products than one after the other.</summary>
    public static bool Suits(StridedContraction c, InstructionSet level) =>
        c is { Target: Target.Output, Lanes: Lanes.OutChannels, Start: Start.Bias or Start.Zero, Finish: Finish.ReLU or Finish.None, Samples.Extent: 0 }
        && level.Lanes == InstructionSet.Block && c.OutChannels.Extent <= Half && c.InChannels.Count == 1
        && !c.Rows.IsPadded && !c.Columns.IsPadded && c.Rows.Dilation == 1 && c.Columns.Dilation == 1 && c.Rows.Output > 1 && c.Rows.Kernel > c.Rows.Stride
        && c.InChannels[0].Extent * c.Columns.Kernel <= 2 * Chain;

    public static Kernel Emit(StridedContraction c, InstructionSet level, KernelSet kernels)
    {
        int pixels = Tiling.Choose(level, c.Columns.Output, 1, 1, c.Columns.Kernel).Rows;
        string name = kernels.Add(c.Name, c.Summary, ContractionParameters.OfLoops(c), w => new RowPairEmitter(c).WriteLoops(w, kernels, pixels));
        return new Kernel(name, HasFloor: c.Finish == Finish.ReLU);
    }

    /// <summary>Over samples, pairs of rows and tiles of columns. An odd last row is done again with the one before it.</summary>
    private void WriteLoops(SourceWriter w, KernelSet kernels, int tile)
    {
        IReadOnlyList<Parameter> parameters = ContractionParameters.OfTile(c, countsLines: false);
        using (w.Open("for (nint n = from; n < to; n++)"))
        using (w.Open($"for (nint oh = 0; oh < {Rows.Output}; oh += 2)"))
        {
            bool isOdd = Rows.Output % 2 != 0;
            if (isOdd)
                w.Line($"nint row = Math.Min(oh, {Rows.Output - 2});");
            string row = isOdd ? "row" : "oh";
            Address x = Address.Zero.Plus("n", c.Samples.XStep).Plus(row, Rows.Stride * Rows.XStep);
            Address y = Address.Zero.Plus("n", c.Samples.YStep).Plus(row, Rows.YStep);
            foreach (Run run in Tiling.Runs(Columns.Output, tile))
            {
                string kernel = kernels.Add(
                    $"{c.Name}_2x{Operands.Text(run.Size)}", $"{Operands.Text(run.Size)} pixels of two rows, in registers.", parameters,
                    body => WriteTile(body, run.Size), KernelFunction.Pair);
                Address xAt = x.Plus(run.Start * Columns.Stride * Columns.XStep), yAt = y.Plus(run.Start * Columns.YStep);
                bool isLoop = run.Count > 1;
                if (isLoop)
                {
                    w.Line($"for (nint ow = 0; ow < {run.Count * run.Size}; ow += {run.Size})");
                    (xAt, yAt) = (xAt.Plus("ow", Columns.Stride * Columns.XStep), yAt.Plus("ow", Columns.YStep));
                }
                var given = new Dictionary<string, string> { ["x"] = xAt.Ref("x"), ["y"] = yAt.Ref("y") };
                w.Line($"{(isLoop ? "    " : "")}{kernel}({Parameter.Pass(parameters, given)});");
            }
        }
    }

    private void WriteTile(SourceWriter w, int pixels)
    {
        for (var p = 0; p < pixels; p++)
            w.Line($"V s{p} = {(hasBias ? "Pair(ref bias, ref bias)" : "V.Zero")};");
        if (IsLong)
            w.Line("nint part = 0;");
        w.Line("// Input rows that only the first output row sees, that both see, that only the second sees.");
        WriteRows(w, pixels, 0, Rows.Stride, hasFirst: true, hasSecond: false);
        WriteRows(w, pixels, Rows.Stride, Rows.Kernel, hasFirst: true, hasSecond: true);
        WriteRows(w, pixels, Rows.Kernel, Rows.Kernel + Rows.Stride, hasFirst: false, hasSecond: true);
        if (IsLong)
        {
            for (var p = 0; p < pixels; p++)
                w.Line($"s{p} += Pair({First(p)}, {Second(p)});");
        }
        for (var p = 0; p < pixels; p++)
        {
            string sum = hasFloor ? $"Vec.MaxNative(Vec.Create(lowest), s{p})" : $"s{p}";
            w.Line($"StorePair({sum}, {First(p)}, {Second(p)});");
        }
    }

    /// <summary>One chain for each input row, where all of them would be too long a chain.</summary>
    private bool IsLong => Rows.Kernel * Columns.Kernel * c.InChannels[0].Extent > Chain;

    private string First(int pixel) => "ref " + Address.At("y", pixel * Columns.YStep);

    private string Second(int pixel) => "ref " + Address.At("y", Rows.YStep + (pixel * Columns.YStep));

    /// <summary>Input rows <paramref name="from"/> to <paramref name="to"/>, and what they add to the first and the second output row.</summary>
    private void WriteRows(SourceWriter w, int pixels, int from, int to, bool hasFirst, bool hasSecond)
    {
        InAxis channels = c.InChannels[0];
        using (w.Open($"for (nint kh = {from}; kh < {to}; kh++)"))
        {
            if (IsLong)
            {
                using (w.Open("if (part++ > 0)"))
                {
                    w.Line("V kept = part > 2 ? V.AllBitsSet : V.Zero;");
                    for (var p = 0; p < pixels; p++)
                        w.Line($"StorePair((Pair({First(p)}, {Second(p)}) & kept) + s{p}, {First(p)}, {Second(p)});").Line($"s{p} = V.Zero;");
                }
            }
            SourceWriter.Block? loop = channels.Extent > 1 ? w.Open($"for (nint ic = 0; ic < {channels.Extent}; ic++)") : null;
            Address x = Address.Zero.Plus("kh", Rows.XStep), weights = Address.Zero.Plus("kh", Rows.WStep);
            if (loop is not null)
                (x, weights) = (x.Plus("ic", channels.XStep), weights.Plus("ic", channels.WStep));
            w.Line($"ref float xAt = {x.Ref("x")};");
            if (hasFirst)
                w.Line($"ref float first = {weights.Ref("w")};");
            if (hasSecond)
                w.Line($"ref float second = {weights.Plus(-Rows.Stride * Rows.WStep).Ref("w")};");
            for (var kw = 0; kw < Columns.Kernel; kw++)
            {
                string first = "ref " + Address.At("first", kw * Columns.WStep), second = "ref " + Address.At("second", kw * Columns.WStep);
                w.Line($"V w{kw} = {(hasFirst, hasSecond) switch
                {
                    (true, true) => $"Pair({first}, {second})",
                    (true, false) => $"Vec.Create(Vector256.LoadUnsafe({first}), Vector256<float>.Zero)",
                    _ => $"Vec.Create(Vector256<float>.Zero, Vector256.LoadUnsafe({second}))",
                }};");
            }
            // In the order of the input, so that each of its values is read once.
            for (var column = 0; column < ((pixels - 1) * Columns.Stride) + Columns.Kernel; column++)
            {
                int[] taps = [.. Enumerable.Range(0, Columns.Kernel).Where(kw =>
                    column >= kw && (column - kw) % Columns.Stride == 0 && (column - kw) / Columns.Stride < pixels)];
                if (taps.Length > 0)
                    w.Line($"V x{column} = Vec.Create({Address.At("xAt", column * Columns.XStep)});");
                foreach (int kw in taps)
                {
                    string sum = "s" + Operands.Text((column - kw) / Columns.Stride);
                    w.Line($"{sum} = Vec.FusedMultiplyAdd(x{column}, w{kw}, {sum});");
                }
            }
            loop?.Dispose();
        }
    }
}
