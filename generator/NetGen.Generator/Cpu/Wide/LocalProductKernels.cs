using NetGen.Generator.Cpu.Kernels;
using NetGen.Generator.Text;

namespace NetGen.Generator.Cpu.Wide;

/// <summary>
/// Shared methods of products with weights of each place. A weight meets one value of each sample, so that tiles are samples × outputs: what is read once is
/// used for several samples. Sums of a kernel line go to memory, so that no chain of additions is long.
/// </summary>
internal static class LocalProductKernels
{
    /// <summary>Samples of a tile.</summary>
    private const int Samples = 4;

    /// <summary>Vectors of a tile.</summary>
    private const int Vectors = 2;

    /// <summary>Numbers of the methods.</summary>
    private const string Struct = """
        /// <summary>A convolution with weights of each place, in floats: they lie [place][kernel row][kernel column][in][out in blocks of 16].</summary>
        internal struct Local
        {
            /// <summary>Input channels, those in memory, output channels, and those in memory.</summary>
            public nint In, Ins, Out, Outs;

            /// <summary>Rows: of the input, of the output, of a window, between windows, and before the image.</summary>
            public nint Height, OutHeight, KernelHeight, StrideHeight, Top;

            /// <summary>Columns.</summary>
            public nint Width, OutWidth, KernelWidth, StrideWidth, Left;

            /// <summary>Every place has a bias.</summary>
            public bool HasBias;

            public nint X, XRow, XSample, Y, YRow, YSample;
        }
        """;

    /// <summary>The methods.</summary>
    public static IReadOnlyList<SharedKernel> All { get; } =
    [
        new("LocalProduct", "A convolution with weights of each place. Pieces are places.", ["x", "w", "bias", "y"], "in Wide.Local s", Struct, Forward),
        new("LocalInputGradient", "Its input's gradient. Pieces are pixels of the input.", ["w", "dy", "dx"], "in Wide.Local s", Struct, InputGradient),
        new("LocalWeightGradient", "Its weights' gradient. Pieces are places.", ["x", "dy", "dw", "dbias"], "in Wide.Local s", Struct, WeightGradient),
    ];

    /// <summary>The place of a piece, and the part of its window that lies on the image.</summary>
    private const string Place = """
        nint row = place / s.OutWidth, column = place - (row * s.OutWidth), top = (row * s.StrideHeight) - s.Top, left = (column * s.StrideWidth) - s.Left;
        nint firstRow = Math.Max(0, -top), pastRow = Math.Min(s.KernelHeight, s.Height - top), firstColumn = Math.Max(0, -left), pastColumn = Math.Min(s.KernelWidth, s.Width - left);
        """;

    private static string Forward(InstructionSet level)
    {
        var w = new SourceWriter();
        using (w.Open("for (nint place = from; place < to; place++)"))
        {
            w.Line(Place);
            w.Line("ref float yAt = ref Unsafe.Add(ref y, (row * s.YRow) + (column * s.Y)), biasAt = ref Unsafe.Add(ref bias, s.HasBias ? place * s.Outs : 0);");
            using (w.Open("for (nint n = 0; n < samples; n++)"))
            {
                w.Line($"for (nint c = 0; c < s.Outs; c += {level.Lanes})");
                w.Line("    (s.HasBias ? Vec.LoadUnsafe(ref biasAt, (nuint)c) : V.Zero).StoreUnsafe(ref yAt, (nuint)((n * s.YSample) + c));");
            }
            using (w.Open("for (nint kh = firstRow; kh < pastRow; kh++)"))
            {
                w.Line("ref float weights = ref Unsafe.Add(ref w, ((((place * s.KernelHeight) + kh) * s.KernelWidth) + firstColumn) * s.In * s.Outs);");
                w.Line("ref float xAt = ref Unsafe.Add(ref x, ((top + kh) * s.XRow) + ((left + firstColumn) * s.X));");
                w.Line("nint c = 0;");
                PoolingWindows.ForChannels(w, level, Vectors, "s.Outs", vectors => ForSamples(w, samples =>
                {
                    Zero(w, samples, vectors);
                    w.Line($"ref float xTap = ref Unsafe.Add(ref xAt, n * s.XSample), weight = ref Unsafe.Add(ref weights, c);");
                    using (w.Open("for (nint kw = firstColumn; kw < pastColumn; kw++)"))
                    {
                        using (w.Open("for (nint i = 0; i < s.In; i++)"))
                        {
                            Load(w, level, vectors, "k", "weight");
                            for (var n = 0; n < samples; n++)
                                w.Line($"value = Vec.Create(Unsafe.Add(ref xTap, {(n == 0 ? "" : $"({n} * s.XSample) + ")}i));").Line(MultiplyAdd(level, vectors, n));
                            w.Line("weight = ref Unsafe.Add(ref weight, s.Outs);");
                        }
                        w.Line("xTap = ref Unsafe.Add(ref xTap, s.X);");
                    }
                    Each(samples, vectors, (n, v) => w.Line($"(Vec.LoadUnsafe(ref yAt, {At(level, n, v, "n", "s.YSample")}) + t{n}{v}).StoreUnsafe(ref yAt, {At(level, n, v, "n", "s.YSample")});"));
                }));
            }
        }
        return w.ToString().TrimEnd('\n');
    }

