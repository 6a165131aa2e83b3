using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Cpu.Methods;
using NetGen.Generator.Operations;
using NetGen.Generator.Text;

namespace NetGen.Generator.Cpu;

/// <summary>Writes pooling kernels: lanes are samples or channels, windows are unrolled where none of them leaves the image.</summary>
internal sealed class PoolingEmitter
{
    /// <summary>Largest window that is unrolled.</summary>
    private const int MaxUnrolled = 16;

    private readonly StridedPooling p;
    private readonly InstructionSet level;

    private PoolingEmitter(StridedPooling pooling, InstructionSet level) => (p, this.level) = (pooling, level);

    private bool IsUnrolled => p.Uneven is null && !p.Rows.IsPadded && !p.Columns.IsPadded && p.Rows.Kernel * p.Columns.Kernel <= MaxUnrolled;

    /// <summary>Each value of the input lies in exactly one window.</summary>
    private bool IsPartition => IsUnrolled && Covers(p.Rows) && Covers(p.Columns);

    public static Kernel Emit(StridedPooling pooling, InstructionSet level, KernelSet kernels)
    {
        var emitter = new PoolingEmitter(pooling, level);
        return new Kernel(kernels.Add(pooling.Name, pooling.Summary, emitter.Parameters, emitter.Write));
    }

    private static bool Covers(StridedAxis axis) => axis.Kernel == axis.Stride && axis.Output * axis.Stride == axis.Input;

    private IReadOnlyList<Parameter> Parameters
    {
        get
        {
            string[] tensors = !p.IsGradient ? ["x", "y"] : p.IsMax ? ["x", "y", "dy", "dx"] : ["dy", "dx"];
            return [.. tensors.Select(Parameter.Tensor), .. p.Samples is null ? [] : Parameter.Range];
        }
    }

    private void Write(SourceWriter w)
    {
        Address x = Address.Zero, y = Address.Zero;
        using var open = new BlockStack();
        if (p.Samples is { } samples)
        {
            open.Push(w.Open($"for (nint n = from; n < to; n++)"));
            (x, y) = (x.Plus("n", samples.XStep), y.Plus("n", samples.YStep));
        }
        if (p.Blocks.Extent > 1)
        {
            open.Push(w.Open($"for (nint c = 0; c < {p.Blocks.Extent}; c++)"));
            (x, y) = (x.Plus("c", p.Blocks.XStep), y.Plus("c", p.Blocks.WStep));
        }
        if (p.IsGradient && !IsPartition)
            WriteClear(w, x);
        foreach ((string output, StridedAxis axis, UnevenAxis? uneven) in new[] { ("oh", p.Rows, p.Uneven?.Rows), ("ow", p.Columns, p.Uneven?.Columns) })
        {
            if (axis.Output > 1 || !IsUnrolled)
            {
                open.Push(w.Open($"for (nint {output} = 0; {output} < {axis.Output}; {output}++)"));
                y = y.Plus(output, axis.YStep);
            }
            if (uneven is { } windows)
                WriteUnevenBounds(w, output, axis, windows);
            else if (!IsUnrolled)
                WriteBounds(w, output, axis);
            else if (axis.Output > 1)
                x = x.Plus(output, axis.Stride * axis.XStep);
        }
        if (!IsUnrolled)
            x = x.Plus("top", p.Rows.XStep).Plus("left", p.Columns.XStep);
        if (CountsInputs)
            w.Line("V share = Vec.Create(1f / (countedRows * countedColumns));");
        w.Line($"nint xAt = {x}, yAt = {y};");
        for (var v = 0; v < level.VectorsPerBlock; v++)
        {
            string suffix = level.VectorsPerBlock == 1 ? "" : Operands.Text(v);
            int lane = v * level.Lanes;
            if (!p.IsGradient)
                WriteForward(w, suffix, lane);
            else if (p.IsMax)
                WriteMaxGradient(w, suffix, lane);
            else
                WriteMeanGradient(w, suffix, lane);
        }
    }

    private void WriteClear(SourceWriter w, Address x)
    {
        using (w.Open($"for (nint h = 0; h < {p.Rows.Input}; h++)"))
        {
            using (w.Open($"for (nint i = 0; i < {p.Columns.Input}; i++)"))
            {
                for (var lane = 0; lane < InstructionSet.Block; lane += level.Lanes)
                    w.Line($"V.Zero.StoreUnsafe(ref dx, (nuint)({x.Plus("h", p.Rows.XStep).Plus("i", p.Columns.XStep).Plus(lane)}));");
            }
        }
    }

    /// <summary>The part of the window that lies on the image.</summary>
    private static void WriteBounds(SourceWriter w, string output, StridedAxis a)
    {
        (string at, string side) = output == "oh" ? ("top", "Row") : ("left", "Column");
        w.Line($"nint {at} = {output} * {a.Stride} - {a.Padding}, first{side} = Math.Max(0, -{at}), past{side} = Math.Min({a.Kernel}, {a.Input} - {at});");
    }

    /// <summary>The same of a window of its own, and how many places its mean is of.</summary>
    private void WriteUnevenBounds(SourceWriter w, string output, StridedAxis a, UnevenAxis windows)
    {
        (string at, string past, string side) = output == "oh" ? ("top", "bottom", "Row") : ("left", "right", "Column");
        string Place(int from) => windows.Parts == 1 ? $"({output} * {Operands.Text(windows.Step)}) + {Operands.Text(from)}" : $"(({output} * {Operands.Text(windows.Step)}) + {Operands.Text(from)}) / {Operands.Text(windows.Parts)}";
        w.Line($"nint {at} = {Place(-windows.Before)}, {past} = {Place(windows.Reach)}, first{side} = Math.Max(0, -{at}), past{side} = Math.Min({past}, {a.Input}) - {at};");
        if (CountsInputs)
            w.Line($"nint counted{side}s = Math.Min({past}, {windows.CountedPast}) - Math.Max({at}, {-windows.CountedBefore});");
    }

