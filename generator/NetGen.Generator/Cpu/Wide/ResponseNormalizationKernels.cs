using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Cpu.Methods;
using NetGen.Generator.Text;

namespace NetGen.Generator.Cpu.Wide;

/// <summary>
/// Shared methods that normalise by the response of neighbouring channels. Vectors that see nothing beyond the first and the last channel are added
/// as they lie beside one another, the few sums at the ends one by one. Pieces are lines of all samples.
/// </summary>
internal static class ResponseNormalizationKernels
{
    private static readonly string[] Forward = ["x", "scale", "y"], Backward = ["x", "y", "dy", "scale", "terms", "dx"];

    /// <summary>Numbers of the methods.</summary>
    public const string Struct = """
        /// <summary>Images whose channels see their neighbours: steps of the first to sixth image between pixels, rows and samples, in floats.</summary>
        internal struct Responses
        {
            /// <summary>Rows of an image, pixels of a row, floats of a pixel; channels, and those before and behind one that it sees.</summary>
            public nint Height, Width, Floats, Channels, Before, After;

            public nint T0, T0Row, T0Sample, T1, T1Row, T1Sample, T2, T2Row, T2Sample, T3, T3Row, T3Sample, T4, T4Row, T4Sample, T5, T5Row, T5Sample;
        }
        """;

    /// <summary>The methods.</summary>
    public static IReadOnlyList<SharedKernel> All { get; } =
    [
        new(
            "ResponseNorm", "Divides each value by a power of the squares of its channel and those beside it.", Forward, "in Wide.Responses s, float share, float k, float beta", Struct,
            level => Lines(Forward, $$"""
                {{Windows(level, "x", "scale", isSquare: true, "s.Before", "s.After")}}
                for (nint c = 0; c < s.Floats; c += {{level.Lanes}})
                    (({{Load("scale")}} * share) + Vec.Create(k)).StoreUnsafe(ref scaleAt, (nuint)c);
                for (nint c = s.Channels; c < s.Floats; c++)
                    Unsafe.Add(ref scaleAt, c) = 1;
                for (nint c = 0; c < s.Floats; c += {{level.Lanes}})
                    ({{Load("x")}} * Exp(Vec.Log({{Load("scale")}}) * -beta)).StoreUnsafe(ref yAt, (nuint)c);
                """),
            [KernelFunction.Exp]),
        new(
            "ResponseNormGradient", "The gradient through the squares of the channels beside each value.", Backward, "in Wide.Responses s, float share, float beta", Struct,
            level => Lines(Backward, $$"""
                for (nint c = 0; c < s.Floats; c += {{level.Lanes}})
                    ({{Load("dy")}} * ({{Load("y")}} / {{Load("scale")}})).StoreUnsafe(ref termsAt, (nuint)c);
                {{Windows(level, "terms", "dx", isSquare: false, "s.After", "s.Before")}}
                for (nint c = 0; c < s.Floats; c += {{level.Lanes}})
                {
                    V along = {{Load("x")}} * ({{Load("dx")}} * share);
                    (({{Load("dy")}} * Exp(Vec.Log({{Load("scale")}}) * -beta)) - along).StoreUnsafe(ref dxAt, (nuint)c);
                }
                """),
            [KernelFunction.Exp]),
    ];

    /// <summary>Sums over the channels that each sees; 0 behind the last channel.</summary>
    private static string Windows(InstructionSet level, string from, string to, bool isSquare, string before, string after) => $$"""
        for (nint c = 0; c < s.Floats;)
        {
            if (c >= {{before}} && c <= s.Channels - {{after}} - {{level.Lanes}})
            {
                V sum = V.Zero;
                for (nint j = c - {{before}}; j <= c + {{after}}; j++)
                {
                    V one = Vec.LoadUnsafe(ref {{from}}At, (nuint)j);
                    sum += one{{(isSquare ? " * one" : "")}};
                }
                sum.StoreUnsafe(ref {{to}}At, (nuint)c);
                c += {{level.Lanes}};
                continue;
            }
            float few = 0;
            for (nint j = Math.Max(0, c - {{before}}); c < s.Channels && j <= Math.Min(s.Channels - 1, c + {{after}}); j++)
                few += Unsafe.Add(ref {{from}}At, j){{(isSquare ? $" * Unsafe.Add(ref {from}At, j)" : "")}};
            Unsafe.Add(ref {{to}}At, c) = few;
            c++;
        }
        """;

    private static string Lines(string[] tensors, string pixel)
    {
        var w = new SourceWriter();
        using (w.Open("for (nint line = from; line < to; line++)"))
        {
            w.Line("nint sample = line / s.Height, row = line - (sample * s.Height);");
            for (var i = 0; i < tensors.Length; i++)
                w.Line($"ref float {tensors[i]}At = ref Unsafe.Add(ref {tensors[i]}, (sample * s.T{i}Sample) + (row * s.T{i}Row));");
            using (w.Open("for (nint n = s.Width; n > 0; n--)"))
            {
                w.Line(pixel);
                for (var i = 0; i < tensors.Length; i++)
                    w.Line($"{tensors[i]}At = ref Unsafe.Add(ref {tensors[i]}At, s.T{i});");
            }
        }
        return w.ToString().TrimEnd('\n');
    }

    private static string Load(string tensor) => $"Vec.LoadUnsafe(ref {tensor}At, (nuint)c)";
}
