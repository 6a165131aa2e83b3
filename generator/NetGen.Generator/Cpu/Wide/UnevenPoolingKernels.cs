using NetGen.Generator.Cpu.Kernels;

namespace NetGen.Generator.Cpu.Wide;

/// <summary>
/// Shared methods of poolings whose windows are not all alike. Forward, pieces are output lines of all samples; backward, parts of the channels of
/// each sample.
/// </summary>
internal static class UnevenPoolingKernels
{
    /// <summary>Numbers of the methods.</summary>
    public const string Struct = """
        /// <summary>Windows that are not all alike: steps of the first to fourth tensor between pixels, rows and samples, in floats.</summary>
        internal struct UnevenWindows
        {
            /// <summary>Floats of a pixel, and of one that a piece takes where pieces are parts of the channels, and how many such parts there are.</summary>
            public int Channels, Part, Parts;

            /// <summary>Rows of the input and of the output. Window o is from (o * Down - Top) / DownParts to (o * Down + Bottom) / DownParts; its mean is over those from -CountedTop to CountedBottom.</summary>
            public int Height, OutHeight, Down, DownParts, Top, Bottom, CountedTop, CountedBottom;

            /// <summary>Columns.</summary>
            public int Width, OutWidth, Along, AlongParts, Left, Right, CountedLeft, CountedRight;

            /// <summary>Also the gradient of a ReLU before the pooling.</summary>
            public bool Masks;

            public int X, XRow, XSample, Y, YRow, YSample, DY, DYRow, DYSample, DX, DXRow, DXSample;
        }
        """;

    /// <summary>The methods.</summary>
    public static IReadOnlyList<SharedKernel> All { get; } =
    [
        Kernel("UnevenMaxPool", "The largest value of each window.", ["x", "y"], level => Forward(level, isMax: true)),
        Kernel("UnevenAveragePool", "The mean of each window.", ["x", "y"], level => Forward(level, isMax: false)),
        Kernel("UnevenMaxPoolGradient", "Each gradient to the first largest value of its window.", ["x", "y", "dy", "dx"], MaxGradient),
        Kernel("UnevenAveragePoolGradient", "Each gradient to all values of its window.", ["dy", "dx"], MeanGradient),
    ];

    /// <summary>The rows of the window of output <c>row</c>: <c>top</c> is the first that is on the image, and there are <c>rows</c>.</summary>
    private const string Rows = """
        nint top = ((row * s.Down) - s.Top) / s.DownParts, bottom = ((row * s.Down) + s.Bottom) / s.DownParts;
        nint countedRows = Math.Min(bottom, s.CountedBottom) - Math.Max(top, -s.CountedTop);
        top = Math.Max(0, top);
        nint rows = Math.Min(bottom, s.Height) - top;
        """;

    /// <summary>The same of columns, and a place's share of the mean.</summary>
    private const string Columns = """
        nint left = ((column * s.Along) - s.Left) / s.AlongParts, right = ((column * s.Along) + s.Right) / s.AlongParts;
        float share = 1f / (countedRows * (Math.Min(right, s.CountedRight) - Math.Max(left, -s.CountedLeft)));
        left = Math.Max(0, left);
        nint columns = Math.Min(right, s.Width) - left;
        """;

    private static SharedKernel Kernel(string name, string summary, string[] tensors, Func<InstructionSet, string> body) =>
        new(name, $"{summary.TrimEnd('.')}; windows are not all alike.", tensors, "in Wide.UnevenWindows s", Struct, body);

    /// <summary>A sum for each row: one chain over a whole image would gather rounding errors.</summary>
    private static string Forward(InstructionSet level, bool isMax) => $$"""
        for (nint line = from; line < to; line++)
        {
            nint sample = line / s.OutHeight, row = line - (sample * s.OutHeight);
            {{Indented(Rows, 4)}}
            ref float xAt = ref Unsafe.Add(ref x, (sample * s.XSample) + (top * s.XRow));
            ref float yAt = ref Unsafe.Add(ref y, (sample * s.YSample) + (row * s.YRow));
            for (nint column = 0; column < s.OutWidth; column++)
            {
                {{Indented(Columns, 8)}}
                for (nint c = 0; c < s.Channels; c += {{level.Lanes}})
                {
                    V v = {{(isMax ? "Vec.Create(float.NegativeInfinity)" : "V.Zero")}};
                    for (nint kh = 0; kh < rows; kh++)
                    {
                        ref float tap = ref Unsafe.Add(ref xAt, (kh * s.XRow) + (left * s.X) + c);
                        V line0 = {{(isMax ? "v" : "V.Zero")}};
                        for (nint kw = columns; kw > 0; kw--)
                        {
                            line0 = {{(isMax ? "Vec.MaxNative(line0, Vec.LoadUnsafe(ref tap))" : "line0 + Vec.LoadUnsafe(ref tap)")}};
                            tap = ref Unsafe.Add(ref tap, s.X);
                        }
                        v = {{(isMax ? "line0" : "v + line0")}};
                    }
                    {{(isMax ? "v" : "(v * share)")}}.StoreUnsafe(ref yAt, (nuint)c);
                }
                yAt = ref Unsafe.Add(ref yAt, s.Y);
            }
        }
        """;