    private static string Load(string tensor, string at, int offset) =>
        offset == 0 ? $"Vec.LoadUnsafe(ref {tensor}, (nuint){at})" : $"Vec.LoadUnsafe(ref {tensor}, (nuint)({at} + {Operands.Text(offset)}))";

    private static string Offset(string at, int offset) => offset == 0 ? $"(nuint){at}" : $"(nuint)({at} + {Operands.Text(offset)})";

    private IEnumerable<int> Taps() =>
        from h in Enumerable.Range(0, p.Rows.Kernel)
        from k in Enumerable.Range(0, p.Columns.Kernel)
        select (h * p.Rows.XStep) + (k * p.Columns.XStep);

    private (SourceWriter.Block, SourceWriter.Block) OpenTaps(SourceWriter w)
    {
        SourceWriter.Block rows = w.Open($"for (nint kh = firstRow; kh < pastRow; kh++)");
        return (rows, w.Open($"for (nint kw = firstColumn; kw < pastColumn; kw++)"));
    }

    private string TapAt => Address.Zero.Plus("xAt", 1).Plus("kh", p.Rows.XStep).Plus("kw", p.Columns.XStep).ToString();

    /// <summary>Means are over different numbers of inputs.</summary>
    private bool CountsInputs => p is { IsMax: false, Uneven: not null };

    private string Share => CountsInputs ? "share" : Literal.Of(1f / (p.Rows.Kernel * p.Columns.Kernel));

    private void WriteForward(SourceWriter w, string suffix, int lane)
    {
        string sum = "v" + suffix;
        string Join(string value) => p.IsMax ? $"Vec.MaxNative({sum}, {value})" : $"{sum} + {value}";
        if (IsUnrolled)
        {
            var isFirst = true;
            foreach (int tap in Taps())
            {
                string value = Load("x", "xAt", tap + lane);
                w.Line(isFirst ? $"V {sum} = {value};" : $"{sum} = {Join(value)};");
                isFirst = false;
            }
        }
        else
        {
            w.Line($"V {sum} = {(p.IsMax ? "Vec.Create(float.NegativeInfinity)" : "V.Zero")};");
            if (p.IsMax)
            {
                (SourceWriter.Block rows, SourceWriter.Block columns) = OpenTaps(w);
                w.Line($"{sum} = {Join(Load("x", $"({TapAt})", lane))};");
                columns.Dispose();
                rows.Dispose();
            }
            else
            {
                // A sum for each row: one chain over a whole image would gather rounding errors.
                using (w.Open($"for (nint kh = firstRow; kh < pastRow; kh++)"))
                {
                    w.Line("V row = V.Zero;");
                    w.Line("for (nint kw = firstColumn; kw < pastColumn; kw++)");
                    w.Line($"    row += {Load("x", $"({TapAt})", lane)};");
                    w.Line($"{sum} += row;");
                }
            }
        }
        w.Line($"{(p.IsMax ? sum : $"({sum} * {Share})")}.StoreUnsafe(ref y, {Offset("yAt", lane)});");
    }

    private void WriteMeanGradient(SourceWriter w, string suffix, int lane)
    {
        string g = "g" + suffix;
        w.Line($"V {g} = {Load("dy", "yAt", lane)} * {Share};");
        if (IsUnrolled)
        {
            foreach (int tap in Taps())
                w.Line($"{(IsPartition ? g : $"({Load("dx", "xAt", tap + lane)} + {g})")}.StoreUnsafe(ref dx, {Offset("xAt", tap + lane)});");
            return;
        }
        (SourceWriter.Block rows, SourceWriter.Block columns) = OpenTaps(w);
        w.Line($"({Load("dx", $"({TapAt})", lane)} + {g}).StoreUnsafe(ref dx, {Offset($"({TapAt})", lane)});");
        columns.Dispose();
        rows.Dispose();
    }

    private void WriteMaxGradient(SourceWriter w, string suffix, int lane)
    {
        (string g, string m, string free, string hit, string value) = ("g" + suffix, "largest" + suffix, "free" + suffix, "hit" + suffix, "value" + suffix);
        w.Line($"V {g} = {Load("dy", "yAt", lane)}, {m} = {Load("y", "yAt", lane)}, {free} = V.AllBitsSet;");
        w.Line($"V {value}, {hit};");
        void Tap(string at, int offset, bool stores)
        {
            w.Line($"{value} = {Load("x", at, offset)};");
            w.Line($"{hit} = Vec.Equals({value}, {m}) & {free};");
            w.Line($"{free} = Vec.AndNot({free}, {hit});");
            string kept = p.MasksByInput ? $"{hit} & Vec.GreaterThan({value}, V.Zero)" : hit;
            string part = $"({g} & {kept})";
            w.Line($"{(stores ? part : $"({Load("dx", at, offset)} + {part})")}.StoreUnsafe(ref dx, {Offset(at, offset)});");
        }

        if (IsUnrolled)
        {
            foreach (int tap in Taps())
                Tap("xAt", tap + lane, IsPartition);
            return;
        }
        (SourceWriter.Block rows, SourceWriter.Block columns) = OpenTaps(w);
        Tap($"({TapAt})", lane, false);
        columns.Dispose();
        rows.Dispose();
    }
}
