using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Operations;
using NetGen.Generator.Text;

namespace NetGen.Generator.Cpu;

/// <summary>
/// A loop over the target's lines, and which lines of the other two tensors each is summed over: x = o·stride + k·dilation − padding, where all three are inside
/// of theirs.
/// </summary>
internal static class TapLines
{
    /// <summary>The loop's variable and extent.</summary>
    public static (string Variable, int Lines) Loop(StridedContraction c) => c.Target switch
    {
        Target.Output => ("oh", c.Rows.Output),
        Target.Input => ("ih", c.Rows.Input),
        _ => ("kh", c.Rows.Kernel),
    };

    /// <summary>Taps between those that an input meets one after the other.</summary>
    public static int Taps(StridedAxis r) => r.Stride / CommonDivisor(r.Stride, r.Dilation);

    /// <summary>Outputs between those that an input meets one after the other.</summary>
    public static int Outputs(StridedAxis r) => r.Dilation / CommonDivisor(r.Stride, r.Dilation);

    /// <summary>Moves to the first line that the loop's is summed over, and says which variable holds how many there are; null: always all.</summary>
    public static (TensorAddresses At, string? Count) Write(SourceWriter w, StridedContraction c, TensorAddresses at) => c.Target switch
    {
        Target.Output => OfOutput(w, c.Rows, at),
        Target.Input when c.Rows.Dilation == 1 => OfInput(w, c.Rows, at),
        Target.Input => OfDilatedInput(w, c.Rows, at),
        _ => OfTap(w, c.Rows, at),
    };

    private static (TensorAddresses At, string? Count) OfOutput(SourceWriter w, StridedAxis r, TensorAddresses at)
    {
        at = at.Plus("oh", (0, 0, r.YStep));
        if (!r.IsPadded)
            return (at.Plus("oh", (r.Stride * r.XStep, 0, 0)), null);
        string scaled = r.Stride == 1 ? "oh" : "oh * " + Operands.Text(r.Stride);
        if (r.Dilation == 1)
        {
            w.Line($"nint top = {scaled} - {r.Padding}, first = Math.Max(0, -top), taps = Math.Min({r.Kernel}, {r.Input} - top) - first;");
            return (at.Plus("first", (0, r.WStep, 0)).Plus("(top + first)", (r.XStep, 0, 0)), "taps");
        }
        int up = r.Dilation - 1;
        w.Line($"nint top = {scaled} - {r.Padding}, first = (Math.Max(0, -top) + {up}) / {r.Dilation}, taps = Math.Min({r.Kernel}, ({r.Input + up} - top) / {r.Dilation}) - first;");
        return (at.Plus("first", (0, r.WStep, 0)).Plus($"(top + (first * {Operands.Text(r.Dilation)}))", (r.XStep, 0, 0)), "taps");
    }

    private static (TensorAddresses At, string? Count) OfInput(SourceWriter w, StridedAxis r, TensorAddresses at)
    {
        at = at.Plus("ih", (r.XStep, 0, 0));
        string reach = Reach(r);
        string firstOutput = r.Kernel - r.Stride < 0 ? $"({reach} + {r.Stride - r.Kernel}) / {r.Stride}" : $"{reach} < {r.Kernel - r.Stride} ? 0 : ({reach} - {r.Kernel - r.Stride}) / {r.Stride}";
        w.Line($"nint first = {firstOutput}, taps = Math.Min({r.Output - 1}, {reach} / {r.Stride}) - first + 1;");
        return (at.Plus("first", (0, -r.Stride * r.WStep, r.YStep)).Plus(reach, (0, r.WStep, 0)), "taps");
    }

    /// <summary>From the last tap that reaches the input on back. With strides too, only some taps meet an output: by the input's place between strides, the first of them.</summary>
    private static (TensorAddresses At, string? Count) OfDilatedInput(SourceWriter w, StridedAxis r, TensorAddresses at)
    {
        at = at.Plus("ih", (r.XStep, 0, 0));
        string reach = Reach(r);
        w.Line($"nint most = Math.Min({r.Kernel - 1}, {reach} / {r.Dilation}), least = Math.Max(0, ({reach} - {((r.Output - 1) * r.Stride) - r.Dilation + 1}) / {r.Dilation});");
        if (r.Stride == 1)
        {
            w.Line($"nint last = most, taps = most - least + 1, first = {reach} - (last * {r.Dilation});");
        }
        else
        {
            int step = Taps(r);
            IEnumerable<int> starts = Enumerable.Range(0, r.Stride).Select(phase => Enumerable.Range(0, step).Where(k => k * r.Dilation % r.Stride == phase).DefaultIfEmpty(-1).First());
            w.Line($"ReadOnlySpan<int> starts = [{string.Join(", ", starts.Select(Operands.Text))}];");
            w.Line($"nint start = starts[(int)({reach} % {r.Stride})], high = most < start ? -1 : (most - start) / {step}, low = least <= start ? 0 : (least - start + {step - 1}) / {step};");
            w.Line($"nint taps = start < 0 ? 0 : high - low + 1, last = taps > 0 ? start + (high * {step}) : 0, first = taps > 0 ? ({reach} - (last * {r.Dilation})) / {r.Stride} : 0;");
        }
        return (at.Plus("last", (0, r.WStep, 0)).Plus("first", (0, 0, r.YStep)), "taps");
    }

    private static (TensorAddresses At, string? Count) OfTap(SourceWriter w, StridedAxis r, TensorAddresses at)
    {
        at = at.Plus("kh", (0, r.WStep, 0));
        if (!r.IsPadded)
            return (at.Plus("kh", (r.Dilation * r.XStep, 0, 0)), null);
        string tap = r.Dilation == 1 ? "kh" : $"(kh * {Operands.Text(r.Dilation)})";
        w.Line($"nint past = {r.Input + r.Padding - 1} - {tap}, first = {tap} >= {r.Padding} ? 0 : ({r.Padding + r.Stride - 1} - {tap}) / {r.Stride};");
        w.Line($"nint rows = past < 0 ? 0 : Math.Min({r.Output}, past / {r.Stride} + 1) - first;");
        return (at.Plus("first", (r.Stride * r.XStep, 0, r.YStep)).Plus($"({tap} - {Operands.Text(r.Padding)})", (r.XStep, 0, 0)), "rows");
    }

    /// <summary>Input + padding, which is o·stride + k·dilation.</summary>
    private static string Reach(StridedAxis r) => r.Padding == 0 ? "ih" : $"(ih + {Operands.Text(r.Padding)})";

    private static int CommonDivisor(int a, int b) => b == 0 ? a : CommonDivisor(b, a % b);
}