    private static string MeanGradient(InstructionSet level) => Backward(level, $$"""
        V g = Vec.LoadUnsafe(ref dyAt, (nuint)c) * share;
        for (nint kh = 0; kh < rows; kh++)
        {
            ref float tap = ref Unsafe.Add(ref dxAt, (kh * s.DXRow) + (left * s.DX) + c);
            for (nint kw = columns; kw > 0; kw--)
            {
                (Vec.LoadUnsafe(ref tap) + g).StoreUnsafe(ref tap);
                tap = ref Unsafe.Add(ref tap, s.DX);
            }
        }
        """, "");

    private static string MaxGradient(InstructionSet level) => Backward(level, $$"""
        V largest = Vec.LoadUnsafe(ref yAt, (nuint)((column * s.Y) + c)), free = V.AllBitsSet;
        V g = Vec.LoadUnsafe(ref dyAt, (nuint)c) & (Vec.GreaterThan(largest, V.Zero) | passes);
        for (nint kh = 0; kh < rows; kh++)
        {
            ref float tap = ref Unsafe.Add(ref dxAt, (kh * s.DXRow) + (left * s.DX) + c), value = ref Unsafe.Add(ref xAt, (kh * s.XRow) + (left * s.X) + c);
            for (nint kw = columns; kw > 0; kw--)
            {
                V hit = Vec.Equals(Vec.LoadUnsafe(ref value), largest) & free;
                free = Vec.AndNot(free, hit);
                (Vec.LoadUnsafe(ref tap) + (g & hit)).StoreUnsafe(ref tap);
                tap = ref Unsafe.Add(ref tap, s.DX);
                value = ref Unsafe.Add(ref value, s.X);
            }
        }
        """, """
        ref float xAt = ref Unsafe.Add(ref x, (sample * s.XSample) + (top * s.XRow));
        ref float yAt = ref Unsafe.Add(ref y, (sample * s.YSample) + (row * s.YRow));
        """);

    /// <summary>Zeros, and then what each output adds.</summary>
    private static string Backward(InstructionSet level, string window, string references) => $$"""
        {{(references.Length == 0 ? "" : "V passes = s.Masks ? V.Zero : V.AllBitsSet;")}}
        for (nint piece = from; piece < to; piece++)
        {
            nint sample = piece / s.Parts, first = (piece - (sample * s.Parts)) * s.Part, last = Math.Min(first + s.Part, s.Channels);
            for (nint row = 0; row < s.Height; row++)
            {
                ref float clearAt = ref Unsafe.Add(ref dx, (sample * s.DXSample) + (row * s.DXRow));
                for (nint column = 0; column < s.Width; column++)
                {
                    for (nint c = first; c < last; c += {{level.Lanes}})
                        V.Zero.StoreUnsafe(ref clearAt, (nuint)((column * s.DX) + c));
                }
            }
            for (nint row = 0; row < s.OutHeight; row++)
            {
                {{Indented(Rows, 8)}}
                {{Indented(references, 8)}}
                ref float dyAt = ref Unsafe.Add(ref dy, (sample * s.DYSample) + (row * s.DYRow));
                ref float dxAt = ref Unsafe.Add(ref dx, (sample * s.DXSample) + (top * s.DXRow));
                for (nint column = 0; column < s.OutWidth; column++)
                {
                    {{Indented(Columns, 12)}}
                    for (nint c = first; c < last; c += {{level.Lanes}})
                    {
                        {{Indented(window, 16)}}
                    }
                    dyAt = ref Unsafe.Add(ref dyAt, s.DY);
                }
            }
        }
        """;

    /// <summary>Lines after the first begin so far to the right.</summary>
    private static string Indented(string text, int by) => text.Replace("\n", "\n" + new string(' ', by));
}