    /// <summary>All places that see a pixel; sums run along the lanes until the last of them.</summary>
    private static string InputGradient(InstructionSet level)
    {
        var w = new SourceWriter();
        using (w.Open("for (nint pixel = from; pixel < to; pixel++)"))
        {
            w.Line("""
                nint row = pixel / s.Width, column = pixel - (row * s.Width);
                nint firstRow = Math.Max(0, (row + s.Top - s.KernelHeight + s.StrideHeight) / s.StrideHeight), pastRow = Math.Min(s.OutHeight, ((row + s.Top) / s.StrideHeight) + 1);
                nint firstColumn = Math.Max(0, (column + s.Left - s.KernelWidth + s.StrideWidth) / s.StrideWidth), pastColumn = Math.Min(s.OutWidth, ((column + s.Left) / s.StrideWidth) + 1);
                ref float dxAt = ref Unsafe.Add(ref dx, (row * s.XRow) + (column * s.X));
                """);
            using (w.Open("for (nint i = 0; i < s.Ins; i++)"))
            {
                ForSamples(w, samples =>
                {
                    Zero(w, samples, 1);
                    w.Line($"float {string.Join(", ", Enumerable.Range(0, samples).Select(n => $"rest{n} = 0"))};");
                    w.Line("nint places = i < s.In ? pastRow : firstRow;");
                    using (w.Open("for (nint oh = firstRow; oh < places; oh++)"))
                    using (w.Open("for (nint ow = firstColumn; ow < pastColumn; ow++)"))
                    {
                        w.Line("nint place = (oh * s.OutWidth) + ow, kh = row + s.Top - (oh * s.StrideHeight), kw = column + s.Left - (ow * s.StrideWidth);");
                        w.Line("ref float weight = ref Unsafe.Add(ref w, ((((((place * s.KernelHeight) + kh) * s.KernelWidth) + kw) * s.In) + i) * s.Outs);");
                        w.Line("ref float dyAt = ref Unsafe.Add(ref dy, (oh * s.YRow) + (ow * s.Y) + (n * s.YSample));");
                        // What lies behind the channels need not be numbers.
                        w.Line("nint c = 0;");
                        using (w.Open($"for (; c <= s.Out - {level.Lanes}; c += {level.Lanes})"))
                        {
                            w.Line("V k0 = Vec.LoadUnsafe(ref weight, (nuint)c);");
                            for (var n = 0; n < samples; n++)
                                w.Line($"value = Vec.LoadUnsafe(ref dyAt, (nuint)({(n == 0 ? "" : $"({n} * s.YSample) + ")}c));").Line(MultiplyAdd(level, 1, n));
                        }
                        using (w.Open("for (; c < s.Out; c++)"))
                        {
                            for (var n = 0; n < samples; n++)
                                w.Line($"rest{n} += Unsafe.Add(ref weight, c) * Unsafe.Add(ref dyAt, {(n == 0 ? "" : $"({n} * s.YSample) + ")}c);");
                        }
                    }
                    for (var n = 0; n < samples; n++)
                        w.Line($"Unsafe.Add(ref dxAt, ((n + {n}) * s.XSample) + i) = Vec.Sum(t{n}0) + rest{n};");
                });
            }
        }
        return w.ToString().TrimEnd('\n');
    }

