using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Text;

namespace NetGen.Generator.Cpu.Wide;

/// <summary>Shared methods for poolings' outputs. Pieces are output lines of all samples.</summary>
internal static class PoolingKernels
{
    /// <summary>Vectors in flight; each has one or two sums.</summary>
    private const int Vectors = 4;

    /// <summary>The methods.</summary>
    public static IReadOnlyList<SharedKernel> All { get; } =
    [
        new("MaxPool", "The largest value of each window.", ["x", "y"], "in Wide.Windows s", PoolingWindows.Struct, level => Write(level, isMax: true)),
        new(
            "AveragePool", "The mean of each window, what is outside of the image counted as zeros.", ["x", "y"], "in Wide.Windows s, float share", PoolingWindows.Struct,
            level => Write(level, isMax: false)),
    ];

    private static string Write(InstructionSet level, bool isMax)
    {
        var w = new SourceWriter();
        using (w.Open("for (nint line = from; line < to; line++)"))
        {
            w.Line("nint sample = line / s.OutHeight, row = line - (sample * s.OutHeight);").Line(PoolingWindows.Rows);
            w.Line("ref float xAt = ref Unsafe.Add(ref x, (sample * s.XSample) + (top * s.XRow));");
            w.Line("ref float yAt = ref Unsafe.Add(ref y, (sample * s.YSample) + (row * s.YRow));");
            using (w.Open("for (nint column = 0; column < s.OutWidth; column++)"))
            {
                w.Line(PoolingWindows.Columns).Line("nint c = 0;");
                PoolingWindows.ForChannels(w, level, Vectors, "s.Channels", vectors =>
                {
                    if (isMax)
                        WriteMax(w, level, vectors);
                    else
                        WriteMean(w, level, vectors);
                });
                w.Line("yAt = ref Unsafe.Add(ref yAt, s.Y);");
            }
        }
        return w.ToString().TrimEnd('\n');
    }

    private static void WriteMax(SourceWriter w, InstructionSet level, int vectors)
    {
        w.Line($"V {Join(vectors, v => $"v{v} = Vec.Create(float.NegativeInfinity)")};");
        w.Line("ref float xP = ref Unsafe.Add(ref xAt, (left * s.X) + c);");
        PoolingWindows.ForTaps(w, [("x", "X")], () =>
        {
            for (var v = 0; v < vectors; v++)
                w.Line($"v{v} = Vec.MaxNative(v{v}, {PoolingWindows.Load(level, "xTap", v)});");
        });
        for (var v = 0; v < vectors; v++)
            w.Line($"v{v}.StoreUnsafe(ref yAt, (nuint)(c{(v == 0 ? "" : $" + {Literal.Of(v * level.Lanes)}")}));");
    }

    /// <summary>A sum for each row: one chain over a whole image would gather rounding errors.</summary>
    private static void WriteMean(SourceWriter w, InstructionSet level, int vectors)
    {
        w.Line($"V {Join(vectors, v => $"v{v} = V.Zero")};");
        w.Line("ref float xP = ref Unsafe.Add(ref xAt, (left * s.X) + c);");
        PoolingWindows.ForTaps(
            w, [("x", "X")],
            () =>
            {
                for (var v = 0; v < vectors; v++)
                    w.Line($"row{v} += {PoolingWindows.Load(level, "xTap", v)};");
            },
            beforeRow: () => w.Line($"V {Join(vectors, v => $"row{v} = V.Zero")};"),
            afterRow: () =>
            {
                for (var v = 0; v < vectors; v++)
                    w.Line($"v{v} += row{v};");
            });
        for (var v = 0; v < vectors; v++)
            w.Line($"(v{v} * share).StoreUnsafe(ref yAt, (nuint)(c{(v == 0 ? "" : $" + {Literal.Of(v * level.Lanes)}")}));");
    }

    private static string Join(int vectors, Func<int, string> part) => string.Join(", ", Enumerable.Range(0, vectors).Select(part));
}