    /// <summary>Tiles are input channels × outputs, summed over the samples.</summary>
    private static string WeightGradient(InstructionSet level)
    {
        var w = new SourceWriter();
        using (w.Open("for (nint place = from; place < to; place++)"))
        {
            w.Line(Place).Line("ref float dyAt = ref Unsafe.Add(ref dy, (row * s.YRow) + (column * s.Y));");
            using (w.Open("if (s.HasBias)"))
            using (w.Open($"for (nint c = 0; c < s.Outs; c += {level.Lanes})"))
            {
                w.Line("V sum = V.Zero;").Line("for (nint n = 0; n < samples; n++)").Line("    sum += Vec.LoadUnsafe(ref dyAt, (nuint)((n * s.YSample) + c));");
                w.Line("sum.StoreUnsafe(ref dbias, (nuint)((place * s.Outs) + c));");
            }
            using (w.Open("for (nint tap = 0; tap < s.KernelHeight * s.KernelWidth; tap++)"))
            {
                w.Line("nint kh = tap / s.KernelWidth, kw = tap - (kh * s.KernelWidth);");
                w.Line("ref float dwAt = ref Unsafe.Add(ref dw, ((place * s.KernelHeight * s.KernelWidth) + tap) * s.In * s.Outs);");
                using (w.Open("if (kh < firstRow || kh >= pastRow || kw < firstColumn || kw >= pastColumn)"))
                {
                    w.Line($"for (nint c = 0; c < s.In * s.Outs; c += {level.Lanes})").Line("    V.Zero.StoreUnsafe(ref dwAt, (nuint)c);");
                    w.Line("continue;");
                }
                w.Line("ref float xAt = ref Unsafe.Add(ref x, ((top + kh) * s.XRow) + ((left + kw) * s.X));");
                using (w.Open("for (nint i = 0; i < s.In;)"))
                {
                    w.Line($"bool isTile = i <= s.In - {Samples};").Line("nint c = 0;");
                    foreach (int ins in new[] { Samples, 1 })
                    {
                        using (w.Open(ins == Samples ? "if (isTile)" : "else"))
                            PoolingWindows.ForChannels(w, level, Vectors, "s.Outs", vectors => WeightTile(w, level, ins, vectors));
                    }
                    w.Line($"i += isTile ? {Samples} : 1;");
                }
            }
        }
        return w.ToString().TrimEnd('\n');
    }

    private static void WeightTile(SourceWriter w, InstructionSet level, int ins, int vectors)
    {
        Zero(w, ins, vectors);
        using (w.Open("for (nint n = 0; n < samples; n++)"))
        {
            w.Line("ref float g = ref Unsafe.Add(ref dyAt, (n * s.YSample) + c), xTap = ref Unsafe.Add(ref xAt, (n * s.XSample) + i);");
            Load(w, level, vectors, "k", "g");
            for (var i = 0; i < ins; i++)
                w.Line($"value = Vec.Create({(i == 0 ? "xTap" : $"Unsafe.Add(ref xTap, {i})")});").Line(MultiplyAdd(level, vectors, i));
        }
        Each(ins, vectors, (i, v) => w.Line($"t{i}{v}.StoreUnsafe(ref dwAt, {At(level, i, v, "i", "s.Outs")});"));
    }

    /// <summary>Samples from <c>n</c> on, several at a time as long as there are as many.</summary>
    private static void ForSamples(SourceWriter w, Action<int> body)
    {
        using (w.Open($"for (nint n = 0; n < samples; n += n <= samples - {Samples} ? {Samples} : 1)"))
        {
            using (w.Open($"if (n <= samples - {Samples})"))
                body(Samples);
            using (w.Open("else"))
                body(1);
        }
    }

    private static void Zero(SourceWriter w, int rows, int vectors)
    {
        Each(rows, vectors, (row, v) => w.Line($"V t{row}{v} = V.Zero;"));
        w.Line("V value;");
    }

    private static void Load(SourceWriter w, InstructionSet level, int vectors, string name, string reference)
    {
        for (var v = 0; v < vectors; v++)
            w.Line($"V {name}{v} = {PoolingWindows.Load(level, reference, v)};");
    }

    private static string MultiplyAdd(InstructionSet level, int vectors, int row) =>
        string.Join(" ", Enumerable.Range(0, vectors).Select(v => $"t{row}{v} = Vec.{level.MultiplyAdd}(value, k{v}, t{row}{v});"));

    /// <summary>Where a vector of the row behind a variable stands.</summary>
    private static string At(InstructionSet level, int row, int vector, string variable, string step) =>
        $"(nuint)((({variable} + {row}) * {step}) + c{(vector == 0 ? "" : $" + {Literal.Of(vector * level.Lanes)}")})";

    private static void Each(int rows, int vectors, Action<int, int> body)
    {
        for (var row = 0; row < rows; row++)
        {
            for (var v = 0; v < vectors; v++)
                body(row, v);
        }
    }
}
